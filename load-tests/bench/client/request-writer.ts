import { REWARDS_ALL, rewardId } from '../exchange-offer.ts'
import { eventId } from '../population/offer.ts'
import { currentNumber } from '../population/passholder.ts'
import type { LoadJob } from './job.ts'
import { turnsEach } from './job.ts'
import { BLANK, requestText } from './request-text.ts'
import { type Turns, turnCounterOf, turnsOf } from './turns.ts'

/** One connection's request, made once; before each use the numbers, ids and the like are written over it in place. */
export interface RequestTemplate {
  readonly bytes: Buffer
  /** Makes it request number `index` of the job. */
  fill(index: number): void
}

export type WritableJob = Pick<LoadJob, 'target' | 'token' | 'population' | 'request' | 'requestsMax'>

/** Makes the requests of a job. All card numbers and ids stand ready as bytes, so that filling one in is two copies. */
export class RequestWriter {
  readonly #job: WritableJob
  readonly #turns: Turns
  readonly #numbers: Buffer
  readonly #items: Buffer

  /** @throws {RangeError} when the job would come to turns that it had before. */
  constructor(job: WritableJob) {
    const { population, request, requestsMax } = job
    this.#job = job
    this.#turns = turnsOf(request.kind, population)
    const last = request.first + requestsMax * turnsEach(request)
    if (last > this.#turns.count) {
      throw new RangeError(`There are ${this.#turns.count} different turns; this job could ask for number ${last}`)
    }
    this.#numbers = table(population.passholders, BLANK.number.length, (index) => currentNumber(population, index))
    const isEvent = turnCounterOf(request.kind) === 'check-ins' || turnCounterOf(request.kind) === 'tickets'
    const [count, idOf] = isEvent ? [population.events, eventId] : [REWARDS_ALL, rewardId]
    this.#items = table(count, BLANK.item.length, (index) => idOf(population, index))
  }

  template(): RequestTemplate {
    const { request } = this.#job
    const each = turnsEach(request)
    const bytes = this.#bytes()
    const numbersAt = placesOf(BLANK.number, bytes)
    const itemsAt = placesOf(BLANK.item, bytes)
    const sequencesAt = placesOf(BLANK.sequence, bytes)
    const fill = (index: number) => {
      for (let i = 0; i < each; i++) {
        const sequence = request.first + index * each + i
        const { passholder, item } = this.#turns.turn(sequence)
        copyEntry(this.#numbers, passholder, { bytes, at: numbersAt[i], length: BLANK.number.length })
        copyEntry(this.#items, item, { bytes, at: itemsAt[i], length: BLANK.item.length })
        const at = sequencesAt[i]
        if (at !== undefined) writeDigits(bytes, at, { value: sequence, length: BLANK.sequence.length })
      }
    }
    return { bytes, fill }
  }

  #bytes(): Buffer {
    const { target, token, request } = this.#job
    const { method, path, fields, body } = requestText(request)
    const head = [
      `${method} ${path} HTTP/1.1`,
      `host: ${target.host}:${target.port}`,
      `authorization: Bearer ${token}`,
      ...fields,
      ...(method === 'GET' ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
    ]
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
  }
}

function table(count: number, length: number, textOf: (index: number) => string): Buffer {
  const bytes = Buffer.alloc(count * length)
  for (let i = 0; i < count; i++) bytes.write(textOf(i), i * length, length, 'latin1')
  return bytes
}

/** Where a blank stands, in order. */
function placesOf(blank: string, bytes: Buffer): readonly number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(blank); at >= 0; at = bytes.indexOf(blank, at + blank.length)) places.push(at)
  return places
}

interface Place {
  readonly bytes: Buffer
  readonly at: number | undefined
  readonly length: number
}

function copyEntry(entries: Buffer, index: number, { bytes, at, length }: Place): void {
  if (at !== undefined) entries.copy(bytes, at, index * length, (index + 1) * length)
}

function writeDigits(bytes: Buffer, at: number, digits: { value: number; length: number }): void {
  let rest = digits.value
  for (let i = digits.length - 1; i >= 0; i--) {
    bytes[at + i] = 48 + (rest % 10)
    rest = Math.floor(rest / 10)
  }
}
