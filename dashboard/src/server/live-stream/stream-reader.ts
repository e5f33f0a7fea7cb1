import type { ServerResponse } from 'node:http'
import { eventFrame, type Frame, GZIP_HEADER } from './frame.ts'
import { Ring } from './ring.ts'

/** A reader that is slower than this many events gets the newest only; every event is a whole picture anyway. */
export const READER_EVENTS_MAX = 4
/** A reader that took nothing for this long is gone, whatever its connection says. */
export const READER_STUCK_MS = 60_000

export interface StreamReaderOptions {
  readonly response: ServerResponse
  readonly packed: boolean
  /** Epoch ms. */
  readonly clock: () => number
}

/** One reader of the live stream: takes events as fast as its connection allows and never holds up the others. */
export class StreamReader {
  readonly #response: ServerResponse
  readonly #packed: boolean
  readonly #clock: () => number
  readonly #waiting = new Ring<Frame>(READER_EVENTS_MAX)
  /** Epoch ms since when the connection takes nothing more. */
  #stuckSince: number | undefined

  constructor({ response, packed, clock }: StreamReaderOptions) {
    this.#response = response
    this.#packed = packed
    this.#clock = clock
    if (packed) response.write(GZIP_HEADER)
    response.on('drain', () => {
      this.#stuckSince = undefined
      this.#flush()
    })
  }

  send(frame: Frame): void {
    this.#waiting.push(frame)
    this.#flush()
  }

  isStuck(): boolean {
    return this.#stuckSince !== undefined && this.#clock() - this.#stuckSince > READER_STUCK_MS
  }

  end(): void {
    this.#response.end()
  }

  destroy(): void {
    this.#response.destroy()
  }

  #flush(): void {
    while (this.#stuckSince === undefined && this.#waiting.size > 0) {
      const dropped = this.#waiting.takeDropped()
      if (dropped > 0) this.#write(eventFrame('dropped', { events: dropped }))
      const frame = this.#waiting.take()
      if (frame) this.#write(frame)
    }
  }

  #write(frame: Frame): void {
    const more = this.#response.write(this.#packed ? frame.packed : frame.plain)
    if (!more) this.#stuckSince = this.#clock()
  }
}
