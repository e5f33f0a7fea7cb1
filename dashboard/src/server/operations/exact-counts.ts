import type { FigureRow, Measure, MeasureQuestion } from '@zuil/warehouse'
import { Shelf } from '../storage/shelf.ts'
import type { OperationsSource } from './operations-source.ts'

/** Counts over weeks hardly change within minutes, and some read two months of check-ins. */
const AGE_MAX_MS = 5 * 60_000
/** For so long whoever looks is told what was counted last, while it is counted again behind them. */
const TOLD_MAX_MS = 60 * 60_000
/** Questions that are kept: organizers and regions that people look at within {@link AGE_MAX_MS}. */
const QUESTIONS_MAX = 500

/** Exact figures about devices, programs and events, kept for some minutes. What is about people has no way in here. */
export class ExactCounts {
  readonly #source: Pick<OperationsSource, 'counts'>
  readonly #kept: Shelf<readonly FigureRow[]>

  /** @param clock epoch ms */
  constructor(source: Pick<OperationsSource, 'counts'>, clock: () => number) {
    this.#source = source
    this.#kept = new Shelf({ weightMax: QUESTIONS_MAX, believed: { ageMaxMs: AGE_MAX_MS, toldMaxMs: TOLD_MAX_MS, clock } })
  }

  /** @throws {RangeError} for a measure about people, before anything is read */
  async read(measure: Measure, question: MeasureQuestion): Promise<readonly FigureRow[]> {
    if (measure.disclosure !== 'OPERATIONS') throw new RangeError(`${measure.id} is about people: its figures come from releases`)
    const { dimensions, places, period } = question
    const figures = measure.figures.map(({ id }) => id)
    const name = [measure.id, figures, dimensions, places, period.firstDay, period.lastDay].join('\n')
    return await this.#kept.take(name, () => this.#source.counts(measure, question))
  }
}
