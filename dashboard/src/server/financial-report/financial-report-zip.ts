import { zipSync } from 'fflate'
import type { AnswerTable } from '../formats/answer-table.ts'
import { xlsxFormat } from '../formats/xlsx-format.ts'

const SHEETS = { figures: 'Verkopen', explanation: 'Toelichting' }

/** A workbook for each table. They are compressed themselves, so the zip only holds them together. */
export async function financialReportZip(tables: readonly AnswerTable[]): Promise<Buffer> {
  const files: Record<string, Uint8Array> = {}
  for (const table of tables) files[`${table.name}.xlsx`] = await xlsxFormat(table, SHEETS)
  return Buffer.from(zipSync(files, { level: 0 }))
}
