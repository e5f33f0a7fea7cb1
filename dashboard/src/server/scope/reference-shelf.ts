import type { MeasureCells, ReferenceCell } from '@zuil/warehouse'

/** Inhabitants and the like come once a year; who joined a region shows within this time. */
const AGE_MAX_MS = 60_000
/** Questions that are kept: places times years that people look at in a minute. */
const QUESTIONS_MAX = 500

type Reference = MeasureCells['reference']

/** Counts that others publish, read once a minute for each question. They are of no person, and the same for everybody. */
export class ReferenceShelf {
  readonly #read: Reference
  readonly #clock: () => number
  readonly #kept = new Map<string, Promise<readonly ReferenceCell[]>>()
  #since = Number.NEGATIVE_INFINITY

  /** @param read asks for them anew @param clock epoch ms */
  constructor(read: Reference, clock: () => number) {
    this.#read = read
    this.#clock = clock
  }

  async cells(...[id, { places, period }]: Parameters<Reference>): Promise<readonly ReferenceCell[]> {
    if (this.#clock() - this.#since >= AGE_MAX_MS || this.#kept.size >= QUESTIONS_MAX) {
      this.#kept.clear()
      this.#since = this.#clock()
    }
    const key = [id, period.key, ...places].join('\n')
    const known = this.#kept.get(key)
    if (known) return await known
    const reading = this.#read(id, { places, period })
    this.#kept.set(key, reading)
    // a failure is not remembered
    reading.catch(() => void this.#kept.delete(key))
    return await reading
  }
}
