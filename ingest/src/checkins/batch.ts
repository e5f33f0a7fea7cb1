import {
  chipNumber,
  type IdKey,
  isEventOfKiosk,
  type Problem,
  parseInstant,
  problem,
  problemOfRefusal,
  type SchemaError,
  schemaErrors,
  transactionId,
} from '@zuil/core'
import { BATCH_LINE_BYTES_MAX, BatchLine, type BatchResult } from '@zuil/core/contracts/http-batch'
import { Compile } from 'typebox/compile'
import { mayForEvent } from '../access.ts'
import type { Principal } from '../principal.ts'
import type { Services } from '../services.ts'
import type { Settled } from './answer.ts'
import type { CheckinDesk, CheckinRequest } from './checkin-desk.ts'
import { formatReceipt } from './receipt.ts'
import { requestKey } from './request-key.ts'
import { Turnstile } from './turnstile.ts'

/** Lines decided in one turn: some milliseconds of work. */
const GROUP_LINES = 512
/**
 * Groups under way at the same time, over all batches: one is decided while Redis has two. What is under way is looked through by
 * every collection of garbage, so more would cost all of them time and gain nothing.
 */
const GROUPS_UNDER_WAY_MAX = 3

const validator = Compile(BatchLine)

/** A line that was read: a check-in to take, or what is wrong with it. */
type Read = { readonly nonce: string } & ({ readonly request: CheckinRequest } | { readonly problem: Problem })

/** Takes the lines of a batch. Every line is answered for itself, in the order of the lines. */
export class BatchDesk {
  readonly #services: Services
  readonly #desk: CheckinDesk
  readonly #idKey: IdKey
  readonly #turnstile = new Turnstile(GROUPS_UNDER_WAY_MAX)

  constructor(services: Services, desk: CheckinDesk) {
    this.#services = services
    this.#desk = desk
    this.#idKey = services.secrets.idKey()
  }

  /**
   * A JSON object for each line, `separator` between them.
   * @throws {LedgerError} when the ledger takes no work; what was taken until then is replayed when the batch comes again
   */
  async take(principal: Principal, lines: readonly string[], separator: string): Promise<string> {
    const results = new Array<string>(Math.ceil(lines.length / GROUP_LINES))
    let next = 0
    const work = async (): Promise<void> => {
      while (next < results.length) {
        const index = next++
        const start = index * GROUP_LINES
        const group = lines.slice(start, start + GROUP_LINES)
        const answers = await this.#turnstile.pass(() => this.#takeGroup(principal, group, start))
        // One text instead of hundreds until the others have theirs.
        results[index] = answers.join(separator)
      }
    }
    await Promise.all(Array.from({ length: GROUPS_UNDER_WAY_MAX }, work))
    return results.join(separator)
  }

  async #takeGroup(principal: Principal, lines: readonly string[], start: number): Promise<readonly string[]> {
    const reader = { principal, verdicts: new Map<string, Problem | undefined>() }
    const read = lines.map((line) => this.#readLine(reader, line))
    const ends = await this.#desk.take(read.flatMap((each) => ('request' in each ? [each.request] : [])))
    let settled = 0
    return read.map((each, index) => {
      const line = start + index + 1
      if ('problem' in each) return refusedLine(line, each.nonce, each.problem)
      const end = ends[settled++]
      if (!end) throw new Error(`Line ${line} ended without an answer`)
      return this.#resultOf(line, each.nonce, end)
    })
  }

