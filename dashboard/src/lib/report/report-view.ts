import type { FigureView } from '../figure/figure-view.ts'
import type { KeyFigure } from '../key-figure.ts'
import type { Language } from '../language.ts'
import type { TableView } from '../table-view.ts'

/** Chapters of a yearly report, in their order. */
export const REPORT_CHAPTERS = [
  'summary',
  'reach',
  'gap',
  'frequency',
  'flows',
  'points',
  'welcome',
  'costs',
  'municipalities',
  'organizers',
  'public',
  'change',
  'agreements',
  'annotations',
  'coverage',
  'withheld',
] as const
export type ReportChapterId = (typeof REPORT_CHAPTERS)[number]

export function isReportChapter(text: string): text is ReportChapterId {
  return REPORT_CHAPTERS.some((chapter) => chapter === text)
}

/** What people wrote for a report: empty texts are not there. */
export interface ReportNotes {
  readonly foreword: string
  readonly comments: Readonly<Partial<Record<ReportChapterId, string>>>
}

export const NO_NOTES: ReportNotes = { foreword: '', comments: {} }

/** Letters of a foreword or of a comment: two printed pages. */
export const NOTE_LETTERS_MAX = 6_000

/** A term with what it means. */
export interface ReportEntry {
  readonly term: string
  readonly text: string
}

/** A table of what people keep, which no figure has. */
export interface ReportTable extends TableView {
  /** Unique in a report. */
  readonly id: string
}

export interface ReportChapter {
  readonly id: ReportChapterId
  readonly title: string
  /** What the chapter says in one sentence; empty where nothing may be said. */
  readonly finding: string
  /** Sentences for who reads no figures. */
  readonly sentences: readonly string[]
  readonly keyNumbers: readonly KeyFigure[]
  readonly figures: readonly FigureView[]
  readonly tables: readonly ReportTable[]
  readonly entries: readonly ReportEntry[]
  /** Paragraphs that somebody wrote. */
  readonly comment: readonly string[]
}

/**
 * A yearly report, ready for print: page, PDF and workbook are made of this object. It holds published figures of one place only, and
 * what people wrote.
 */
export interface ReportDocument {
  readonly language: Language
  /** `region:14` */
  readonly place: string
  readonly placeName: string
  /** `2025` */
  readonly period: string
  readonly periodName: string
  readonly title: string
  /** Which release, of when. */
  readonly source: string
  /** Epoch ms of the release; all that is made of the report carries this time. */
  readonly publishedAt: number
  /** Paragraphs. */
  readonly foreword: readonly string[]
  readonly chapters: readonly ReportChapter[]
  readonly words: ReportWords
}

/** Words around a report, in its language. */
export interface ReportWords {
  readonly contents: string
  readonly foreword: string
  readonly comment: string
  readonly page: string
  readonly table: string
  readonly colophon: string
}
