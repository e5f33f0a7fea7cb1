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
  TRANSACTION_ID_LENGTH,
  writeTransactionId,
} from '@zuil/core'
import { BATCH_LINE_BYTES_MAX, BatchLine, type BatchResult } from '@zuil/core/contracts/http-batch'
import { Compile } from 'typebox/compile'
import { mayForEvent } from '../access.ts'
import type { Principal } from '../principal.ts'
import type { Services } from '../services.ts'
import { TextWriter } from '../text-writer.ts'
import type { Settled } from './answer.ts'
import type { CheckinDesk, CheckinRequest } from './checkin-desk.ts'
import { writeReceipt } from './receipt.ts'
import { RequestKeys } from './request-key.ts'
import { Turnstile } from './turnstile.ts'

/** Lines decided in one turn, for one call of the ledger: some milliseconds of work. */
const GROUP_LINES = 512
/** Lines that are read before they are decided: what has a moment to live only is garbage that nobody looks through. */
const SLICE_LINES = 32
/**
 * Groups under way at the same time, over all batches: one is decided while Redis has one on each connection and the next ones wait
 * there, so that neither side waits for the other; with three a fifth of both cores lay idle. What is under way is looked through by
 * every collection of garbage, so there is a bound.
 */
const GROUPS_UNDER_WAY_MAX = 6

/** Bytes of an answer to a line; where they are more there is more room. */
const ANSWER_BYTES = 224

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
   * A JSON object for each line, `separator` behind each.
   * @throws {LedgerError} when the ledger takes no work; what was taken until then is replayed when the batch comes again
   */
  async take(principal: Principal, lines: readonly string[], separator: string): Promise<Buffer> {
    const results = new Array<Buffer>(Math.ceil(lines.length / GROUP_LINES))
    let next = 0
    const work = async (): Promise<void> => {
      while (next < results.length) {
        const index = next++
        const start = index * GROUP_LINES
        const group = { principal, lines: lines.slice(start, start + GROUP_LINES), start, separator }
        results[index] = await this.#turnstile.pass(() => this.#takeGroup(group))
      }
    }
    await Promise.all(Array.from({ length: GROUPS_UNDER_WAY_MAX }, work))
    return Buffer.concat(results)
  }

  async #takeGroup({ principal, lines, start, separator }: Group): Promise<Buffer> {
    const keys = new RequestKeys(this.#services.secrets, { principal, operation: 'POST /batches', prefix: 'nonce/' })
    const reader = { principal, keys, verdicts: new Map<string, Problem | undefined>() }
    const slices: Slice[] = []
    for (let from = 0; from < lines.length; from += SLICE_LINES) {
      slices.push(this.#takeSlice(reader, lines.slice(from, from + SLICE_LINES)))
    }
    const settled = await Promise.all(slices.map(({ ends }) => ends))
    const answer = new TextWriter(lines.length * ANSWER_BYTES)
    let line = start
    for (const [index, { read }] of slices.entries()) {
      const ends = settled[index]?.values()
      for (const each of read) {
        line += 1
        if ('problem' in each) answer.text(refusedLine(line, each.nonce, each.problem))
        else this.#writeResult(answer, { line, nonce: each.nonce, end: ends?.next().value })
        answer.text(separator)
      }
    }
    return answer.view()
  }

  #takeSlice(reader: Reader, lines: readonly string[]): Slice {
    const read = lines.map((line) => this.#readLine(reader, line))
    return { read, ends: this.#desk.take(read.flatMap((each) => ('request' in each ? [each.request] : []))) }
  }

  #readLine(reader: Reader, text: string): Read {
    const parsed = parseLine(text)
    if ('problem' in parsed) return parsed
    const { principal, keys } = reader
    const { line } = parsed
    const { nonce, eventId, uitpasNumber } = line
    const occurredAt = parseInstant(line.scannedAt)
    const chip = line.chipNumber === undefined ? undefined : (chipNumber(line.chipNumber) ?? line.chipNumber)
    const fault = faultOf(line, { occurredAt, principal })
    if (fault || occurredAt === undefined) return { nonce, problem: invalidData(fault ? [fault] : []) }
    const forbidden = eventId === undefined ? undefined : this.#verdict(reader, eventId)
    if (forbidden) return { nonce, problem: forbidden }
    const request = keys.of(nonce, [String(occurredAt), eventId, uitpasNumber, chip])
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

  /** Written out: there is one of these for every line, and ids and receipts are ASCII without quotes. */
  #writeResult(answer: TextWriter, { line, nonce, end }: Result): void {
    if (!end) throw new Error(`Line ${line} ended without an answer`)
    if (end.kind !== 'accepted') {
      const refusal = end.kind === 'conflict' ? problem('idempotency-key-reused') : problemOfRefusal(end.refusal)
      answer.text(refusedLine(line, nonce, refusal, end.kind === 'refused' && end.replayed))
      return
    }
    const { position, points, flags, replayed } = end
    answer.text('{"line":')
    answer.integer(line)
    answer.text(',"nonce":')
    answer.text(quote(nonce))
    answer.text(replayed ? ',"result":"replayed","status":200' : ACCEPTED[flags.length > 0 ? 1 : 0])
    answer.text(',"id":"')
    answer.fill(TRANSACTION_ID_LENGTH, (bytes, at) => writeTransactionId(this.#idKey, position, { bytes, at }))
    answer.text('","receipt":"')
    writeReceipt(answer, position)
    answer.text('","points":')
    answer.integer(points)
    if (flags.length > 0) answer.text(`,"flags":${JSON.stringify(flags)}`)
    answer.text('}')
  }
}

const ACCEPTED = [',"result":"accepted","status":201', ',"result":"flagged","status":201'] as const

/** Lines that are taken together, as they were sent. */
interface Group {
  readonly principal: Principal
  readonly lines: readonly string[]
  /** Lines of the batch before them. */
  readonly start: number
  readonly separator: string
}

/** What was read of a few lines, and how those that could be taken end. */
interface Slice {
  readonly read: readonly Read[]
  readonly ends: Promise<readonly Settled[]>
}

interface Result {
  /** From 1. */
  readonly line: number
  readonly nonce: string
  readonly end: Settled | undefined
}

/** Who brings the lines of a group, and for which events they may not, by the ids that were sent. */
interface Reader {
  readonly principal: Principal
  readonly keys: RequestKeys
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
