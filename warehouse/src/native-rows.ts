import type { RowWriter } from '@zuil/core/contracts/row-writer'
import { lengthBytes, type Run } from './native-bytes.ts'
import { type NativeColumn, nativeColumn } from './native-column.ts'
import { columnNames, TABLES, type TableName } from './tables.ts'

/** Rows of one table as blocks of the engine's own format, Native: it takes them in at a sixth of what rows as text cost. */
export interface NativeRows {
  /** Not to be taken for rows as text, which look alike. */
  readonly format: 'Native'
  readonly rows: number
  readonly body: Uint8Array
}

/** Several bodies as one, for one insert. */
export function joinNativeRows(parts: readonly NativeRows[]): NativeRows {
  const [only] = parts
  if (parts.length === 1 && only) return only
  return {
    format: 'Native',
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    body: Buffer.concat(parts.map(({ body }) => body)),
  }
}

/**
 * Makes a block of rows of one table, told cell by cell. What does not fit a column is for the engine's parser to judge, which bends some and
 * refuses others: one such cell and there is no block.
 */
export class NativeBlock implements RowWriter {
  readonly #names: readonly string[]
  readonly #columns: readonly NativeColumn[]
  /** Of the next cell. */
  #column = 0
  #rows = 0
  #isWhole = true

  constructor(table: TableName) {
    this.#names = columnNames(table)
    this.#columns = TABLES[table].map(({ type }) => nativeColumn(type))
  }

  /** Ends a row. */
  endRow(): void {
    this.#isWhole &&= this.#column === this.#columns.length
    this.#column = 0
    this.#rows += 1
  }

  number(value: number): void {
    if (!(this.#next()?.number(value) ?? false)) this.#isWhole = false
  }

  text(value: string): void {
    if (!(this.#next()?.text(value) ?? false)) this.#isWhole = false
  }

  /** Gives the number of this text among those of its column, from 0; below zero when they are not numbered. */
  term(value: string): number {
    const column = this.#next()
    const number = column?.term(value) ?? NO_NUMBER
    if (number < 0) this.#isWhole = (column?.text(value) ?? false) && this.#isWhole
    return number
  }

  numbers(values: readonly number[]): void {
    if (!(this.#next()?.list(values) ?? false)) this.#isWhole = false
  }

  texts(values: readonly string[]): void {
    if (!(this.#next()?.list(values) ?? false)) this.#isWhole = false
  }

  instant(ms: number): void {
    if (!(this.#next()?.instant(ms) ?? false)) this.#isWhole = false
  }

  id(characters: Uint8Array): void {
    if (!(this.#next()?.id(characters) ?? false)) this.#isWhole = false
  }

  /**
   * All rows but those of these numbers, ascending from 0. Undefined when a row did not have the cells of the table. `room`: gives the memory of
   * the body, for whoever has some.
   */
  block(without: readonly number[] = [], room: (bytes: number) => Uint8Array = ownRoom): NativeRows | undefined {
    if (!this.#isWhole || this.#column > 0) return undefined
    const runs = runsBetween(without, this.#rows)
    const rows = this.#rows - without.length
    const head = [lengthBytes(this.#columns.length), lengthBytes(rows)]
    const columns = this.#columns.flatMap((column, index) => [
      ...named(this.#names[index] ?? ''),
      ...named(column.type),
      ...column.bytes(runs),
    ])
    return { format: 'Native', rows, body: joined([...head, ...columns], room) }
  }

  /** Begins anew, in the room of the rows before. */
  clear(): void {
    for (const column of this.#columns) column.clear()
    this.#column = 0
    this.#rows = 0
    this.#isWhole = true
  }

  #next(): NativeColumn | undefined {
    return this.#columns[this.#column++]
  }
}

const NO_NUMBER = -1

function runsBetween(without: readonly number[], rows: number): readonly Run[] {
  const runs: Run[] = []
  let first = 0
  for (const end of [...without, rows]) {
    if (end > first) runs.push({ first, end })
    first = end + 1
  }
  return runs
}

function joined(parts: readonly Uint8Array[], room: (bytes: number) => Uint8Array): Uint8Array {
  const whole = room(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const part of parts) {
    whole.set(part, end)
    end += part.length
  }
  return whole
}

function ownRoom(bytes: number): Uint8Array {
  return Buffer.allocUnsafe(bytes)
}

function named(text: string): readonly Uint8Array[] {
  const bytes = Buffer.from(text)
  return [lengthBytes(bytes.length), bytes]
}
