import { TRANSACTION_COLUMNS } from '@zuil/core/contracts/transaction-row'
import { type ColumnSource, fileWriter, ParquetWriter } from 'hyparquet-writer'
import type { OutputFile } from './output-file.ts'
import type { RowFile } from './row-file.ts'

type Column = (typeof TRANSACTION_COLUMNS)[number]
type SchemaElement = ParquetWriter['schema'][number]

/** Rows of one group: what readers take in at once, and what is kept in memory until then. */
const GROUP_ROWS = 50_000

/** A Parquet file, Snappy-compressed, with lists as lists and instants as UTC milliseconds. */
export class ParquetRows implements RowFile {
  readonly #file: OutputFile
  readonly #writer: ParquetWriter
  #lines: string[] = []

  constructor(file: OutputFile) {
    this.#file = file
    const schema: SchemaElement[] = [{ name: 'root', num_children: TRANSACTION_COLUMNS.length }]
    for (const column of TRANSACTION_COLUMNS) schema.push(...schemaOf(column))
    this.#writer = new ParquetWriter({ writer: fileWriter(file.unfinished), schema, createdBy: 'zuil' })
  }

  async write(lines: readonly string[]): Promise<void> {
    for (const line of lines) this.#lines.push(line)
    if (this.#lines.length >= GROUP_ROWS) await this.#writeGroup()
  }

  async finish(): Promise<void> {
    await this.#writeGroup()
    await this.#writer.finish()
    await this.#file.finish()
  }

  async discard(): Promise<void> {
    await this.#file.discard()
  }

  async #writeGroup(): Promise<void> {
    if (this.#lines.length === 0) return
    const rows = this.#lines.map((line): Record<string, unknown> => JSON.parse(line))
    this.#lines = []
    const columnData = TRANSACTION_COLUMNS.map(
      (column): ColumnSource => ({ name: column.name, data: rows.map((row) => parquetValue(column, row[column.name])) }),
    )
    await this.#writer.write({ columnData, rowGroupSize: GROUP_ROWS })
  }
}

function schemaOf({ name, type }: Column): SchemaElement[] {
  if (!type.startsWith('Array(')) return [{ name, repetition_type: 'REQUIRED', ...elementOf(type) }]
  const element = type.slice('Array('.length, -1)
  return [
    { name, repetition_type: 'REQUIRED', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...elementOf(element) },
  ]
}

function elementOf(type: string): Pick<SchemaElement, 'type' | 'converted_type'> {
  if (type.startsWith('DateTime64')) return { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }
  if (type === 'Date') return { type: 'INT32', converted_type: 'DATE' }
  if (type === 'UInt32') return { type: 'INT64' }
  if (/^U?Int(8|16|32)$/.test(type)) return { type: 'INT32' }
  return { type: 'BYTE_ARRAY', converted_type: 'UTF8' }
}

function parquetValue({ type }: Column, value: unknown): unknown {
  if (type.startsWith('DateTime64')) return new Date(`${String(value).replace(' ', 'T')}Z`)
  if (type === 'Date') return new Date(`${String(value)}T00:00:00Z`)
  if (type === 'UInt32') return BigInt(Number(value))
  if (type === 'Array(UInt32)') return (value as readonly number[]).map(BigInt) // a list of numbers in the row
  return value
}
