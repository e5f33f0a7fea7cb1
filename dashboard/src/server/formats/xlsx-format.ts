import writeExcelFile, { type Row, type SheetData } from 'write-excel-file/node'
import type { AnswerTable, AnswerValue } from './answer-table.ts'

/** Excel takes no longer text in one cell. */
const CELL_CHARACTERS_MAX = 32_767
const COLUMN_WIDTH_MIN = 10
const COLUMN_WIDTH_MAX = 48
/** Rows that are looked at to find the width of a column. */
const MEASURED_ROWS = 200

/** Names of the two sheets, in the language of the answer. */
export interface SheetNames {
  readonly figures: string
  readonly explanation: string
}

/**
 * A workbook of two sheets that are both visible: the rows, and what they mean (release, definition, columns). Values only: no
 * formula, and so no result of one that is kept behind it. A number that is not shown is an empty cell.
 */
export async function xlsxFormat(table: AnswerTable, names: SheetNames): Promise<Buffer> {
  return await writeExcelFile([
    {
      data: [table.columns.map(({ id }) => heading(id)), ...table.rows.map((row) => row.map(cellOf))],
      sheet: names.figures,
      columns: table.columns.map((_column, index) => ({ width: widthOf(table, index) })),
      stickyRowsCount: 1,
    },
    {
      data: explanation(table),
      sheet: names.explanation,
      columns: [{ width: 28 }, { width: 100 }],
    },
  ]).toBuffer()
}

function explanation({ facts, columns }: AnswerTable): SheetData {
  const rows = [...Object.entries(facts), ...columns.map(({ id, description }) => [id, description] as const)]
  return rows.map(([name, text]): Row => [heading(name), { value: text.slice(0, CELL_CHARACTERS_MAX), type: String, wrap: true }])
}

function heading(text: string): Row[number] {
  return { value: text, type: String, fontWeight: 'bold' }
}

/** A text stays a text, also where it looks like a formula: Excel reads it from the table of texts. */
function cellOf(value: AnswerValue): Row[number] {
  if (value === undefined) return null
  if (typeof value === 'number') return { value, type: Number }
  if (typeof value === 'boolean') return { value, type: Boolean }
  return { value: value.slice(0, CELL_CHARACTERS_MAX), type: String }
}

function widthOf({ columns, rows }: AnswerTable, index: number): number {
  const lengths = rows.slice(0, MEASURED_ROWS).map((row) => String(row[index] ?? '').length)
  const longest = Math.max(columns[index]?.id.length ?? 0, ...lengths)
  return Math.min(COLUMN_WIDTH_MAX, Math.max(COLUMN_WIDTH_MIN, longest + 2))
}
