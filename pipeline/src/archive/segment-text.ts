import type { NativeRows, TableName } from '@zuil/warehouse'
import { NativeReader } from '@zuil/warehouse/native-reader'
import type { TableContent } from './manifest.ts'
import { RowBytes } from './row-bytes.ts'

/** The rows of a segment before they are its text. */
export interface SegmentBlocks {
  readonly blocks: readonly TableRows[]
  /** For each row in the order of the segment, which of the blocks it is the next row of. */
  readonly order: Uint8Array
}

export interface TableRows {
  readonly table: TableName
  readonly rows: NativeRows
  /** Rows of it that replace a row of the same key. */
  readonly replacing: number
}

export interface SegmentText {
  readonly text: Buffer
  readonly tables: ReadonlyMap<TableName, TableContent>
}

/** What the archive has of these rows, in `room` if it is large enough: byte for byte what a SegmentPacker makes of their cells. */
export function segmentText({ blocks, order }: SegmentBlocks, room: Buffer): SegmentText {
  const text = new RowBytes(room)
  const parts = blocks.map(({ table, rows }) => ({ table, reader: new NativeReader(rows), sum: 0 }))
  for (const index of order) {
    const part = parts[index]
    if (!part) throw new RangeError(`There is no block ${index}`)
    const start = text.end
    text.begin(part.table)
    part.reader.tell(text)
    text.endRow()
    // a range has some ten thousand rows, and a double adds up 2^21 checksums exactly
    part.sum += text.checksum(part.table, start, text.end)
  }
  const tables = blocks.map(({ table, rows, replacing }, index) => {
    return [table, { rows: rows.rows, hash: BigInt(parts[index]?.sum ?? 0), replacing }] as const
  })
  return { text: text.bytes.subarray(0, text.end), tables: new Map(tables) }
}
