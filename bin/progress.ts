/** One line on a terminal that is written over, at most ten times a second; nothing when nobody watches. */
export class Progress {
  readonly #shows = process.stderr.isTTY === true
  #shownAt = 0

  show(text: string): void {
    const now = performance.now()
    if (!this.#shows || now - this.#shownAt < 100) return
    this.#shownAt = now
    process.stderr.write(`\r\u001b[K${text}`)
  }

  end(): void {
    if (this.#shows) process.stderr.write('\r\u001b[K')
  }
}
