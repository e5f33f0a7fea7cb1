import { promisify } from 'node:util'
import { constants, crc32, zstdCompress, zstdDecompress } from 'node:zlib'
import { isTableName, NativeBlock, type NativeRows, type TableName } from '@zuil/warehouse'
import { isReplacingLine } from './line.ts'
import type { TableContent } from './manifest.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Level 1: 4 ms for 5,000 rows and a tenth smaller output at level 3 costs twice that (measured). */
const COMPRESSION_LEVEL = 1

/** Room for what comes out of it: rows become a ninth of their size. */
const PACKED_SHARE = 4
const CHUNK_BYTES_MIN = 65_536

/** Bound on an unpacked segment: 5,000 records of the largest kind stay far below it. */
export const SEGMENT_BYTES_MAX = 256 * 1024 * 1024

/** A row as it stands in a segment: the line is what the warehouse writes as JSONEachRow for it. */
export interface SegmentRow {
  readonly table: TableName
  readonly line: string
}

/** The text of a segment, and what it holds of each table. */
export interface PackedRows {
  /** Stands at the start of `room`. */
  readonly text: Buffer
  /** May be used for another segment when the text is not needed any more. */
  readonly room: Buffer
  readonly tables: ReadonlyMap<TableName, TableContent>
  /** The same rows as an insert takes them; a table of which a row is not as its columns are now is absent. */
  readonly blocks: ReadonlyMap<TableName, NativeRows>
}

const LINE_FEED = 0x0a

/** CRC-32 of what a row's line starts with; the rest is taken from the segment's bytes. */
const BRACE_CHECKSUM = crc32('{')

/** Room that is made for one row; the text grows when rows are longer. */
const ROW_BYTES = 1_200

/** A character of a JavaScript string takes three bytes of UTF-8 at most. */
const BYTES_PER_CHARACTER_MAX = 3

/**
 * Writes rows as NDJSON, each with a first member `table`. On the way it adds up the checksums of their lines (what `contentHash` of the
 * warehouse gives, at a fifth of the cost); at the end it makes what an insert takes, because the bytes are made once. Row by row: thousands
 * of strings that live until all are packed, or even until they are inserted, cost more in garbage collection than everything else here.
 */
export class SegmentPacker {
  #text: Buffer
  #end = 0
  readonly #tables = new Map<TableName, TablePack>()
  /** Table of each row, and where it starts. */
  readonly #packs: TablePack[] = []
  readonly #starts: number[] = []

  /** `rows`: how many are expected. `room`: where they are written, if there is enough of it. */
  constructor(rows: number, room?: Buffer) {
    const bytes = rows * ROW_BYTES
    this.#text = room && room.length >= bytes ? room : Buffer.allocUnsafe(bytes)
  }

  /** Gives the number of the row, from 0. */
  add({ table, line }: SegmentRow): number {
    const pack = this.#tables.get(table) ?? newPack(table)
    this.#tables.set(table, pack)
    const isReplacing = isReplacingLine(table, line)
    const start = this.#end
    this.#reserve(pack.prefix.length + line.length * BYTES_PER_CHARACTER_MAX)
    const text = this.#text
    // the prefix ends where the line begins: its comma takes the place of the line's brace
    const rest = start + pack.prefix.length
    const end = rest - 1 + text.write(line, rest - 1)
    text.set(pack.prefix, start)
    text[end] = LINE_FEED
    // a range has some ten thousand rows, and a double adds up 2^21 checksums exactly
    pack.sum += this.#checksum(rest, end + 1)
    pack.rows += 1
    if (isReplacing) pack.replacing += 1
    this.#end = end + 1
    this.#starts.push(start)
    return this.#packs.push(pack) - 1
  }

