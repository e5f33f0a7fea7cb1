import type { MeasureCells, ReferenceCell } from '@zuil/warehouse'
import { Shelf } from '../shelf.ts'

/** Inhabitants and the like come once a year; who joined a region shows within this time. */
const AGE_MAX_MS = 60_000
/** Questions that are kept: places times years that people look at in a minute. */
const QUESTIONS_MAX = 500

type Reference = MeasureCells['reference']

/** Counts that others publish, read once a minute for each question. They are of no person, and the same for everybody. */
export class ReferenceShelf {
  readonly #read: Reference
  readonly #kept: Shelf<readonly ReferenceCell[]>

  /** @param read asks for them anew @param clock epoch ms */
  constructor(read: Reference, clock: () => number) {
    this.#read = read
    this.#kept = new Shelf({ weightMax: QUESTIONS_MAX, believed: { ageMaxMs: AGE_MAX_MS, clock } })
  }

  async cells(...[id, { places, period }]: Parameters<Reference>): Promise<readonly ReferenceCell[]> {
    return await this.#kept.take([id, period.key, ...places].join('\n'), () => this.#read(id, { places, period }))
  }
}
