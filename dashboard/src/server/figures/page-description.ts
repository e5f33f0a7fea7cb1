import type { DimensionId, MeasureId, PlaceKind } from '@zuil/warehouse'

/**
 * What runs along the rows or columns of a figure: a dimension, the figures of the measure, the places below the chosen one, the
 * periods up to the chosen one, the quarters in which people took part for the first time, or what stands beside each other before and
 * after a change (../change).
 */
export type Axis = DimensionId | 'figure' | 'place' | 'period' | 'cohort' | 'series'

/** How a figure is drawn; each has a specification in drawings/. */
export const CHARTS = ['bars', 'dots', 'stack', 'line', 'heat', 'map', 'strip'] as const
export type Chart = (typeof CHARTS)[number]

/** What its title says of it. */
export const FINDINGS = ['extremes', 'most', 'trend', 'apart', 'largest', 'after', 'middle'] as const
export type Finding = (typeof FINDINGS)[number]

/** A figure of a page: which cells, along which axes, drawn how. All the rest follows from the measure. */
export interface FigureDescription {
  /** Anchor on its page, and the key of its subject in the messages. */
  readonly id: string
  readonly measure: MeasureId
  /** Figures of the measure; the first is the one that titles and order go by. */
  readonly figures: readonly string[]
  readonly rows: Axis
  readonly columns?: Axis
  /** Of some dimensions only these members. */
  readonly members?: Readonly<Partial<Record<DimensionId, readonly string[]>>>
  readonly chart: Chart
  readonly finding: Finding
  /** Kinds of places that have it; without it those of the measure. */
  readonly places?: readonly PlaceKind[]
}

/** A number at the top of a page. */
export interface KeyNumberDescription {
  readonly id: string
  readonly measure: MeasureId
  readonly figure: string
  /** Cell of the measure that it is; none: the total. */
  readonly at?: Readonly<Partial<Record<DimensionId, string>>>
  /** It is about the organizers of the chosen place together, for who reads them. */
  readonly of?: 'organizers'
}

export interface PageDescription {
  /** Three to five; the first is the page's sentence. */
  readonly keyNumbers: readonly KeyNumberDescription[]
  /** The first one that the chosen place has is the main one. */
  readonly figures: readonly FigureDescription[]
}
