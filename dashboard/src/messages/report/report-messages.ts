import type { ReportChapterId, ReportWords } from '../../lib/report/report-view.ts'

/** Words of the page that a report is made on. */
export interface ReportPageWords {
  readonly title: string
  readonly description: string
  readonly chapters: string
  readonly choose: string
  readonly show: string
  readonly write: string
  readonly writeAdvice: string
  readonly keep: string
  readonly kept: string
  readonly download: string
  readonly print: string
}

/** A chapter of what people keep beside the release. */
interface KeptWords<Column extends string> {
  readonly none: string
  readonly intro: string
  readonly caption: string
  readonly columns: Readonly<Record<Column, string>>
}

/** Every word of a yearly report that its figures do not bring along. */
export interface ReportMessages {
  readonly words: ReportWords
  readonly page: ReportPageWords
  readonly title: (facts: { place: string; isYear: boolean }) => string
  readonly source: (facts: { release: number; published: string; threshold: number }) => string
  readonly provisional: string
  readonly chapters: Readonly<Record<ReportChapterId, string>>
  readonly empty: string
  /** Where this machine lacks the program that sets PDFs. */
  readonly noPdf: (facts: { machine: string; package: string }) => string
  readonly organizersApart: string
  readonly change: { readonly none: string; readonly intro: string }
  readonly agreements: KeptWords<'number' | 'value' | 'beside' | 'target' | 'year' | 'standing'>
  readonly annotations: KeptWords<'when' | 'place' | 'kind' | 'text'> & {
    readonly days: (facts: { first: string; last: string }) => string
    readonly left: (facts: { shown: number; of: number }) => string
  }
  readonly coverage: readonly string[]
  readonly withheld: {
    readonly rules: (threshold: number) => readonly string[]
    readonly nothing: string
    readonly figure: (facts: { count: number; of: number }) => string
    readonly total: (facts: { count: number; of: number }) => string
  }
  readonly counts: string
  readonly unseen: string
}
