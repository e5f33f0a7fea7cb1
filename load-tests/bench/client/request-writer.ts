import { eventId } from '../../population/offer.ts'
import { currentNumber } from '../../population/passholder.ts'
import { visit, visitsMax } from '../../population/visit.ts'
import type { LoadJob, RequestPlan } from './job.ts'

const NUMBER_LENGTH = 13
const EVENT_LENGTH = 36
const NUMBER_BLANK = '0'.repeat(NUMBER_LENGTH)
const EVENT_BLANK = '-'.repeat(EVENT_LENGTH)
/** Digits of a visit's number, as a nonce or an idempotency key; a run of zeros that no token has. */
const SEQUENCE_BLANK = '0'.repeat(24)
/** Lines of a batch: bounded so that one request stays below the body limit. */
const LINES_MAX = 10_000

/** One connection's request, made once; before each use the number, the event and the like are written over it in place. */
export interface RequestTemplate {
  readonly bytes: Buffer
  /** Makes it request number `index` of the job. */
  fill(index: number): void
}

/** Makes the requests of a job. All card numbers and event ids stand ready as bytes, so that filling one in is two copies. */
export class RequestWriter {
  readonly #job: LoadJob
  readonly #numbers: Buffer
  readonly #events: Buffer

  constructor(job: LoadJob) {
    const { population } = job
    this.#job = job
    this.#numbers = table(population.passholders, NUMBER_LENGTH, (index) => currentNumber(population, index))
    this.#events = table(population.events, EVENT_LENGTH, (index) => eventId(population, index))
  }

  template(): RequestTemplate {
    const plan = this.#job.request
    return plan.kind === 'checkins' ? this.#checkin(plan) : this.#batch(plan)
  }

  #checkin(plan: Extract<RequestPlan, { kind: 'checkins' }>): RequestTemplate {
    const body = `{"eventId":"${EVENT_BLANK}","uitpasNumber":"${NUMBER_BLANK}"}`
    const fields = ['content-type: application/json']
    if (plan.prefer !== undefined) fields.push(`prefer: ${plan.prefer}`)
    if (plan.isKeyed) fields.push(`idempotency-key: ${SEQUENCE_BLANK}`)
    const bytes = this.#request('/checkins', fields, body)
    const at = { event: bytes.indexOf(EVENT_BLANK), number: bytes.indexOf(NUMBER_BLANK, bytes.indexOf(EVENT_BLANK)) }
    const keyAt = plan.isKeyed ? bytes.indexOf(SEQUENCE_BLANK) : -1
    const fill = (index: number) => {
      const sequence = plan.first + index
      this.#fillVisit(bytes, at, sequence)
      if (keyAt >= 0) writeDigits(bytes, keyAt, { value: sequence, length: SEQUENCE_BLANK.length })
    }
    return { bytes, fill }
  }

  #batch(plan: Extract<RequestPlan, { kind: 'batches' }>): RequestTemplate {
    if (!(plan.lines >= 1 && plan.lines <= LINES_MAX)) throw new RangeError(`A batch has 1 to ${LINES_MAX} lines`)
    const nonce = SEQUENCE_BLANK
    const line = `{"nonce":"${nonce}","scannedAt":"${plan.scannedAt}","eventId":"${EVENT_BLANK}","uitpasNumber":"${NUMBER_BLANK}"}\n`
    const bytes = this.#request('/batches', ['content-type: application/x-ndjson'], line.repeat(plan.lines))
    const start = bytes.length - line.length * plan.lines
    const offset = { event: line.indexOf(EVENT_BLANK), number: line.indexOf(NUMBER_BLANK, line.indexOf(EVENT_BLANK)) }
    const nonceAt = line.indexOf(nonce)
    const fill = (index: number) => {
      for (let i = 0; i < plan.lines; i++) {
        const sequence = plan.first + index * plan.lines + i
        const from = start + i * line.length
        writeDigits(bytes, from + nonceAt, { value: sequence, length: nonce.length })
        this.#fillVisit(bytes, { event: from + offset.event, number: from + offset.number }, sequence)
      }
    }
    return { bytes, fill }
  }

  #request(path: string, fields: readonly string[], body: string): Buffer {
    const { target, token } = this.#job
    const head = [
      `POST ${path} HTTP/1.1`,
      `host: ${target.host}:${target.port}`,
      `authorization: Bearer ${token}`,
      ...fields,
      `content-length: ${Buffer.byteLength(body)}`,
    ]
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
  }

  #fillVisit(bytes: Buffer, at: { event: number; number: number }, sequence: number): void {
    const { passholder, event } = visit(this.#job.population, sequence)
    this.#events.copy(bytes, at.event, event * EVENT_LENGTH, (event + 1) * EVENT_LENGTH)
    this.#numbers.copy(bytes, at.number, passholder * NUMBER_LENGTH, (passholder + 1) * NUMBER_LENGTH)
  }
}

/** @throws {RangeError} when the job would come to visits that it had before. */
export function checkVisits(job: LoadJob): void {
  const each = job.request.kind === 'batches' ? job.request.lines : 1
  const last = job.request.first + job.requestsMax * each
  const most = visitsMax(job.population)
  if (last > most) throw new RangeError(`The population has ${most} different visits; this job could ask for number ${last}`)
}

function table(count: number, length: number, textOf: (index: number) => string): Buffer {
  const bytes = Buffer.alloc(count * length)
  for (let i = 0; i < count; i++) bytes.write(textOf(i), i * length, length, 'latin1')
  return bytes
}

function writeDigits(bytes: Buffer, at: number, digits: { value: number; length: number }): void {
  let rest = digits.value
  for (let i = digits.length - 1; i >= 0; i--) {
    bytes[at + i] = 48 + (rest % 10)
    rest = Math.floor(rest / 10)
  }
}
