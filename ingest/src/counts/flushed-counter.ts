/** Counts in memory and writes what it counted again and again, never twice at a time, and once more at its end. */
export abstract class FlushedCounter {
  readonly #everyMs: number
  #timer: NodeJS.Timeout | undefined
  #flushing = Promise.resolve()

  constructor(everyMs: number) {
    this.#everyMs = everyMs
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.flush(), this.#everyMs).unref()
  }

  /** Never rejects: what could not be written is kept for the next time. */
  async flush(): Promise<void> {
    // One after the other, so that a slow one is not counted twice.
    this.#flushing = this.#flushing.then(() => this.write())
    await this.#flushing
  }

  /** Stops and writes what is left. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    await this.flush()
  }

  /** Takes what was counted and writes it; never rejects, and counts again what could not be written. */
  protected abstract write(): Promise<void>
}
