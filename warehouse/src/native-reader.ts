import { formatDay } from '@zuil/core'
import { formatDateTime, formatSeconds } from '@zuil/core/contracts/clickhouse-json'
import type { RowWriter } from '@zuil/core/contracts/row-writer'
import { WarehouseError } from './errors.ts'
import type { NativeRows } from './native-rows.ts'

/** Takes cells, and with a text that many rows share its number among those of its column. */
export interface TermWriter extends RowWriter {
  term(value: string, number?: number): void
}

/** Tells the rows of one block cell by cell, in their order. */
export class NativeReader {
  readonly rows: number
  readonly #columns: readonly CellReader[]
  #row = 0

  /** @throws {WarehouseError} CALL when it is not one block of types of ours. */
  constructor({ body }: NativeRows) {
    const source = new Source(body)
    const columns = source.length()
    this.rows = source.length()
    this.#columns = Array.from({ length: columns }, () => {
      source.text()
      return cellReader(source.text(), source, this.rows)
    })
    if (!source.isRead) throw new WarehouseError('CALL', 'There is more than one block')
  }

  /** The next row. */
  tell(writer: TermWriter): void {
    const row = this.#row++
    for (const column of this.#columns) column.tell(row, writer)
  }
}

/** The bytes of a block, from the front. */
class Source {
  readonly #body: Buffer
  #at = 0

  constructor(body: Uint8Array) {
    this.#body = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  }

  get isRead(): boolean {
    return this.#at === this.#body.length
  }

  /** Seven bits a byte, the lowest first. */
  length(): number {
    let [value, factor] = [0, 1]
    for (;;) {
      const byte = this.#body[this.#at++] ?? 0
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
      factor *= 0x80
    }
  }

  text(): string {
    const length = this.length()
    if (length === 0) return ''
    this.#at += length
    return this.#body.toString('utf8', this.#at - length, this.#at)
  }

  /** A copy, because arrays of numbers begin at a multiple of their width. */
  bytes(count: number): ArrayBuffer {
    const start = this.#at
    this.#at += count
    return new Uint8Array(this.#body.subarray(start, this.#at)).buffer
  }

  long(): number {
    return longAt(new Uint32Array(this.bytes(8)), 0)
  }
}

function longAt(words: Uint32Array, index: number): number {
  return (words[index * 2] ?? 0) + (words[index * 2 + 1] ?? 0) * 0x1_0000_0000
}

/** Tells one column. Rows are asked for in their order. */
interface CellReader {
  tell(row: number, writer: TermWriter): void
}

function cellReader(type: string, source: Source, rows: number): CellReader {
  const element = /^Array\((.+)\)$/.exec(type)?.[1]
  if (element !== undefined) return listReader(element, source, rows)
  if (type === 'LowCardinality(String)') return termReader(source, rows)
  if (type === 'String') return { tell: textReader(source, rows) }
  if (type === 'UUID') return idReader(new Uint8Array(source.bytes(16 * rows)))
  if (type === 'Date') {
    const days = new Uint16Array(source.bytes(2 * rows))
    return { tell: (row, writer) => writer.text(formatDay(days[row] ?? 0)) }
  }
  if (type === "DateTime64(3, 'UTC')") {
    const words = new Uint32Array(source.bytes(8 * rows))
    return { tell: (row, writer) => writer.instant(longAt(words, row)) }
  }
  if (type === "DateTime('UTC')") {
    const seconds = new Uint32Array(source.bytes(4 * rows))
    return { tell: (row, writer) => writer.text(formatSeconds((seconds[row] ?? 0) * 1_000)) }
  }
  const values = numbersOf(type, source, rows)
  return { tell: (row, writer) => writer.number(values[row] ?? 0) }
}

function numbersOf(type: string, source: Source, count: number): ArrayLike<number> {
  if (type === 'UInt8') return new Uint8Array(source.bytes(count))
  if (type === 'UInt16') return new Uint16Array(source.bytes(2 * count))
  if (type === 'UInt32') return new Uint32Array(source.bytes(4 * count))
  if (type === 'Int32') return new Int32Array(source.bytes(4 * count))
  if (type === 'Float64') return new Float64Array(source.bytes(8 * count))
  throw new WarehouseError('CALL', `No column of ours is of type ${type}`)
}

function textReader(source: Source, rows: number): CellReader['tell'] {
  const texts = Array.from({ length: rows }, () => source.text())
  return (row, writer) => writer.text(texts[row] ?? '')
}

function termReader(source: Source, rows: number): CellReader {
  source.long()
  if (rows === 0) return { tell: () => undefined }
  const width = source.long() & 0xff
  const texts = Array.from({ length: source.long() }, () => source.text())
  const numbers = numbersOf(width === 0 ? 'UInt8' : width === 1 ? 'UInt16' : 'UInt32', source, source.long())
  return {
    tell(row, writer) {
      const number = numbers[row] ?? 0
      writer.term(texts[number] ?? '', number)
    },
  }
}

/** Two words of 64 bits as the characters of a UUID. */
function idReader(bytes: Uint8Array): CellReader {
  const characters = Uint8Array.from('00000000-0000-0000-0000-000000000000', (character) => character.charCodeAt(0))
  return {
    tell(row, writer) {
      for (let byte = 0; byte < 16; byte++) {
        const value = bytes[row * 16 + (byte ^ 7)] ?? 0
        const at = byte * 2 + (DASHES_BEFORE[byte] ?? 0)
        characters[at] = DIGITS.charCodeAt(value >>> 4)
        characters[at + 1] = DIGITS.charCodeAt(value & 0xf)
      }
      writer.id(characters)
    },
  }
}

function listReader(type: string, source: Source, rows: number): CellReader {
  const ends = new Uint32Array(source.bytes(8 * rows))
  const endOf = (row: number) => (row < 0 ? 0 : longAt(ends, row))
  const count = endOf(rows - 1)
  if (type === 'String' || type === "DateTime64(3, 'UTC')") {
    const texts = textsOf(type, source, count)
    return { tell: (row, writer) => writer.texts(part(texts, endOf(row - 1), endOf(row))) }
  }
  const values = numbersOf(type, source, count)
  return { tell: (row, writer) => writer.numbers(part(values, endOf(row - 1), endOf(row))) }
}

function textsOf(type: string, source: Source, count: number): readonly string[] {
  if (type === 'String') return Array.from({ length: count }, () => source.text())
  const words = new Uint32Array(source.bytes(8 * count))
  return Array.from({ length: count }, (_, index) => formatDateTime(longAt(words, index)))
}

/** By hand: most of them have no element or one, and the array's own way takes as long as a whole row. */
function part<Element>(of: ArrayLike<Element>, start: number, end: number): Element[] {
  const elements: Element[] = []
  for (let index = start; index < end; index++) {
    const element = of[index]
    if (element !== undefined) elements.push(element)
  }
  return elements
}

const DIGITS = '0123456789abcdef'
/** Of a UUID, before the digits of each byte. */
const DASHES_BEFORE = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4, 4, 4, 4] as const
