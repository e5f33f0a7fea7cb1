import type { SegmentBlocks, SegmentText } from '../archive/segment-text.ts'
import { type CalledThread, startThread } from '../thread.ts'

/** From here to the thread. What stands in shared memory both have. */
export interface TextOrder {
  readonly segment: SegmentBlocks
  /** Where the text is written, if it is large enough. */
  readonly room: Uint8Array
}

/** From the thread to here. */
export interface TextAnswer {
  readonly text: Uint8Array
  readonly tables: SegmentText['tables']
}

/** The thread ended before it answered. */
class TextThreadEnded extends Error {
  override readonly name = 'TextThreadEnded'
}

/** Makes the texts of ranges in a thread of its own: as much work as everything else that the one that makes the rows does with them. */
export class TextThread {
  #thread: CalledThread | undefined

  async textOf(segment: SegmentBlocks, room: Uint8Array): Promise<SegmentText> {
    this.#thread ??= startThread(
      new URL('text-worker.ts', import.meta.url),
      {},
      () => new TextThreadEnded('The thread of texts ended'),
    )
    const order: TextOrder = { segment, room }
    // the thread answers with what text-worker.ts makes
    const { text, tables } = (await this.#thread.call(order)) as TextAnswer
    return { text: Buffer.from(text.buffer, text.byteOffset, text.byteLength), tables }
  }

  async end(): Promise<void> {
    await this.#thread?.end()
  }
}
