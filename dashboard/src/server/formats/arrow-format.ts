import {
  Bool,
  Dictionary,
  Field,
  Float64,
  Int32,
  RecordBatch,
  Schema,
  Table,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow'
import { type AnswerColumn, type AnswerTable, dictionaryOf, filled } from './answer-table.ts'

/**
 * Arrow IPC stream, uncompressed (an answer is compressed on its way, if at all). No column is nullable. A text column is a
 * dictionary of the texts in its rows and of no others. The facts and the dictionary stand in the metadata of the schema.
 */
export function arrowFormat(table: AnswerTable): Buffer {
  const named = table.columns.map((column, index) => [column.id, vectorOf(column, filled(table, index))] as const)
  const metadata = new Map([...Object.entries(table.facts), ['dictionary', JSON.stringify(dictionaryOf(table))]])
  const fields = named.map(([name, { type }]) => Field.new({ name, type, nullable: false }))
  const schema = new Schema(fields, metadata)
  const batches = new Table(Object.fromEntries(named)).batches.map(({ data }) => new RecordBatch(schema, data))
  return Buffer.from(tableToIPC(new Table(schema, batches), 'stream'))
}

function vectorOf({ kind }: AnswerColumn, values: readonly unknown[]): Vector {
  switch (kind) {
    case 'text':
      return vectorFromArray(values, new Dictionary(new Utf8(), new Int32()))
    case 'number':
      return vectorFromArray(values, new Float64())
    case 'yes-no':
      return vectorFromArray(values, new Bool())
  }
}
