import type { AnswerTable, AnswerValue } from './answer-table.ts'

/** How a program reads CSV: by the standard, or as Excel does on a Dutch or French machine. */
export interface CsvVariant {
  readonly separator: ',' | ';'
  readonly decimal: '.' | ','
  readonly byteOrderMark: boolean
  readonly yesNo: readonly [yes: string, no: string]
  /** `6-11` and `2026-11` get a longer dash, or Excel takes them for days. */
  readonly longDash: boolean
}

/** RFC 4180 in UTF-8. */
export const MACHINE_CSV: CsvVariant = {
  separator: ',',
  decimal: '.',
  byteOrderMark: false,
  yesNo: ['true', 'false'],
  longDash: false,
}
/** Opens with a double click in an Excel whose decimals have commas; the mark at the beginning tells it that this is UTF-8. */
export const EXCEL_CSV: CsvVariant = { separator: ';', decimal: ',', byteOrderMark: true, yesNo: ['ja', 'nee'], longDash: true }

const BYTE_ORDER_MARK = '\ufeff'
/** A spreadsheet takes a text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/
/** An age band, a range of hours, a month, a season. */
const RANGE = /^\d+-\d+$/
const QUOTED = /["\r\n,;]/

/** One line for the names of the columns, one for each row; a number that is not shown is an empty place. */
export function csvFormat({ columns, rows }: AnswerTable, variant: CsvVariant): Buffer {
  const lines = [columns.map(({ id }) => id), ...rows].map((row) =>
    row.map((value) => fieldOf(value, variant)).join(variant.separator),
  )
  return Buffer.from(`${variant.byteOrderMark ? BYTE_ORDER_MARK : ''}${lines.join('\r\n')}\r\n`)
}

function fieldOf(value: AnswerValue, { decimal, yesNo, longDash }: CsvVariant): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value).replace('.', decimal)
  if (typeof value === 'boolean') return yesNo[value ? 0 : 1]
  if (longDash && RANGE.test(value)) return value.replace('-', '–')
  return quoted(FORMULA.test(value) ? `'${value}` : value)
}

function quoted(text: string): string {
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
