import type { SegmentBlocks, SegmentText } from '../archive/segment-text.ts'
import { type CalledThread, startThread } from '../thread.ts'

/** From here to the thread; the memory of both goes with it, unless it is shared. */
export interface TextOrder {
  readonly segment: SegmentBlocks
  /** Where the text is written; grows when that is too small. */
  readonly room: Uint8Array
}

/** From the thread to here; the memory of all comes with it, unless it is shared. */
export interface TextAnswer {
  readonly segment: SegmentBlocks
  readonly room: Uint8Array
  /** Bytes of it that are the text. */
  readonly bytes: number
  readonly tables: SegmentText['tables']
}

/** The thread ended before it answered. */
class TextThreadEnded extends Error {
  override readonly name = 'TextThreadEnded'
}

/** Makes the texts of ranges in a thread of its own: as much work as everything else that the one that makes the rows does with them. */
export class TextThread {
  #thread: CalledThread | undefined

  async textOf(segment: SegmentBlocks, room: Buffer): Promise<SegmentText & { readonly segment: SegmentBlocks }> {
    this.#thread ??= startThread(
      new URL('text-worker.ts', import.meta.url),
      {},
      () => new TextThreadEnded('The thread of texts ended'),
    )
    const order: TextOrder = { segment, room }
    // the thread answers with what text-worker.ts makes
    const answer = (await this.#thread.call(order, memoryOf(segment, room))) as TextAnswer
    const whole = Buffer.from(answer.room.buffer)
    return { text: whole.subarray(0, answer.bytes), room: whole, tables: answer.tables, segment: answer.segment }
  }

  async end(): Promise<void> {
    await this.#thread?.end()
  }
}

/** What both threads give each other instead of copying it; what they share, both have anyway. */
export function memoryOf({ blocks }: SegmentBlocks, room: Uint8Array): ArrayBuffer[] {
  return [room, ...blocks.map(({ rows }) => rows.body)]
    .map(({ buffer }) => buffer)
    .filter((buffer) => buffer instanceof ArrayBuffer)
}
