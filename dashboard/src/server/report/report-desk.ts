import { isLanguage, type Language } from '../../lib/language.ts'
import {
  isReportChapter,
  NO_NOTES,
  NOTE_LETTERS_MAX,
  REPORT_CHAPTERS,
  type ReportChapterId,
  type ReportNotes,
} from '../../lib/report/report-view.ts'
import type { PageSources } from '../figures/page-builder.ts'
import type { MissingCompiler } from '../paper/compiler-missing.ts'
import type { PaperPress } from '../paper/paper-press.ts'
import type { Scope } from '../scope/scope.ts'
import { buildReport, type Report } from './report-builder.ts'
import { reportPaper } from './report-paper.ts'
import type { ReportKey, ReportShelf } from './report-shelf.ts'
import { reportWorkbookFile } from './report-workbook.ts'

export const REPORT_FORMATS = {
  pdf: { mediaType: 'application/pdf', ending: 'pdf' },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: 'xlsx' },
} as const
export type ReportFormat = keyof typeof REPORT_FORMATS

export function isReportFormat(text: string): text is ReportFormat {
  return Object.hasOwn(REPORT_FORMATS, text)
}

/** Which report; the scope is that of who reads it. */
export interface ReportOrder extends ReportKey {
  readonly scope: Scope
  readonly chapters?: readonly ReportChapterId[]
  /** Told after each chapter that was read, of how many. */
  readonly onChapter?: (read: number, of: number) => void
}

export interface ReportFile {
  readonly bytes: Buffer
  readonly fileName: string
  readonly mediaType: string
}

export interface ReportDeskOptions {
  readonly sources: PageSources
  readonly shelf: ReportShelf
  readonly press: PaperPress
}

/** Makes reports, as a page and as files, with what people wrote for them. */
export class ReportDesk {
  readonly #options: ReportDeskOptions

  constructor(options: ReportDeskOptions) {
    this.#options = options
  }

  /** What this machine lacks for a PDF. */
  missingCompiler(): MissingCompiler | undefined {
    return this.#options.press.missing()
  }

  notes(key: ReportKey): Promise<ReportNotes> {
    return this.#options.shelf.notes(keyOf(key))
  }

  keep(key: ReportKey, notes: ReportNotes, by: string): Promise<void> {
    return this.#options.shelf.keep(keyOf(key), notes, by)
  }

  /** Undefined where nothing is published of the place and period. */
  async report(order: ReportOrder): Promise<Report | undefined> {
    // before anything is read, also of what was written
    if (!order.scope.mayRead(order.place)) return undefined
    return await buildReport({ ...order, notes: await this.notes(order) }, this.#options.sources)
  }

  /** @throws {PaperError} */
  async file(order: ReportOrder, format: ReportFormat): Promise<ReportFile | undefined> {
    const report = await this.report(order)
    if (!report) return undefined
    const { mediaType, ending } = REPORT_FORMATS[format]
    const bytes =
      format === 'pdf' ? await this.#options.press.press(reportPaper(report.document)) : await reportWorkbookFile(report)
    return { bytes, mediaType, fileName: `${nameOf(order)}.${ending}` }
  }
}

/** What names a report, and no more of an order. */
function keyOf({ place, period, language }: ReportKey): ReportKey {
  return { place, period, language }
}

/** Words of a comma list that are chapters; undefined where there is none, which means all of them. */
export function chaptersIn(text: string | undefined): readonly ReportChapterId[] | undefined {
  const chosen = (text ?? '').split(',').filter(isReportChapter)
  return chosen.length > 0 ? chosen : undefined
}

/** What a form says, within the bounds. */
export function notesIn(fields: Pick<URLSearchParams, 'get'>): ReportNotes {
  const text = (name: string) => (fields.get(name) ?? '').trim().slice(0, NOTE_LETTERS_MAX)
  const comments = REPORT_CHAPTERS.flatMap((chapter): [ReportChapterId, string][] => {
    const comment = text(chapter)
    return comment === '' ? [] : [[chapter, comment]]
  })
  return { ...NO_NOTES, foreword: text('foreword'), comments: Object.fromEntries(comments) }
}

export function languageIn(text: string | undefined): Language {
  return isLanguage(text) ? text : 'nl'
}

/** `verslag-region-14-2025-nl` */
function nameOf({ place, period, language }: ReportKey): string {
  return `verslag-${`${place}-${period}-${language}`.replaceAll(/[^\w-]+/g, '-')}`
}
