import { WarehouseError } from './errors.ts'

/** Hands out a fixed set of things, each to one user at a time, first come first served; a bounded number may wait. */
export class Pool<Thing> {
  readonly #free: Thing[]
  readonly #waiting: ((thing: Thing) => void)[] = []
  readonly #waitingMax: number
  readonly #size: number

  constructor(things: readonly Thing[], waitingMax: number) {
    this.#free = [...things]
    this.#size = things.length
    this.#waitingMax = waitingMax
  }

  async use<Result>(work: (thing: Thing) => Promise<Result>): Promise<Result> {
    const thing = await this.take()
    try {
      return await work(thing)
    } finally {
      this.give(thing)
    }
  }

  /** For work that does not fit in a function, such as a stream; give it back in a `finally`. */
  async take(): Promise<Thing> {
    const thing = this.#free.pop()
    if (thing !== undefined) return thing
    if (this.#waiting.length >= this.#waitingMax)
      throw new WarehouseError('BUSY', `${this.#waitingMax} reads wait for one of ${this.#size} already; try again later`)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  give(thing: Thing): void {
    const next = this.#waiting.shift()
    if (next) next(thing)
    else this.#free.push(thing)
  }
}
