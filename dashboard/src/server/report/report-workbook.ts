import writeExcelFile, { type Row, type SheetData } from 'write-excel-file/node'
import type { ReportChapter, ReportDocument } from '../../lib/report/report-view.ts'
import type { AnswerValue } from '../formats/answer-table.ts'
import { writtenInThread } from '../formats/file-thread.ts'
import type { Report } from './report-builder.ts'
import type { ReportSheet } from './report-sheet.ts'

/** Excel's own limit. */
const SHEET_NAME_LETTERS_MAX = 31
const FIRST_COLUMN = { width: 34 }
const OTHER_COLUMN = { width: 18 }
const TEXT_COLUMNS = [{ width: 30 }, { width: 100 }]

/** What of a report is written into a workbook. */
export interface WorkbookOrder {
  readonly document: Omit<ReportDocument, 'chapters'> & { readonly chapters: readonly ChapterWords[] }
  readonly sheets: readonly ReportSheet[]
}
type ChapterWords = Omit<ReportChapter, 'figures' | 'tables'>

/** The workbook of a report, written in a thread of its own: thirty sheets take a tenth of a second or more. */
export async function reportWorkbookFile({ document, sheets }: Report): Promise<Buffer> {
  // drawings are not for a workbook, and the largest part of a report
  const chapters = document.chapters.map(({ figures: _, tables: __, ...words }): ChapterWords => words)
  const order: WorkbookOrder = { document: { ...document, chapters }, sheets }
  return await writtenInThread(new URL('report-workbook-worker.ts', import.meta.url), [order])
}

/** A report as a workbook: what it says in words, then one sheet for each table. Values only, no formula. */
export async function reportWorkbook({ document, sheets }: WorkbookOrder): Promise<Buffer> {
  return await writeExcelFile([
    { data: wordsOf(document), sheet: nameOf(document.words.contents), columns: TEXT_COLUMNS },
    ...sheets.map((sheet) => ({
      data: tableOf(sheet),
      sheet: nameOf(sheet.id),
      columns: [FIRST_COLUMN, ...sheet.columns.slice(1).map(() => OTHER_COLUMN)],
    })),
  ]).toBuffer()
}

function wordsOf({ title, periodName, source, foreword, chapters, words }: WorkbookOrder['document']): SheetData {
  return [
    [strong(`${title}, ${periodName}`), text('')],
    [text(''), wrapped(source)],
    ...foreword.map((paragraph, index): Row => [strong(index === 0 ? words.foreword : ''), wrapped(paragraph)]),
    ...chapters.flatMap(({ title: chapter, finding, sentences, keyNumbers, entries, comment }): Row[] => [
      [strong(chapter), wrapped(finding)],
      ...sentences.map((sentence): Row => [text(''), wrapped(sentence)]),
      ...comment.map((paragraph): Row => [text(words.comment), wrapped(paragraph)]),
      ...keyNumbers.map(({ label, value, note }): Row => [text(label), text([value, note].filter(Boolean).join(', '))]),
      ...entries.map(({ term, text: meaning }): Row => [text(term), wrapped(meaning)]),
    ]),
  ]
}

function tableOf({ title, measure, source, columns, rows }: ReportSheet): SheetData {
  return [[strong(title)], [text(measure)], columns.map(strong), ...rows.map((row) => row.map(cellOf)), [text(source)]]
}

function cellOf(value: AnswerValue): Row[number] {
  if (value === undefined) return null
  return typeof value === 'number' ? { value, type: Number } : text(String(value))
}

function strong(value: string): Row[number] {
  return { value, type: String, fontWeight: 'bold' }
}

function text(value: string): Row[number] {
  return { value, type: String }
}

function wrapped(value: string): Row[number] {
  return { value, type: String, wrap: true }
}

/** Ids of figures are unique and have none of the signs that Excel refuses. */
function nameOf(id: string): string {
  return id.slice(0, SHEET_NAME_LETTERS_MAX)
}
