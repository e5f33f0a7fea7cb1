import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import { type AnswerColumn, type AnswerTable, dictionaryOf, filled } from './answer-table.ts'

const TYPES = { text: 'STRING', number: 'DOUBLE', 'yes-no': 'BOOLEAN' } as const

/**
 * Parquet, Snappy-compressed, every column required. Statistics are left out: they would say nothing that is not in the rows,
 * and answers are small. The facts and the dictionary are key-value metadata of the file.
 */
export function parquetFormat(table: AnswerTable): Buffer {
  const columnData = table.columns.map(
    (column, index): ColumnSource => ({
      name: column.id,
      type: typeOf(column),
      data: [...filled(table, index)],
      nullable: false,
    }),
  )
  const facts = { ...table.facts, dictionary: JSON.stringify(dictionaryOf(table)) }
  const kvMetadata = Object.entries(facts).map(([key, value]) => ({ key, value }))
  return Buffer.from(parquetWriteBuffer({ columnData, kvMetadata, statistics: false, createdBy: 'zuil' }))
}

function typeOf({ kind }: AnswerColumn): (typeof TYPES)[AnswerColumn['kind']] {
  return TYPES[kind]
}