  /** Once, with all rows but those of these numbers. */
  packed(without: ReadonlySet<number> = NO_ROWS): PackedRows {
    this.#close(without)
    const packs = [...this.#tables]
    const contents = packs.map(([table, { rows, sum, replacing }]) => [table, { rows, hash: BigInt(sum), replacing }] as const)
    const blocks = packs.flatMap(([table, { block }]) => {
      const rows = block.block()
      return rows ? [[table, rows] as const] : []
    })
    return {
      text: this.#text.subarray(0, this.#end),
      room: this.#text,
      tables: new Map(contents),
      blocks: new Map(blocks),
    }
  }

  /** Moves what stands between the rows that are left out together, and makes blocks of the others. */
  #close(without: ReadonlySet<number>): void {
    const [text, end] = [this.#text, this.#end]
    let to = 0
    for (const [row, pack] of this.#packs.entries()) {
      const [start = 0, next = end] = [this.#starts[row], this.#starts[row + 1]]
      if (without.has(row)) {
        pack.sum -= this.#checksum(start + pack.prefix.length, next)
        pack.rows -= 1
        continue
      }
      if (to < start) text.copyWithin(to, start, next)
      pack.block.add(text, to, to + next - start - 1)
      to += next - start
    }
    this.#end = to
  }

  /** Of a row, from behind its prefix to its line feed. */
  #checksum(rest: number, end: number): number {
    return crc32(this.#text.subarray(rest, end), BRACE_CHECKSUM)
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#text.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#end + bytes, this.#text.length * 2))
    larger.set(this.#text.subarray(0, this.#end))
    this.#text = larger
  }
}

const NO_ROWS: ReadonlySet<number> = new Set()

export function packRows(rows: readonly SegmentRow[]): PackedRows {
  const packer = new SegmentPacker(rows.length)
  for (const row of rows) packer.add(row)
  return packer.packed()
}

/** What adds up of one table while its rows are written. */
interface TablePack {
  readonly prefix: Uint8Array
  readonly block: NativeBlock
  rows: number
  sum: number
  replacing: number
}

function newPack(table: TableName): TablePack {
  const lead = `{"table":"${table}",`
  return { prefix: Buffer.from(lead), block: new NativeBlock(table, lead), rows: 0, sum: 0, replacing: 0 }
}

export async function compressSegment(text: Buffer): Promise<Buffer> {
  const params = {
    [constants.ZSTD_c_compressionLevel]: COMPRESSION_LEVEL,
    [constants.ZSTD_c_checksumFlag]: 1,
  }
  // one turn of work in another thread: in portions of the usual 16 kB each of them would wait for the event loop
  const chunkSize = Math.max(CHUNK_BYTES_MIN, Math.ceil(text.length / PACKED_SHARE))
  return await compress(text, { params, pledgedSrcSize: text.length, chunkSize })
}

/** @throws {SegmentError} when the bytes are not a segment. */
export async function decodeSegment(bytes: Uint8Array): Promise<SegmentRow[]> {
  let text: Buffer
  try {
    text = await decompress(bytes, { maxOutputLength: SEGMENT_BYTES_MAX })
  } catch (error) {
    throw new SegmentError('A segment does not unpack', { cause: error })
  }
  return unpackRows(text)
}

/** The rows of {@link PackedRows.text}. @throws {SegmentError} when it is not such a text. */
export function unpackRows(text: Buffer): SegmentRow[] {
  if (text.length === 0) return []
  const lines = text.toString('utf8').split('\n')
  if (lines.pop() !== '') throw new SegmentError('A segment ends in the middle of a line')
  return lines.map(decodeLine)
}

const LINE = /^\{"table":"([a-z_]{1,64})",/

function decodeLine(line: string): SegmentRow {
  const match = LINE.exec(line)
  const table = match?.[1]
  if (!match || table === undefined || !isTableName(table)) throw new SegmentError('A line of a segment does not name its table')
  return { table, line: `{${line.slice(match[0].length)}` }
}

export class SegmentError extends Error {
  override readonly name = 'SegmentError'
  readonly code = 'segment-invalid'
}
