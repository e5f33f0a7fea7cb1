import { WarehouseError } from './errors.ts'
import { columnNames, type TableName } from './tables.ts'
import type { RowValue } from './warehouse.ts'

/**
 * Rows of one table as JSONCompactEachRow: the values without the names, which is a third less work for the engine's parser. For rows that are
 * not at hand as a {@link NativeBlock}, or that the engine has to judge.
 */
export interface CompactRows {
  readonly rows: number
  readonly body: Uint8Array
}

/** A character of a JavaScript string takes three bytes of UTF-8 at most. */
const BYTES_PER_CHARACTER_MAX = 3

/** @throws {WarehouseError} ROW when a line lacks a column of the table, or has another order. */
export function compactRows(table: TableName, lines: readonly string[]): CompactRows {
  let characters = 0
  let longest = 0
  for (const { length } of lines) {
    characters += length
    if (length > longest) longest = length
  }
  const compactor = new RowCompactor(table, characters)
  const line = Buffer.allocUnsafe(longest * BYTES_PER_CHARACTER_MAX)
  for (const [index, text] of lines.entries()) {
    if (!compactor.add(line, 0, line.write(text)))
      throw new WarehouseError('ROW', `Line ${index + 1} does not have the columns of ${table} in their order`)
  }
  return compactor.rows()
}

/** Rows of values in the order of a table's columns; a bigint is a plain number there. */
export function compactValues(rows: readonly (readonly RowValue[])[]): CompactRows {
  const text = (value: RowValue) => (typeof value === 'bigint' ? String(value) : JSON.stringify(value))
  return { rows: rows.length, body: Buffer.from(rows.map((values) => `[${values.map(text).join(',')}]`).join('\n')) }
}

/**
 * Takes the names out of lines of one table, byte by byte: a native call for each of its values would cost more than the
 * whole row does here, and no string of a row has to live until it is inserted.
 */
class RowCompactor {
  /** `{"id":`, `,"version":` …: what stands before each value of a line. */
  readonly #marks: readonly Uint8Array[]
  #body: Buffer
  #end = 0
  #rows = 0

  /** `bytes`: the size of all lines; they may turn out larger. */
  constructor(table: TableName, bytes: number) {
    this.#marks = columnNames(table).map((name, index) => Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`))
    // names are half of a row, or more
    this.#body = Buffer.allocUnsafe(bytes >>> 1)
  }

  /** Takes the line from `start` to `end`, without line end. False when it is not a row of the table; it is left out then. */
  add(text: Uint8Array, start: number, end: number): boolean {
    // a compact row is never longer than its line, and ends with a line feed
    this.#reserve(end - start + 1)
    const rowEnd = writeRow(this.#body, this.#end, { marks: this.#marks, text, start, end })
    if (rowEnd < 0) return false
    this.#end = rowEnd
    this.#rows += 1
    return true
  }

  rows(): CompactRows {
    return { rows: this.#rows, body: this.#body.subarray(0, this.#end) }
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#body.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#end + bytes, this.#body.length * 2))
    larger.set(this.#body.subarray(0, this.#end))
    this.#body = larger
  }
}

interface RowLine {
  readonly marks: readonly Uint8Array[]
  readonly text: Uint8Array
  readonly start: number
  readonly end: number
}

/** Writes one compact row at `start` and returns where it ends; -1 when the line is not a row of the table. */
function writeRow(body: Uint8Array, start: number, line: RowLine): number {
  const { marks, text } = line
  let end = start
  let at = line.start
  for (const mark of marks) {
    const { length } = mark
    for (let index = 0; index < length; index++) if (text[at + index] !== mark[index]) return -1
    at += length
    body[end++] = COMMA
    const stop = copyValue(body, end, { text, at, end: line.end })
    end += stop - at
    at = stop
  }
  body[start] = OPENING
  if (at !== line.end - 1 || text[at] !== CLOSING_BRACE) return -1
  body[end++] = CLOSING
  body[end++] = LINE_FEED
  return end
}

/** Copies the value that starts at `at`; gives where it ends: at the comma or brace that stands in no string and no list. */
function copyValue(body: Uint8Array, start: number, line: ValueLine): number {
  const { text, at, end } = line
  const first = text[at]
  if (first === QUOTE) return copyText(body, start, line)
  if (first === OPENING) return copyList(body, start, line)
  let from = at
  for (let to = start; from < end; from++) {
    const byte = text[from] ?? 0
    if (byte === COMMA || byte === CLOSING_BRACE) return from
    body[to++] = byte
  }
  return from
}

/** A string, from its first quote to behind its last. */
function copyText(body: Uint8Array, start: number, { text, at, end }: ValueLine): number {
  let to = start
  body[to++] = QUOTE
  let from = at + 1
  while (from < end) {
    const byte = text[from++] ?? 0
    body[to++] = byte
    if (byte === QUOTE) return from
    if (byte === BACKSLASH) body[to++] = text[from++] ?? 0
  }
  return end
}

/** A list of numbers or strings, from its first bracket to behind its last. */
function copyList(body: Uint8Array, start: number, { text, at, end }: ValueLine): number {
  let to = start
  let from = at
  let depth = 0
  while (from < end) {
    const byte = text[from] ?? 0
    if (byte === QUOTE) {
      const next = copyText(body, to, { text, at: from, end })
      to += next - from
      from = next
      continue
    }
    body[to++] = byte
    from++
    if (byte === OPENING) depth++
    else if (byte === CLOSING && --depth === 0) return from
  }
  return end
}

interface ValueLine {
  readonly text: Uint8Array
  readonly at: number
  readonly end: number
}

const OPENING = 0x5b
const CLOSING = 0x5d
const CLOSING_BRACE = 0x7d
const COMMA = 0x2c
const LINE_FEED = 0x0a
const QUOTE = 0x22
const BACKSLASH = 0x5c
