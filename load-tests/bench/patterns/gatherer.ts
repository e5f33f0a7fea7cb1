import type { KeptCheckin, PatternStore } from './pattern-store.ts'

/** Rows of one insert at most, and how long the first of them waits for others. */
export const GATHERED_MAX = 10_000
export const GATHER_MS = 250

/** Inserts what comes together: one insert for each check-in would be forty a second. */
export class Gatherer {
  readonly #store: Pick<PatternStore, 'insert'>
  #waiting: KeptCheckin[] = []
  #stored = Promise.withResolvers<void>()
  #last: Promise<void> = Promise.resolve()

  constructor(store: Pick<PatternStore, 'insert'>) {
    this.#store = store
  }

  /** Resolves when the check-in is stored. */
  add(checkin: KeptCheckin): Promise<void> {
    const { promise } = this.#stored
    if (this.#waiting.push(checkin) === 1) setTimeout(() => this.#flush(), GATHER_MS)
    if (this.#waiting.length >= GATHERED_MAX) this.#flush()
    return promise
  }

  #flush(): void {
    if (this.#waiting.length === 0) return
    const [checkins, { promise, resolve, reject }] = [this.#waiting, this.#stored]
    this.#waiting = []
    this.#stored = Promise.withResolvers<void>()
    promise.catch(() => undefined) // who does not wait for it has answered already
    this.#last = this.#last.then(() => this.#store.insert(checkins)).then(resolve, reject)
  }
}
