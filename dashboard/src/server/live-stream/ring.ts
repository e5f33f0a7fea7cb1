/** First in, first out, with a fixed room; what comes on top of that pushes out the oldest. */
export class Ring<T> {
  readonly #room: number
  readonly #items: T[] = []
  #dropped = 0

  constructor(room: number) {
    this.#room = room
  }

  get size(): number {
    return this.#items.length
  }

  push(item: T): void {
    this.#items.push(item)
    if (this.#items.length <= this.#room) return
    this.#items.shift()
    this.#dropped++
  }

  /** The oldest item; none when empty. */
  take(): T | undefined {
    return this.#items.shift()
  }

  /** How many were pushed out since the last time this was asked. */
  takeDropped(): number {
    const dropped = this.#dropped
    this.#dropped = 0
    return dropped
  }
}
