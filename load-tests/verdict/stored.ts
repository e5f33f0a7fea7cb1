import { type IdKey, parsePosition, transactionId } from '@zuil/core'
import type { Warehouse } from '@zuil/warehouse'

/** What the answers of the devices and the warehouse say of the same run. */
export interface StoredComparison {
  /** Different transactions that were accepted. */
  readonly accepted: number
  /** Transactions of the run in the warehouse. */
  readonly stored: number
  /** Accepted and not in the warehouse: how many, and some of them. A sentence, here and below, says why nobody could look. */
  readonly lost: Findings | string
  /** When those were accepted whose time is known, epoch ms. */
  readonly lostAt: readonly number[]
  /** Requests that made more transactions than their answer named. */
  readonly doubled: Findings | string
  /** Transactions of requests whose answer never arrived: the device gave up, or stopped in the middle. */
  readonly unheard: number
  /** Passholders who got points at one event more than once on a day, or whose points are below zero. */
  readonly overLimit: Findings | string
  readonly overdrawn: Findings | string
  /** Transactions that are counted on another day than that of Brussels, by the warehouse's own calendar. */
  readonly wrongDay: Findings | string
}

export interface Findings {
  readonly count: number
  readonly examples: readonly string[]
}

interface StoredRow {
  readonly id: string
  readonly request: string
}

/** So many are named in a report. */
const EXAMPLES_MAX = 20
const ORIGIN = 'load-verdict'

/**
 * Compares what devices were told with what stands in the warehouse, one by one and not by count.
 * @param accepted receipts (`<lane>.<ms>-<sequence>`) and ids, as they stood in the answers
 * @param since epoch ms: what was recorded before is not of this run
 */
export async function compareStored(
  warehouse: Pick<Warehouse, 'stream' | 'query'>,
  { accepted, since, idKey }: { readonly accepted: Iterable<string>; readonly since: number; readonly idKey: IdKey },
): Promise<StoredComparison> {
  const told = new Set<string>()
  const unreadable: string[] = []
  for (const text of accepted) {
    const id = idOf(text, idKey)
    if (id === undefined) unreadable.push(text)
    else told.add(id)
  }
  const rows = warehouse.stream<StoredRow>(STORED, { since: Math.floor(since) }, ORIGIN)
  const { stored, found, doubled, unheard } = await readStored(rows, told)
  const missing = [...told].filter((id) => !found.has(id))
  const lost = [...unreadable.map((text) => `"${text}", which is no receipt`), ...missing]
  return {
    accepted: told.size + unreadable.length,
    stored,
    lost: findings(lost),
    lostAt: missing.map(acceptedAt),
    doubled: findings(doubled),
    unheard,
    overLimit: findings(await textsOf(warehouse, OVER_LIMIT)),
    overdrawn: findings(await textsOf(warehouse, OVERDRAWN)),
    wrongDay: findings(await textsOf(warehouse, WRONG_DAY)),
  }
}

/** An id begins with the milliseconds at which it was made (UUID version 7). */
function acceptedAt(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}

/** A void keeps the row of what was accepted, under the same id. */
const STORED = `
  SELECT toString(id) AS id, request
  FROM transactions FINAL
  WHERE kind IN ('CHECKIN', 'TICKET_SALE', 'REDEMPTION') AND recorded_at >= fromUnixTimestamp64Milli({since:Int64})`

/** Flagged facts earn no points and count for no limit; the events of a stage give points once a day. */
const OVER_LIMIT = `
  SELECT concat('holder ', toString(holder), ' at event ', toString(event_number), ' on ', toString(occurred_on), ': ', toString(count())) AS text
  FROM transactions FINAL
  WHERE kind = 'CHECKIN' AND voided = 0 AND empty(flags) AND limit_period = 'DAY'
  GROUP BY holder, event_number, occurred_on
  HAVING count() > 1
  LIMIT {most:UInt32}`

const OVERDRAWN = `
  SELECT concat('holder ', toString(holder), ': ', toString(sum(points))) AS text
  FROM transactions FINAL
  WHERE voided = 0
  GROUP BY holder, programme
  HAVING sum(points) < 0
  LIMIT {most:UInt32}`

const WRONG_DAY = `
  SELECT concat(toString(id), ' of ', toString(occurred_at), ' UTC stands on ', toString(occurred_on)) AS text
  FROM transactions FINAL
  WHERE kind IN ('CHECKIN', 'TICKET_SALE', 'REDEMPTION') AND occurred_on != toDate(occurred_at, 'Europe/Brussels')
  LIMIT {most:UInt32}`

async function textsOf(warehouse: Pick<Warehouse, 'query'>, sql: string): Promise<readonly string[]> {
  const rows = await warehouse.query<{ readonly text: string }>(sql, { most: EXAMPLES_MAX + 1 }, ORIGIN)
  return rows.map(({ text }) => text)
}

interface Read {
  stored: number
  unheard: number
  readonly found: Set<string>
  readonly doubled: string[]
}

/** All transactions of one request bear its name: if one was told to the device and another was not, that one is too many. */
async function readStored(rows: AsyncIterable<readonly StoredRow[]>, told: ReadonlySet<string>): Promise<Read> {
  const read: Read = { stored: 0, unheard: 0, found: new Set(), doubled: [] }
  const toldRequests = new Set<string>()
  const untold: StoredRow[] = []
  for await (const portion of rows) {
    for (const row of portion) {
      read.stored += 1
      if (read.found.has(row.id)) read.doubled.push(`${row.id}, which stands there twice`)
      if (!told.has(row.id)) {
        untold.push(row)
        continue
      }
      read.found.add(row.id)
      if (row.request !== '') toldRequests.add(row.request)
    }
  }
  for (const { id, request } of untold) {
    if (request !== '' && toldRequests.has(request)) read.doubled.push(`${id} of request ${request}`)
    else read.unheard += 1
  }
  return read
}

function idOf(text: string, idKey: IdKey): string | undefined {
  if (/^[0-9a-f-]{36}$/.test(text)) return text
  const match = /^(\d{1,3})\.(\d{1,15}-\d{1,10})$/.exec(text)
  const position = match?.[2] === undefined ? undefined : parsePosition(Number(match[1]), match[2])
  return position && transactionId(idKey, position)
}

export function findings(texts: readonly string[]): Findings {
  return { count: texts.length, examples: texts.slice(0, EXAMPLES_MAX) }
}
