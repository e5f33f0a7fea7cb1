import type { FigureRow, Measure, MeasureQuestion } from '@zuil/warehouse'
import type { OperationsSource } from './operations-source.ts'

/** Counts over weeks hardly change within minutes, and some read two months of check-ins. */
const AGE_MAX_MS = 5 * 60_000
/** Questions that are kept: organizers and regions that people look at within {@link AGE_MAX_MS}. */
const QUESTIONS_MAX = 500

interface Kept {
  readonly rows: Promise<readonly FigureRow[]>
  readonly readAt: number
}

/** Exact figures about devices, programs and events, kept for some minutes. What is about people has no way in here. */
export class ExactCounts {
  readonly #source: Pick<OperationsSource, 'counts'>
  readonly #clock: () => number
  readonly #kept = new Map<string, Kept>()

  /** @param clock epoch ms */
  constructor(source: Pick<OperationsSource, 'counts'>, clock: () => number) {
    this.#source = source
    this.#clock = clock
  }

  /** @throws {RangeError} for a measure about people, before anything is read */
  async read(measure: Measure, question: MeasureQuestion): Promise<readonly FigureRow[]> {
    if (measure.disclosure !== 'OPERATIONS') throw new RangeError(`${measure.id} is about people: its figures come from releases`)
    const { dimensions, places, period } = question
    const figures = measure.figures.map(({ id }) => id)
    const key = [measure.id, figures, dimensions, places, period.firstDay, period.lastDay].join('\n')
    const known = this.#kept.get(key)
    if (known && this.#clock() - known.readAt < AGE_MAX_MS) return await known.rows
    if (this.#kept.size >= QUESTIONS_MAX) this.#kept.clear()
    const rows = this.#source.counts(measure, question)
    this.#kept.set(key, { rows, readAt: this.#clock() })
    // a failure is not remembered
    rows.catch(() => void this.#kept.delete(key))
    return await rows
  }
}
