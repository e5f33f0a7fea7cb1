import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** Pixels from left to right and from top to bottom: a byte each of red, green and blue. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Buffer
}

export const PIXEL_BYTES = 3

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1A\n', 'latin1')
/** Eight bits of each colour, nothing in between the rows: the one kind that is written and read here. */
const KIND = Buffer.from([8, 2, 0, 0, 0])
/** What stands around the data of a chunk: its length and name before, its check behind. */
const CHUNK_BYTES = 12

/** Each row as it is, without a filter: pages are mostly white, and are as small that way. */
export function pngOf({ width, height, pixels }: Picture): Buffer {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width)
  size.writeUInt32BE(height, 4)
  const stride = width * PIXEL_BYTES
  const rows = Buffer.alloc(height * (stride + 1))
  for (let row = 0; row < height; row += 1) pixels.copy(rows, row * (stride + 1) + 1, row * stride, (row + 1) * stride)
  const parts = [chunk('IHDR', Buffer.concat([size, KIND])), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND')]
  return Buffer.concat([SIGNATURE, ...parts])
}

function chunk(name: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const checked = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(checked))
  return Buffer.concat([length, checked, check])
}

/** Reads what `pngOf` wrote. */
export function pictureOf(png: Buffer): Picture {
  const chunks = chunksOf(png)
  const head = chunks.get('IHDR')
  if (!head?.subarray(8).equals(KIND)) throw new RangeError('This PNG is of a kind that pngOf does not write: make it again')
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  const stride = width * PIXEL_BYTES
  const pixels = Buffer.alloc(height * stride)
  for (let row = 0; row < height; row += 1) {
    const from = row * (stride + 1)
    if (rows[from] !== 0) throw new RangeError(`Row ${row} of this PNG is filtered, which pngOf never does: make it again`)
    rows.copy(pixels, row * stride, from + 1, from + 1 + stride)
  }
  return { width, height, pixels }
}

function chunksOf(png: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>()
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length))
    at += length + CHUNK_BYTES
  }
  return chunks
}
