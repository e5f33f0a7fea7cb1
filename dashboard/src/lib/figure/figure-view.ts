import type { Language } from '../language.ts'

/** Pages whose figures come from releases. */
export const FIGURE_PAGES = ['reach', 'participation', 'loyalty', 'where', 'points', 'costs', 'organizers', 'region'] as const
export type FigurePageId = (typeof FIGURE_PAGES)[number]

/**
 * A page of published figures in one language, ready to print. The order is that of the page: one sentence, key numbers, the main
 * figure, the others. Nothing in it is of a place that its reader may not read.
 */
export interface FigurePageView {
  readonly page: FigurePageId
  readonly language: Language
  readonly title: string
  readonly description: string
  /** One sentence made of the first key number. */
  readonly finding: string
  readonly keyNumbers: readonly KeyNumberView[]
  /** The first is the main one. */
  readonly figures: readonly FigureView[]
  /** Why there is nothing, and what to change; empty when there is something. */
  readonly notice: string
  readonly words: FigureWords
}

export interface KeyNumberView {
  readonly id: string
  readonly label: string
  /** With its unit: `23,4%`. */
  readonly value: string
  readonly isWithheld: boolean
  /** In words, beside what the page compares with; empty where there is nothing to compare with. */
  readonly comparison: string
  readonly definition: Link
}

/** One figure: title, drawing, table, files and file names are all made of the same cells. */
export interface FigureView {
  /** Anchor on the page. */
  readonly id: string
  /** The finding, one sentence. */
  readonly title: string
  /** What is measured: measure, unit, place, period. */
  readonly measure: string
  /** What to know before reading it; each is one sentence. */
  readonly notes: readonly string[]
  /** Complete `<svg>` elements; absent where a drawing would say nothing. */
  readonly drawing?: { readonly narrow: string; readonly wide: string }
  readonly table: FigureTable
  /** Source, base, release, as they stand under the figure. */
  readonly source: string
  /** Who is counted and what is not seen, for those who open it. */
  readonly explained: readonly { readonly label: string; readonly text: string }[]
  readonly definition: Link
  /** The same figures as files; the format is what a link is called. */
  readonly files: readonly Link[]
  /** The drawing as a file of its own, which a PNG is made of in the browser; empty without a drawing. */
  readonly picture: string
}

export interface FigureTable {
  readonly caption: string
  /** The first is that of the rows' names. */
  readonly columns: readonly { readonly label: string; readonly isNumeric: boolean }[]
  readonly rows: readonly {
    readonly key: string
    readonly label: string
    readonly cells: readonly { readonly text: string; readonly isWithheld: boolean }[]
  }[]
}

export interface Link {
  readonly label: string
  readonly href: string
}

/** Words around every figure. They come with the page, so that no browser loads those of other languages. */
export interface FigureWords {
  readonly keyNumbers: string
  readonly table: string
  readonly explained: string
  readonly definition: string
  readonly files: string
  readonly picture: string
  readonly share: string
  readonly shared: string
  readonly details: string
}
