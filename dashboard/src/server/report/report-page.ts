import type { Language } from '../../lib/language.ts'
import { REPORT_CHAPTERS, type ReportChapterId, type ReportDocument, type ReportNotes } from '../../lib/report/report-view.ts'
import { reportMessagesOf } from '../../messages/report/report-languages.ts'
import type { ReportPageWords } from '../../messages/report/report-messages.ts'
import type { Principal } from '../scope/principal.ts'
import { chaptersOf } from './report-builder.ts'
import { REPORT_FORMATS, type ReportDesk } from './report-desk.ts'
import { mayWriteReport } from './report-form.ts'

/** Which report a page shows, and who reads it. */
export interface ReportPageRequested {
  readonly principal: Pick<Principal, 'scope' | 'roles'>
  readonly place: string
  readonly period: string
  readonly language: Language
  readonly chapters: readonly ReportChapterId[] | undefined
}

/** The page of a report: the report itself, and the forms around it. */
export interface ReportPageView {
  readonly language: Language
  readonly words: ReportPageWords
  /** Absent where nothing is published. */
  readonly report?: ReportDocument
  readonly place: string
  readonly period: string
  /** All that the place has, and which of them are shown. */
  readonly chapters: readonly { readonly id: ReportChapterId; readonly name: string; readonly isShown: boolean }[]
  readonly files: readonly { readonly label: string; readonly href: string }[]
  /** Why there is no PDF, and what to do; empty where there is one. */
  readonly noPdf: string
  /** What was written so far; absent for who does not write. */
  readonly notes?: ReportNotes
  readonly letters: { readonly foreword: string }
  readonly empty: string
}

type PageReports = Pick<ReportDesk, 'report' | 'notes' | 'missingCompiler'>

export async function reportPage(requested: ReportPageRequested, reports: PageReports): Promise<ReportPageView> {
  const { principal, place, period, language, chapters } = requested
  const words = reportMessagesOf(language)
  const key = { place, period, language }
  const report = await reports.report({ ...key, scope: principal.scope, ...(chapters && { chapters }) })
  const query = new URLSearchParams({ language, ...(chapters && { chapters: chapters.join() }) })
  const missing = reports.missingCompiler()
  const formats = Object.keys(REPORT_FORMATS).filter((format) => format !== 'pdf' || !missing)
  const mayWrite = report !== undefined && mayWriteReport(place, principal.roles)
  return {
    language,
    words: words.page,
    place,
    period,
    ...(report && { report: report.document }),
    chapters: chaptersOf({ place }).map((id) => ({
      id,
      name: words.chapters[id],
      isShown: chapters?.includes(id) ?? true,
    })),
    files: report
      ? formats.map((format) => ({
          label: format.toUpperCase(),
          href: `/api/v1/reports/${encodeURIComponent(place)}/${period}?${query}&format=${format}`,
        }))
      : [],
    noPdf: report && missing ? words.noPdf(missing) : '',
    ...(mayWrite && { notes: await reports.notes(key) }),
    letters: { foreword: words.words.foreword },
    empty: words.empty,
  }
}

/** The chapters that an address names, each by a parameter of its own as a form sends it. */
export function chaptersOfAddress(parameters: Pick<URLSearchParams, 'getAll'>): readonly ReportChapterId[] | undefined {
  const chosen = REPORT_CHAPTERS.filter((chapter) => parameters.getAll('hoofdstuk').includes(chapter))
  return chosen.length > 0 ? chosen : undefined
}
