/** Lets so many at the same time do a piece of work; the others wait in the order in which they came. */
export class Turnstile {
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(places: number) {
    this.#free = places
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      // The place goes to the next one, or is free.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free++
    }
  }
}
