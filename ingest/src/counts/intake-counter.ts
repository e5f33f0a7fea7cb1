import {
  ANSWER_BOUNDS_MS,
  ANSWER_GROUPS,
  type AnswerGroup,
  answerClass,
  answerField,
  hourOf,
  INTAKE_KEPT_SECONDS,
  intakeKey,
  type RefusedCause,
  type RefusedKind,
  refusedField,
} from '@zuil/core/contracts/intake'
import type { Redis } from 'ioredis'
import { FlushedCounter } from './flushed-counter.ts'

/** How often counts go to Redis; also what a crash may lose. */
const FLUSH_MS = 10_000
const CLASSES = ANSWER_BOUNDS_MS.length + 1

export interface IntakeCounterOptions {
  /** A connection for plain commands; the counter does not close it. */
  readonly redis: Redis
  /** Epoch ms. */
  readonly now: () => number
  /** Told when counts could not be written; they are kept and tried again. */
  readonly onError?: (error: unknown) => void
}

/**
 * Counts how long answers took and what was refused because the warehouse is behind. Counting is an addition in an array; a few
 * commands every ten seconds add it to what the other processes counted.
 */
export class IntakeCounter extends FlushedCounter {
  readonly #options: IntakeCounterOptions
  /** By group and class of time. */
  readonly #answers = new Uint32Array(ANSWER_GROUPS.length * CLASSES)
  readonly #refused = new Map<string, number>()

  constructor(options: IntakeCounterOptions) {
    super(FLUSH_MS)
    this.#options = options
  }

  answered(group: AnswerGroup, ms: number): void {
    const place = ANSWER_GROUPS.indexOf(group) * CLASSES + answerClass(ms)
    this.#answers[place] = (this.#answers[place] ?? 0) + 1
  }

  refused(kind: RefusedKind, cause: RefusedCause): void {
    this.#add(refusedField(kind, cause), 1)
  }

  #add(field: string, count: number): void {
    this.#refused.set(field, (this.#refused.get(field) ?? 0) + count)
  }

  protected override async write(): Promise<void> {
    const answers = this.#answers.slice()
    const refused = [...this.#refused]
    this.#answers.fill(0)
    this.#refused.clear()
    const fields = [...fieldsOf(answers), ...refused]
    if (fields.length === 0) return
    try {
      const key = intakeKey(hourOf(this.#options.now()))
      const commands = this.#options.redis.multi()
      for (const [field, count] of fields) commands.hincrby(key, field, count)
      await commands.expire(key, INTAKE_KEPT_SECONDS).exec()
    } catch (error) {
      for (const [place, count] of answers.entries()) this.#answers[place] = (this.#answers[place] ?? 0) + count
      for (const [field, count] of refused) this.#add(field, count)
      this.#options.onError?.(error)
    }
  }
}

function fieldsOf(answers: Uint32Array): readonly (readonly [string, number])[] {
  return ANSWER_GROUPS.flatMap((group, index) =>
    Array.from(answers.subarray(index * CLASSES, (index + 1) * CLASSES)).flatMap((count, place) =>
      count > 0 ? [[answerField(group, place), count] as const] : [],
    ),
  )
}
