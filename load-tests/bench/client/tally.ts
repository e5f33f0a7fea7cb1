/** Counts a mark in a text that comes in pieces, also where a piece ends within it. */
export class Tally {
  readonly #mark: Buffer
  #count = 0
  #tail: Buffer = Buffer.alloc(0)

  constructor(mark: string) {
    this.#mark = Buffer.from(mark)
  }

  add(bytes: Buffer): void {
    const text = this.#tail.length === 0 ? bytes : Buffer.concat([this.#tail, bytes])
    let at = text.indexOf(this.#mark)
    while (at >= 0) {
      this.#count++
      at = text.indexOf(this.#mark, at + this.#mark.length)
    }
    // shorter than the mark, so nothing is counted twice; copied, because the bytes are only lent
    this.#tail = Buffer.from(text.subarray(Math.max(0, text.length - this.#mark.length + 1)))
  }

  get count(): number {
    return this.#count
  }
}
