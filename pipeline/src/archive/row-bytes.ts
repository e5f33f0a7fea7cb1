import { crc32 } from 'node:zlib'
import { formatDay } from '@zuil/core'
import { quoteText } from '@zuil/core/contracts/clickhouse-json'
import type { RowWriter } from '@zuil/core/contracts/row-writer'
import { columnNames, type TableName } from '@zuil/warehouse/tables'

interface RowColumn {
  /** What stands before each value: `{"table":"…","id":`, `,"version":` … */
  readonly mark: Uint8Array
  /** Texts that many rows share, by number, with the mark. */
  readonly terms: Uint8Array[]
}

/**
 * Rows of a segment as bytes, cell by cell: strings of a thousand characters, made of a hundred pieces each and given up at once, would cost more than
 * everything else that is done with a row. A row counts when it is ended; the next one takes the place of one that was not.
 */
export class RowBytes implements RowWriter {
  #bytes: Buffer
  /** Of the rows that are ended. */
  #rowsEnd = 0
  /** Of the row that is being written. */
  #end = 0
  readonly #tables = new Map<TableName, readonly RowColumn[]>()
  #columns: readonly RowColumn[] = []
  #column = 0

  constructor(room: Buffer) {
    this.#bytes = room
  }

  /** May become another one with every cell. */
  get bytes(): Buffer {
    return this.#bytes
  }

  /** Where the last row ends, behind its line feed. */
  get end(): number {
    return this.#rowsEnd
  }

  begin(table: TableName): void {
    let columns = this.#tables.get(table)
    if (!columns) {
      columns = columnsOf(table)
      this.#tables.set(table, columns)
    }
    this.#columns = columns
    this.#column = 0
    this.#end = this.#rowsEnd
  }

  endRow(): void {
    this.#reserve(0)
    this.#bytes[this.#end++] = CLOSING_BRACE
    this.#bytes[this.#end++] = LINE_FEED
    this.#rowsEnd = this.#end
  }

