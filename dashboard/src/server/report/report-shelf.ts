import type { Language } from '../../lib/language.ts'
import type { ReportNotes } from '../../lib/report/report-view.ts'

/** Which report something was written for. */
export interface ReportKey {
  readonly place: string
  readonly period: string
  readonly language: Language
}

/** Where forewords and comments are kept. */
export interface ReportShelf {
  /** What was written last; nothing where nobody wrote. */
  readonly notes: (key: ReportKey) => Promise<ReportNotes>
  /** Durable when it resolves. @param by account of who wrote */
  readonly keep: (key: ReportKey, notes: ReportNotes, by: string) => Promise<void>
}
