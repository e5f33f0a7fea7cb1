import type { KeyFigure } from './key-figure.ts'
import type { Language } from './language.ts'
import type { TableView } from './table-view.ts'

/**
 * Everything the page "Nu" shows, in one language and ready to print. The server builds it once for all readers of a
 * language; the first page and every live update carry the same shape, so the two cannot differ.
 */
export interface NowView {
  readonly language: Language
  /** Rises with each look at the source; lets a reader's browser drop what it already has. */
  readonly sequence: number
  readonly freshness: FreshnessView
  /** One sentence made of the figures below; empty while there are none. */
  readonly finding: string
  /** The day the totals are of, in words. */
  readonly day: string
  readonly keyFigures: readonly KeyFigure[]
  readonly charts: readonly ChartView[]
}

/**
 * live: complete up to a few seconds ago · behind: loading lags · stale: no progress for a minute or the source does not
 * answer · unavailable: there have been no figures yet.
 */
export const FRESHNESS_STATES = ['live', 'behind', 'stale', 'unavailable'] as const
export type FreshnessState = (typeof FRESHNESS_STATES)[number]

export interface FreshnessView {
  readonly state: FreshnessState
  /** "Bijgewerkt tot 14:03:27". */
  readonly sentence: string
  /** What it means for the reader; may be empty when live. */
  readonly remark: string
  /** ISO instant up to which every accepted check-in is in the figures; empty when unknown. */
  readonly completeUntil: string
}

export const CHART_IDS = ['minutes', 'channels', 'refusals', 'venues'] as const
type ChartId = (typeof CHART_IDS)[number]

export interface ChartView {
  readonly id: ChartId
  /** The finding, one sentence. */
  readonly title: string
  /** What is measured, over which time, in which unit. */
  readonly measure: string
  /** What a reader needs to know about the drawing; may be empty. */
  readonly note: string
  /** What to expect while there are no rows. */
  readonly empty: string
  /** Complete `<svg>` elements of the same rows: for narrow and, where the chart gains by it, for wide places. */
  readonly svg: { readonly narrow: string; readonly wide?: string }
  readonly table: TableView
}
