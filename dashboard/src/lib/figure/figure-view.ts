import type { KeyFigure } from '../key-figure.ts'
import type { Language } from '../language.ts'
import type { Link } from '../link.ts'
import type { KeepingWords } from '../notebook-view.ts'
import type { TableView } from '../table-view.ts'

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
  readonly keyNumbers: readonly KeyFigure[]
  /** The first is the main one. */
  readonly figures: readonly FigureView[]
  /** Why there is nothing, and what to change; empty when there is something. */
  readonly notice: string
  readonly words: FigureWords
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
  /** Needs the whole width of a page: it has many columns. */
  readonly isBroad: boolean
  /** What happened in the place in that time, as people wrote it down; the letter stands in a drawing over time. */
  readonly annotations: readonly { readonly letter: string; readonly text: string }[]
  /** Complete `<svg>` elements; absent where a drawing would say nothing. */
  readonly drawing?: { readonly narrow: string; readonly wide: string }
  readonly table: TableView
  /** Source, base, release, as they stand under the figure. */
  readonly source: string
  /** Who is counted and what is not seen, for those who open it. */
  readonly explained: readonly { readonly label: string; readonly text: string }[]
  readonly definition: Link
  /** The same figures as files; the format is what a link is called. */
  readonly files: readonly Link[]
  /** The one period of which the files are, where the figure shows others beside it; empty where they have all that it shows. */
  readonly filesPeriod: string
  /** The drawing as a file of its own, which a PNG is made of in the browser; empty without a drawing. */
  readonly picture: string
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
  readonly annotations: string
  readonly keeping: KeepingWords
  readonly details: string
}
