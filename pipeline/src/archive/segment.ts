import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { RowWriter } from '@zuil/core/contracts/row-writer'
import { isTableName, NativeBlock, type NativeRows, type TableName } from '@zuil/warehouse'
import type { TableContent } from './manifest.ts'
import { RowBytes } from './row-bytes.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Level 1: 4 ms for 5,000 rows and a tenth smaller output at level 3 costs twice that (measured). */
const COMPRESSION_LEVEL = 1

/** Room for what comes out of it: rows become a ninth of their size or less. */
const PACKED_SHARE = 8
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

/** Room that is made for one row; the text grows when rows are longer. */
export const ROW_BYTES = 1_200

/** Takes the rows of records. */
export interface RowPacker {
  /** Begins a row, whose cells its writer takes; it does not count before {@link endRow}. */
  begin(table: TableName): RowWriter
  /** Gives the number of the row that was begun, from 0. */
  endRow(table: TableName, isReplacing: boolean): number
}

/**
 * Writes rows as NDJSON, each with a first member `table`. On the way it adds up the checksums of their lines (what `contentHash` of the
 * warehouse gives, at a fifth of the cost); at the end it makes what an insert takes, because the bytes are made once. Row by row: thousands
 * of strings that live until all are packed, or even until they are inserted, cost more in garbage collection than everything else here.
 */
export class SegmentPacker implements RowPacker {
  readonly #text: RowBytes
  readonly #tables = new Map<TableName, TablePack>()
  /** Table of each row, its number there, and where it starts. */
  readonly #packs: TablePack[] = []
  readonly #places: number[] = []
  readonly #starts: number[] = []

  /** `rows`: how many are expected. `room`: where they are written, if there is enough of it. */
  constructor(rows: number, room?: Buffer) {
    const bytes = rows * ROW_BYTES
    this.#text = new RowBytes(room && room.length >= bytes ? room : Buffer.allocUnsafe(bytes))
  }

  begin(table: TableName): RowWriter {
    this.#text.begin(table)
    return this.#packOf(table).row
  }

  endRow(table: TableName, isReplacing: boolean): number {
    const pack = this.#packOf(table)
    const start = this.#text.end
    this.#text.endRow()
    pack.block.endRow()
    return this.#count(pack, start, isReplacing)
  }

  #packOf(table: TableName): TablePack {
    let pack = this.#tables.get(table)
    if (!pack) {
      pack = newPack(table, this.#text)
      this.#tables.set(table, pack)
    }
    return pack
  }

  /** Once, with all rows but those of these numbers. */
  packed(without: ReadonlySet<number> = NO_ROWS): PackedRows {
    this.#leaveOut([...without].sort((a, b) => a - b))
    const packs = [...this.#tables]
    const contents = packs.map(([table, { rows, sum, replacing, leftOut }]) => {
      return [table, { rows: rows - leftOut.length, hash: BigInt(sum), replacing }] as const
    })
    const blocks = packs.flatMap(([table, { block, leftOut }]) => {
      const rows = block.block(leftOut)
      return rows ? [[table, rows] as const] : []
    })
    return {
      text: this.#text.bytes.subarray(0, this.#text.end),
      room: this.#text.bytes,
      tables: new Map(contents),
      blocks: new Map(blocks),
    }
  }

  #count(pack: TablePack, start: number, isReplacing: boolean): number {
    // a range has some ten thousand rows, and a double adds up 2^21 checksums exactly
    pack.sum += this.#text.checksum(pack.table, start, this.#text.end)
    if (isReplacing) pack.replacing += 1
    this.#starts.push(start)
    this.#places.push(pack.rows++)
    return this.#packs.push(pack) - 1
  }

  /** Moves what stands between the rows that are left out together. */
  #leaveOut(rows: readonly number[]): void {
    const { bytes, end } = this.#text
    let to = rows[0] === undefined ? end : (this.#starts[rows[0]] ?? end)
    for (const [index, row] of rows.entries()) {
      const pack = this.#packs[row]
      const [start = end, next = end] = [this.#starts[row], this.#starts[row + 1]]
      if (!pack) throw new RangeError(`There is no row ${row}`)
      pack.sum -= this.#text.checksum(pack.table, start, next)
      pack.leftOut.push(this.#places[row] ?? 0)
      const last = rows[index + 1]
      const until = last === undefined ? end : (this.#starts[last] ?? end)
      bytes.copyWithin(to, next, until)
      to += until - next
    }
    this.#text.cut(to)
  }
}

const NO_ROWS: ReadonlySet<number> = new Set()

/** What adds up of one table while its rows are written. */
interface TablePack {
  readonly table: TableName
  readonly block: NativeBlock
  readonly row: RowWriter
  rows: number
  sum: number
  replacing: number
  /** Numbers of its rows, ascending. */
  readonly leftOut: number[]
}

function newPack(table: TableName, text: RowBytes): TablePack {
  const block = new NativeBlock(table)
  return { table, block, row: new RowTwice(text, block), rows: 0, sum: 0, replacing: 0, leftOut: [] }
}

/** Each cell for the archive and for the warehouse. */
class RowTwice implements RowWriter {
  readonly #text: RowBytes
  readonly #block: NativeBlock

  constructor(text: RowBytes, block: NativeBlock) {
    this.#text = text
    this.#block = block
  }

  number(value: number): void {
    this.#text.number(value)
    this.#block.number(value)
  }

  text(value: string): void {
    this.#text.text(value)
    this.#block.text(value)
  }

  term(value: string): void {
    this.#text.term(value, this.#block.term(value))
  }

  numbers(values: readonly number[]): void {
    this.#text.numbers(values)
    this.#block.numbers(values)
  }

  texts(values: readonly string[]): void {
    this.#text.texts(values)
    this.#block.texts(values)
  }

  instant(ms: number): void {
    this.#text.instant(ms)
    this.#block.instant(ms)
  }

  id(characters: Uint8Array): void {
    this.#text.id(characters)
    this.#block.id(characters)
  }
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
