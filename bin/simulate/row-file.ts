import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { TRANSACTION_COLUMNS } from '@zuil/core/contracts/transaction-row'
import { CommandError } from '../command.ts'
import { ParquetRows } from './parquet-rows.ts'

/** A file that rows of transactions are written to; each a line of JSON with the columns of the table in their order. */
export interface RowFile {
  write(lines: readonly string[]): Promise<void>
  /** The file has its name from here on; before, it ends with `.unfinished`. */
  finish(): Promise<void>
  /** Takes away what was written. */
  discard(): Promise<void>
}

const UNFINISHED = '.unfinished'
/** Text that is kept until it is written at once. */
const BUFFER_CHARACTERS = 4_000_000

/** @throws {CommandError} when the name does not say how, or the file cannot be made. */
export async function openRowFile(path: string): Promise<RowFile> {
  if (path.endsWith('.ndjson')) return await TextRows.open(path, '', (line) => line)
  if (path.endsWith('.csv'))
    return await TextRows.open(path, `${TRANSACTION_COLUMNS.map(({ name }) => name).join()}\r\n`, csvLine)
  if (path.endsWith('.parquet')) return new ParquetRows(path, path + UNFINISHED)
  throw new CommandError(`${path} must end with .ndjson, .csv or .parquet.`)
}

class TextRows implements RowFile {
  readonly #path: string
  readonly #file: FileHandle
  readonly #textOf: (line: string) => string
  #text: string

  static async open(path: string, header: string, textOf: (line: string) => string): Promise<TextRows> {
    try {
      return new TextRows(path, await open(path + UNFINISHED, 'w'), { header, textOf })
    } catch (error) {
      throw new CommandError(`Cannot write ${path} (${error instanceof Error && 'code' in error ? error.code : error}).`)
    }
  }

  private constructor(path: string, file: FileHandle, format: { header: string; textOf: (line: string) => string }) {
    this.#path = path
    this.#file = file
    this.#text = format.header
    this.#textOf = format.textOf
  }

  async write(lines: readonly string[]): Promise<void> {
    for (const line of lines) this.#text += `${this.#textOf(line)}\n`
    if (this.#text.length >= BUFFER_CHARACTERS) await this.#flush()
  }

  async finish(): Promise<void> {
    await this.#flush()
    await this.#file.close()
    await rename(this.#path + UNFINISHED, this.#path)
  }

  async discard(): Promise<void> {
    await this.#file.close()
    await rm(this.#path + UNFINISHED, { force: true })
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
