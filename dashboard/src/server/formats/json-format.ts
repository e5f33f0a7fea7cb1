import { type AnswerTable, dictionaryOf } from './answer-table.ts'

/** Facts, dictionary and rows as objects; a number that is not shown is null. */
export function jsonFormat(table: AnswerTable): Buffer {
  const rows = table.rows.map((row) => Object.fromEntries(table.columns.map(({ id }, index) => [id, row[index] ?? null])))
  return Buffer.from(JSON.stringify({ ...table.facts, dictionary: dictionaryOf(table), rows }))
}
