import type { TransactionKind } from '@zuil/core'
import type { Parameters, Warehouse } from '../warehouse.ts'
import { STORED_COLUMNS, type StoredRow, type StoredTransaction, storedOf } from './stored-transaction.ts'

/** Rows of one page. */
export const PAGE_ROWS_MAX = 500
/** Rows before a page: who looks further back narrows the question. */
export const PAGE_START_MAX = 100_000
/** Ids and pairs of one question. */
export const PAGE_TERMS_MAX = 1_000

/** Which transactions that are not void; what is absent does not narrow. Of a holder or of an event, or both. */
export interface TransactionFilter {
  /** Dense number of the holder. */
  readonly holder?: number
  /** Dense number of the event. */
  readonly eventNumber?: number
  readonly kinds: readonly TransactionKind[]
  /** Whose events or counters; a transaction passes when one of the places has it. */
  readonly places?: Places
  /** Part of the title that the event has now, in upper or lower case. */
  readonly eventTitle?: string
  /** Part of the title that the reward has now, in upper or lower case. */
  readonly rewardTitle?: string
  readonly rewardType?: 'POINTS' | 'WELCOME'
}

/** Canonical (lower case) ids. */
export interface Places {
  readonly organizers: readonly string[]
  /** For events of these card systems only. */
  readonly organizersInCardSystems: readonly { readonly organizer: string; readonly cardSystem: number }[]
  /** Places where the event is, whoever organizes it. */
  readonly locations: readonly string[]
}

export interface PageRange {
  /** By the moment of registration. */
  readonly order: 'asc' | 'desc'
  /** At most {@link PAGE_START_MAX}. */
  readonly start: number
  /** At most {@link PAGE_ROWS_MAX}; 0 only counts. */
  readonly limit: number
}

export interface TransactionPage {
  /** Of all pages. */
  readonly totalItems: number
  readonly transactions: readonly StoredTransaction[]
}

/**
 * A page of the transactions of a holder or an event, and how many there are. Reads the parts of the table in which the
 * holder's homes can be; a void shares holder, event and organizer with its transaction, so filtering before FINAL is exact.
 *
 * @throws {RangeError} beyond the bounds, or without holder and event
 */
export async function transactionPage(
  warehouse: Pick<Warehouse, 'query'>,
  filter: TransactionFilter,
  range: PageRange,
): Promise<TransactionPage> {
  requireBounds(filter, range)
  const { clauses, parameters } = conditionsOf(filter)
  const where = clauses.join('\n    AND ')
  const count = `SELECT count() AS total\nFROM transactions FINAL\nPREWHERE ${where}`
  const [counted] = await warehouse.query<{ total: number }>(count, parameters, 'count of transactions')
  const totalItems = Number(counted?.total ?? 0)
  if (range.limit === 0 || range.start >= totalItems) return { totalItems, transactions: [] }
  const page = `SELECT
    ${STORED_COLUMNS}
FROM transactions FINAL
PREWHERE ${where}
ORDER BY recorded_at ${range.order === 'asc' ? 'ASC' : 'DESC'}, id ${range.order === 'asc' ? 'ASC' : 'DESC'}
LIMIT {limit:UInt32} OFFSET {start:UInt32}`
  const bounds = { limit: range.limit, start: range.start }
  const rows = await warehouse.query<StoredRow>(page, { ...parameters, ...bounds }, 'page of transactions')
  return { totalItems, transactions: rows.map(storedOf) }
}

interface Conditions {
  readonly clauses: readonly string[]
  readonly parameters: Parameters
}

function conditionsOf(filter: TransactionFilter): Conditions {
  const clauses: string[] = []
  const parameters: Record<string, Parameters[string]> = {}
  const add = (clause: string, named: Parameters): void => {
    clauses.push(clause)
    Object.assign(parameters, named)
  }
  if (filter.holder !== undefined) {
    // Every home that the holder ever had stands in the dimension; the table is ordered by it.
    add('home_nis IN (SELECT home_nis FROM holders WHERE holder = {holder:UInt32}) AND holder = {holder:UInt32}', {
      holder: filter.holder,
    })
  }
  if (filter.eventNumber !== undefined) add('event_number = {event:UInt32}', { event: filter.eventNumber })
  add('kind IN {kinds:Array(String)}', { kinds: filter.kinds })
  if (filter.places) add(PLACES_SQL, placesOf(filter.places))
  if (filter.eventTitle !== undefined) add(EVENT_TITLE_SQL, { eventTitle: filter.eventTitle })
  if (filter.rewardTitle !== undefined) add(REWARD_TITLE_SQL, { rewardTitle: filter.rewardTitle })
  if (filter.rewardType !== undefined) {
    add('reward IN (SELECT reward FROM rewards_now WHERE reward_type = {rewardType:String})', { rewardType: filter.rewardType })
  }
  return { clauses, parameters }
}

const PLACES_SQL = `(lower(organizer) IN {organizers:Array(String)}
        OR lower(location) IN {locations:Array(String)}
        OR arrayExists(system -> has({inCardSystems:Array(String)}, concat(lower(organizer), '/', toString(system))), event_card_systems))`

const EVENT_TITLE_SQL = `event IN (
        SELECT event FROM events_now WHERE positionCaseInsensitiveUTF8(title, {eventTitle:String}) > 0
    )`

const REWARD_TITLE_SQL = `reward IN (
        SELECT reward FROM rewards_now WHERE positionCaseInsensitiveUTF8(title, {rewardTitle:String}) > 0
    )`

function placesOf({ organizers, organizersInCardSystems, locations }: Places): Parameters {
  const inCardSystems = organizersInCardSystems.map(({ organizer, cardSystem }) => `${organizer}/${cardSystem}`)
  return { organizers, locations, inCardSystems }
}

function requireBounds({ holder, eventNumber, places }: TransactionFilter, { start, limit }: PageRange): void {
  if (holder === undefined && eventNumber === undefined) throw new RangeError('A page is of a holder or of an event')
  if (limit > PAGE_ROWS_MAX || start > PAGE_START_MAX) {
    throw new RangeError(`A page has at most ${PAGE_ROWS_MAX} rows after at most ${PAGE_START_MAX}, not ${limit} after ${start}`)
  }
  const terms = (places?.organizers.length ?? 0) + (places?.locations.length ?? 0) + (places?.organizersInCardSystems.length ?? 0)
  if (terms > PAGE_TERMS_MAX) throw new RangeError(`At most ${PAGE_TERMS_MAX} places, not ${terms}`)
}
