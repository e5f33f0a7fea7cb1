/** What each accepted item of a batch's answer has, exactly once. */
const ACCEPTED_MARK = Buffer.from('"status":201')

/** Counts a mark in a text that comes in pieces, also where a piece ends within it. */
export class Tally {
  #count = 0
  #tail: Buffer = Buffer.alloc(0)

  add(bytes: Buffer): void {
    const text = this.#tail.length === 0 ? bytes : Buffer.concat([this.#tail, bytes])
    let at = text.indexOf(ACCEPTED_MARK)
    while (at >= 0) {
      this.#count++
      at = text.indexOf(ACCEPTED_MARK, at + ACCEPTED_MARK.length)
    }
    // shorter than the mark, so nothing is counted twice; copied, because the bytes are only lent
    this.#tail = Buffer.from(text.subarray(Math.max(0, text.length - ACCEPTED_MARK.length + 1)))
  }

  get count(): number {
    return this.#count
  }
}
