import { join } from 'node:path/posix'
import { municipalityStatements, type SettlementDocument } from '@zuil/core'
import { zipSync } from 'fflate'
import type { Language } from '../../lib/language.ts'
import { answerWordsOf } from '../data-api/answer-words.ts'
import type { AnswerTable } from '../formats/answer-table.ts'
import { xlsxFormat } from '../formats/xlsx-format.ts'
import type { PaperPress } from '../paper/paper-press.ts'
import { settlementPaper } from './settlement-paper.ts'
import type { SettlementPart } from './settlement-sheets.ts'
import { settlementTables } from './settlement-tables.ts'

/** One of the papers of a settlement: of the region, a municipality or an organizer. */
export interface SettlementPaperOf {
  /** Name of its file, with its folder and without its ending. */
  readonly path: string
  readonly part: SettlementPart
  /** What it says, as tables; of the region several. */
  readonly tables: () => readonly AnswerTable[]
}

/** Every paper that a settlement has: the region first, then municipalities, then organizers. */
export function settlementPapers(document: SettlementDocument, language: Language): readonly SettlementPaperOf[] {
  const tables = settlementTables(document, language)
  const paperOf = (folder: string, part: SettlementPart, table: () => AnswerTable): SettlementPaperOf => ({
    path: join(folder, table().name),
    part,
    tables: () => [table()],
  })
  const organizers = [...new Set(document.lines.map(({ organizer }) => organizer))]
  return [
    {
      path: tables.overview().name,
      part: { region: true },
      tables: () => [tables.overview(), tables.transfers(), tables.findings()],
    },
    ...municipalityStatements(document).map(({ nis }) =>
      paperOf('municipalities', { municipality: nis }, () => tables.municipality(nis)),
    ),
    ...organizers.map((organizer) => paperOf('organizers', { organizer }, () => tables.organizer(organizer))),
  ]
}

export interface BundleOptions {
  readonly language: Language
  readonly format: 'pdf' | 'xlsx'
  readonly press: Pick<PaperPress, 'pressAll'>
  /** Papers that are in it, of how many. */
  readonly tell: (done: number, of: number) => void
}

/** All papers of a settlement in one zip, the same bytes for the same closing. @throws {PaperError} */
export async function settlementBundle(document: SettlementDocument, options: BundleOptions): Promise<Buffer> {
  const papers = settlementPapers(document, options.language)
  const files = options.format === 'pdf' ? await pdfsOf(document, papers, options) : await workbooksOf(papers, options)
  const mtime = document.closing?.closedAt ?? Date.parse(`${document.lastDay}T00:00:00Z`)
  // they are compressed themselves
  return Buffer.from(zipSync(files, { level: 0, mtime }))
}

type Files = Record<string, Uint8Array>

async function pdfsOf(
  document: SettlementDocument,
  papers: readonly SettlementPaperOf[],
  { language, press, tell }: BundleOptions,
): Promise<Files> {
  const files: Files = {}
  const set = press.pressAll(
    papers.map(
      ({ part }) =>
        () =>
          settlementPaper(document, part, language),
    ),
  )
  for (const { path } of papers) {
    const { value } = await set.next()
    if (value) files[`${path}.pdf`] = value
    tell(Object.keys(files).length, papers.length)
  }
  return files
}

async function workbooksOf(papers: readonly SettlementPaperOf[], { language, tell }: BundleOptions): Promise<Files> {
  const files: Files = {}
  for (const [index, { path, tables }] of papers.entries()) {
    const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : ''
    for (const table of tables())
      files[join(folder, `${table.name}.xlsx`)] = await xlsxFormat(table, answerWordsOf(language).sheets)
    tell(index + 1, papers.length)
  }
  return files
}