  /** CRC-32 of the line of a row that stands from `start` to `end`: what `contentHash` of the warehouse adds up. */
  checksum(table: TableName, start: number, end: number): number {
    return crc32(this.#bytes.subarray(start + leadOf(table).length, end), BRACE_CHECKSUM)
  }

  /** Takes away what stands behind. */
  cut(end: number): void {
    this.#rowsEnd = end
  }

  number(value: number): void {
    this.#next(NUMBER_BYTES_MAX)
    this.#number(value)
  }

  text(value: string): void {
    this.#next(value.length * BYTES_PER_ESCAPED_MAX)
    this.#text(value)
  }

  /** `number` of this text among those of its column: it is written as it was the last time, with what stands before it. */
  term(value: string, number = NO_NUMBER): void {
    const terms = this.#columns[this.#column]?.terms
    if (!terms || number < 0) {
      this.text(value)
      return
    }
    const known = terms[number]
    if (known) {
      this.#column += 1
      this.#reserve(known.length)
      this.#copy(known)
      return
    }
    const start = this.#end
    this.text(value)
    terms[number] = Uint8Array.from(this.#bytes.subarray(start, this.#end))
  }

  numbers(values: readonly number[]): void {
    this.#next(values.length * NUMBER_BYTES_MAX)
    this.#bytes[this.#end++] = OPENING
    for (let index = 0; index < values.length; index++) {
      if (index > 0) this.#bytes[this.#end++] = COMMA
      this.#number(values[index] ?? 0)
    }
    this.#bytes[this.#end++] = CLOSING
  }

  texts(values: readonly string[]): void {
    this.#next(0)
    this.#bytes[this.#end++] = OPENING
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? ''
      this.#reserve(value.length * BYTES_PER_ESCAPED_MAX)
      if (index > 0) this.#bytes[this.#end++] = COMMA
      this.#text(value)
    }
    this.#bytes[this.#end++] = CLOSING
  }

  instant(ms: number): void {
    this.#next(INSTANT_BYTES)
    const bytes = this.#bytes
    const day = Math.floor(ms / DAY_MS)
    // whole numbers of 32 bits: remainders of others take ten times as long
    const rest = (ms - day * DAY_MS) | 0
    const seconds = (rest / 1_000) | 0
    const minutes = (seconds / 60) | 0
    bytes[this.#end++] = QUOTE
    this.#plain(formatDay(day))
    bytes[this.#end++] = SPACE
    this.#pair((minutes / 60) | 0)
    bytes[this.#end++] = COLON
    this.#pair(minutes % 60)
    bytes[this.#end++] = COLON
    this.#pair(seconds % 60)
    bytes[this.#end++] = POINT
    const thousandths = rest % 1_000
    bytes[this.#end++] = ZERO + ((thousandths / 100) | 0)
    this.#pair(thousandths % 100)
    bytes[this.#end++] = QUOTE
  }

  id(characters: Uint8Array): void {
    this.#next(characters.length)
    this.#bytes[this.#end++] = QUOTE
    this.#copy(characters)
    this.#bytes[this.#end++] = QUOTE
  }

  /** What stands before the next cell, and room for as many bytes of it. */
  #next(bytes: number): void {
    const mark = this.#columns[this.#column++]?.mark ?? NO_MARK
    this.#reserve(bytes + mark.length)
    this.#copy(mark)
  }

  /** A loop: these are few bytes, for which a native call costs more. */
  #copy(from: Uint8Array): void {
    const [bytes, start, { length }] = [this.#bytes, this.#end, from]
    for (let index = 0; index < length; index++) bytes[start + index] = from[index] ?? 0
    this.#end = start + length
  }

  #number(value: number): void {
    // only whole numbers of 31 bits; the others are rare
    if (value !== (value | 0) || value < 0) {
      this.#plain(String(value))
      return
    }
    let digits = 1
    for (let bound = 10; digits < DIGITS_MAX && value >= bound; bound *= 10) digits++
    const bytes = this.#bytes
    const start = this.#end
    for (let at = start + digits - 1, rest = value | 0; at >= start; at--) {
      const tenth = (rest / 10) | 0
      bytes[at] = ZERO + rest - tenth * 10
      rest = tenth
    }
    this.#end = start + digits
  }

  #text(value: string): void {
    const bytes = this.#bytes
    let end = this.#end
    bytes[end++] = QUOTE
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index)
      if (code < SPACE || code > ASCII_LAST || code === QUOTE || code === BACKSLASH) {
        this.#end += bytes.write(quoteText(value), this.#end)
        return
      }
      bytes[end++] = code
    }
    bytes[end++] = QUOTE
    this.#end = end
  }

  /** Nothing in it has to be escaped. */
  #plain(value: string): void {
    const [bytes, start] = [this.#bytes, this.#end]
    for (let index = 0; index < value.length; index++) bytes[start + index] = value.charCodeAt(index)
    this.#end = start + value.length
  }

  #pair(value: number): void {
    const tens = (value / 10) | 0
    this.#bytes[this.#end++] = ZERO + tens
    this.#bytes[this.#end++] = ZERO + value - tens * 10
  }

  /** Room for so many bytes, and the few that stand around them. */
  #reserve(bytes: number): void {
    if (this.#end + bytes + AROUND <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#end + bytes + AROUND, this.#bytes.length * 2))
    larger.set(this.#bytes.subarray(0, this.#end))
    this.#bytes = larger
  }
}

function columnsOf(table: TableName): readonly RowColumn[] {
  return columnNames(table).map((name, index) => {
    const lead = index === 0 ? leadOf(table) : ','
    return { mark: Buffer.from(`${lead}${JSON.stringify(name)}:`), terms: [] }
  })
}

/** What a row of a segment begins with; the rest of it is the line of its table without the brace. */
function leadOf(table: TableName): string {
  return `{"table":"${table}",`
}

/** CRC-32 of what a row's line starts with; the rest is taken from the segment's bytes. */
const BRACE_CHECKSUM = crc32('{')

const NO_MARK = new Uint8Array(0)
const NO_NUMBER = -1
const DAY_MS = 86_400_000
/** Digits of 31 bits. */
const DIGITS_MAX = 10
/** Of any number as JavaScript writes it, with the comma before it. */
const NUMBER_BYTES_MAX = 26
/** `"yyyy-mm-dd hh:mm:ss.mmm"` */
const INSTANT_BYTES = 25
/** A character of a JavaScript string takes three bytes of UTF-8 at most, and six as `\u0000`. */
const BYTES_PER_ESCAPED_MAX = 6
/** Quotes, brackets, a comma, a brace and a line feed. */
const AROUND = 16

const LINE_FEED = 0x0a
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const POINT = 0x2e
const ZERO = 0x30
const COLON = 0x3a
const OPENING = 0x5b
const BACKSLASH = 0x5c
const CLOSING = 0x5d
const CLOSING_BRACE = 0x7d
const ASCII_LAST = 0x7f