  #readLine(reader: Reader, text: string): Read {
    const parsed = parseLine(text)
    if ('problem' in parsed) return parsed
    const { principal } = reader
    const { line } = parsed
    const { nonce, eventId, uitpasNumber } = line
    const occurredAt = parseInstant(line.scannedAt)
    const chip = line.chipNumber === undefined ? undefined : (chipNumber(line.chipNumber) ?? line.chipNumber)
    const fault = faultOf(line, { occurredAt, principal })
    if (fault || occurredAt === undefined) return { nonce, problem: invalidData(fault ? [fault] : []) }
    const forbidden = eventId === undefined ? undefined : this.#verdict(reader, eventId)
    if (forbidden) return { nonce, problem: forbidden }
    const request = requestKey(this.#services.secrets, {
      principal,
      key: `nonce/${nonce}`,
      operation: 'POST /batches',
      body: [String(occurredAt), eventId, uitpasNumber, chip],
    })
    return { nonce, request: { principal, channel: 'BATCH', occurredAt, request, eventId, uitpasNumber, chipNumber: chip } }
  }

  /** What keeps the principal from checking in at the event; found out once for all lines of a group. */
  #verdict({ principal, verdicts }: Reader, eventId: string): Problem | undefined {
    const known = verdicts.get(eventId)
    if (known || verdicts.has(eventId)) return known
    const verdict = this.#forbidden(principal, eventId)
    verdicts.set(eventId, verdict)
    return verdict
  }

  /** A client needs the permission for the event; a kiosk brings check-ins of its own organizers and places only. */
  #forbidden(principal: Principal, eventId: string): Problem | undefined {
    const { registry } = this.#services
    const event = registry.event(eventId)
    if (!event) return undefined
    const mayCheckIn =
      principal.kind === 'kiosk'
        ? isEventOfKiosk(event, principal.kiosk)
        : mayForEvent(principal.client, 'CHECKINS_WRITE', { event, registry })
    return mayCheckIn
      ? undefined
      : problem('auth/forbidden', { detail: `CHECKINS_WRITE is missing for organizer ${event.organizer}` })
  }

  #resultOf(line: number, nonce: string, end: Settled): string {
    if (end.kind === 'conflict') return refusedLine(line, nonce, problem('idempotency-key-reused'))
    if (end.kind === 'refused') return refusedLine(line, nonce, problemOfRefusal(end.refusal), end.replayed)
    const { position, points, flags, replayed } = end
    const result = replayed ? 'replayed' : flags.length > 0 ? 'flagged' : 'accepted'
    const shownFlags = flags.length > 0 ? `,"flags":${JSON.stringify(flags)}` : ''
    // Written out: ids and receipts are ASCII without quotes, and there is one of these for every line.
    return `{"line":${line},"nonce":${quote(nonce)},"result":"${result}","status":${replayed ? 200 : 201},"id":"${transactionId(this.#idKey, position)}","receipt":"${formatReceipt(position)}","points":${points}${shownFlags}}`
  }
}

/** Who brings the lines of a group, and for which events they may not, by the ids that were sent. */
interface Reader {
  readonly principal: Principal
  readonly verdicts: Map<string, Problem | undefined>
}

/** A nonce is visible ASCII. */
function quote(nonce: string): string {
  return /["\\]/.test(nonce) ? JSON.stringify(nonce) : `"${nonce}"`
}

function parseLine(text: string): { readonly line: BatchLine } | { readonly nonce: string; readonly problem: Problem } {
  if (text.length > BATCH_LINE_BYTES_MAX) {
    return { nonce: '', problem: problem('body-too-large', { detail: `A line has at most ${BATCH_LINE_BYTES_MAX} bytes` }) }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Which character it is helps nobody who has the line; the answer names the line.
    return { nonce: '', problem: problem('body/invalid-syntax') }
  }
  if (validator.Check(value)) return { line: value }
  return { nonce: nonceOf(value), problem: invalidData(schemaErrors(validator.Errors(value), value)) }
}

/** The nonce of a line that is otherwise wrong, when it has one that can be given back. */
function nonceOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('nonce' in value)) return ''
  return typeof value.nonce === 'string' && /^[\x21-\x7e]{1,64}$/.test(value.nonce) ? value.nonce : ''
}

/** What the schema of a line cannot say. */
function faultOf(line: BatchLine, given: { occurredAt: number | undefined; principal: Principal }): SchemaError | undefined {
  if (given.occurredAt === undefined) return { jsonPointer: '/scannedAt', error: 'The data must be a date-time (ISO 8601).' }
  if ((line.uitpasNumber === undefined) === (line.chipNumber === undefined)) {
    return { jsonPointer: '/', error: 'Either "uitpasNumber" or "chipNumber" must be given.' }
  }
  if (line.eventId === undefined && given.principal.kind === 'client') {
    return { jsonPointer: '/', error: 'Required property "eventId" missing.' }
  }
  return undefined
}

function invalidData(errors: readonly SchemaError[]): Problem {
  return problem('body/invalid-data', { schemaErrors: errors })
}

function refusedLine(line: number, nonce: string, refusal: Problem, replayed = false): string {
  const result = replayed ? 'replayed' : 'refused'
  // A problem document is what the schema of its body says, only that its members cannot be written to.
  const problemBody = refusal as BatchResult['problem'] & object
  return JSON.stringify({ line, nonce, result, status: refusal.status, problem: problemBody } satisfies BatchResult)
}
