import { type Cell, type Column, formatDateTime, quoteText, quoteTexts } from './clickhouse-json.ts'

/**
 * Takes the cells of a row one by one, in the order of its columns. {@link LineWriter} makes a text of them; whoever writes tens of
 * thousands of rows a second puts them down as bytes at once.
 */
export interface RowWriter {
  number(value: number): void
  text(value: string): void
  /** A text that many rows share. */
  term(value: string): void
  numbers(values: readonly number[]): void
  texts(values: readonly string[]): void
  /** Epoch ms, for a `DateTime64(3, 'UTC')`. */
  instant(ms: number): void
  /** Its characters; they may be others after the call. */
  id(characters: Uint8Array): void
}

export function writeCells(writer: RowWriter, cells: readonly Cell[]): void {
  for (const cell of cells) {
    if (typeof cell === 'number') writer.number(cell)
    else if (typeof cell === 'string') writer.text(cell)
    else if (areTexts(cell)) writer.texts(cell)
    else writer.numbers(cell)
  }
}

/** A list is of one type. */
function areTexts(values: readonly number[] | readonly string[]): values is readonly string[] {
  return typeof values[0] === 'string'
}

/** The row as one line of JSON, without line end. */
export class LineWriter implements RowWriter {
  readonly #columns: readonly Column[]
  #column = 0
  #line = ''

  constructor(columns: readonly Column[]) {
    this.#columns = columns
  }

  /** Once all cells are there. */
  get line(): string {
    return `${this.#line}}`
  }

  number(value: number): void {
    this.#add(String(value))
  }

  text(value: string): void {
    this.#add(quoteText(value))
  }

  term(value: string): void {
    this.text(value)
  }

  numbers(values: readonly number[]): void {
    this.#add(`[${values.join()}]`)
  }

  texts(values: readonly string[]): void {
    this.#add(quoteTexts(values))
  }

  instant(ms: number): void {
    this.#add(`"${formatDateTime(ms)}"`)
  }

  id(characters: Uint8Array): void {
    this.#add(`"${String.fromCharCode(...characters)}"`)
  }

  #add(cell: string): void {
    const lead = this.#column === 0 ? '{' : ','
    this.#line += `${lead}"${this.#columns[this.#column]?.name}":${cell}`
    this.#column += 1
  }
}
