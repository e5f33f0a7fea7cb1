import { TRANSACTION_COLUMNS } from '@zuil/core/contracts/transaction-row'
import { CommandError, EXIT } from '../command.ts'
import { OutputFile } from './output-file.ts'
import { ParquetRows } from './parquet-rows.ts'

/** A file that rows of transactions are written to; each a line of JSON with the columns of the table in their order. */
export interface RowFile {
  write(lines: readonly string[]): Promise<void>
  /** The file has its name from here on. */
  finish(): Promise<void>
  /** Takes away what was written. */
  discard(): Promise<void>
}

/** Text that is kept until it is written at once. */
const BUFFER_CHARACTERS = 4_000_000

/** @throws {CommandError} when the name does not say how, or the file cannot be made. */
export async function openRowFile(path: string): Promise<RowFile> {
  if (path.endsWith('.ndjson')) return new TextRows(await OutputFile.open(path), '', (line) => line)
  if (path.endsWith('.csv')) {
    const header = TRANSACTION_COLUMNS.map(({ name }) => name).join()
    return new TextRows(await OutputFile.open(path), `${header}\r\n`, csvLine)
  }
  if (path.endsWith('.parquet')) return new ParquetRows(await OutputFile.open(path))
  throw new CommandError(
    `--to is "${path}": give a file that ends with .ndjson, .csv or .parquet, or warehouse, or api.`,
    EXIT.usage,
  )
}

class TextRows implements RowFile {
  readonly #file: OutputFile
  readonly #textOf: (line: string) => string
  #text: string

  constructor(file: OutputFile, header: string, textOf: (line: string) => string) {
    this.#file = file
    this.#text = header
    this.#textOf = textOf
  }

  async write(lines: readonly string[]): Promise<void> {
    for (const line of lines) this.#text += `${this.#textOf(line)}\n`
    if (this.#text.length >= BUFFER_CHARACTERS) await this.#flush()
  }

  async finish(): Promise<void> {
    await this.#flush()
    await this.#file.finish()
  }

  async discard(): Promise<void> {
    await this.#file.discard()
  }

  async #flush(): Promise<void> {
    const text = this.#text
    this.#text = ''
    await this.#file.write(text)
  }
}

type Cell = number | string | readonly (number | string)[]

/** RFC 4180; lists have spaces between their members. */
function csvLine(line: string): string {
  const row = JSON.parse(line) as Readonly<Record<string, Cell>> // made by transactionRow
  return `${TRANSACTION_COLUMNS.map(({ name }) => csvCell(row[name] ?? '')).join()}\r`
}

function csvCell(cell: Cell): string {
  const text = typeof cell === 'object' ? cell.join(' ') : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
