import { constants, deflateRawSync } from 'node:zlib'

/** One piece of an event stream, in the two forms in which it can travel. Made once, sent to many. */
export interface Frame {
  readonly plain: Buffer
  /** A run of whole deflate blocks that needs nothing before it; see {@link GZIP_HEADER}. */
  readonly packed: Buffer
}

/**
 * A gzip stream opens with these ten bytes. After a full flush a deflate block refers to nothing before it, so frames that
 * were packed once can be joined in any order, for any reader, behind this header. The stream never ends and so has no
 * checksum; a reader decodes it block by block.
 */
export const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0xff])

export function frameOf(text: string): Frame {
  const plain = Buffer.from(text)
  let packed: Buffer | undefined
  return {
    plain,
    get packed() {
      packed ??= deflateRawSync(plain, { level: 6, finishFlush: constants.Z_FULL_FLUSH })
      return packed
    },
  }
}

/** @param data must be JSON: it has no line ends, which would end the event */
export function eventFrame(event: string, data: unknown): Frame {
  return frameOf(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
