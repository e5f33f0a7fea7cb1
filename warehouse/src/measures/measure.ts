import type { ReportingPeriodKind } from '@zuil/core'
import type { Texts } from '../texts.ts'
import type { Source } from './source.ts'

/** Whose question it is: a local government, a region, an organizer, or publiq, which runs the programme. */
export const PERSPECTIVES = ['MUNICIPALITY', 'REGION', 'ORGANIZER', 'OPERATOR'] as const
export type Perspective = (typeof PERSPECTIVES)[number]

export const PLACE_KINDS = ['ALL', 'REGION', 'MUNICIPALITY', 'ORGANIZER'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

/** `all`, `region:<card system>`, `municipality:<nis>` or `organizer:<id>`. */
export type PlaceText = 'all' | `region:${string}` | `municipality:${string}` | `organizer:${string}`

/** What a figure is counted in. Money in the cells is in cents; EURO figures are in euro. */
export const UNITS = [
  'COUNT',
  'PERCENT',
  'PERCENTAGE_POINTS',
  'RATIO',
  'MEAN',
  'MEDIAN',
  'INDEX',
  'EURO',
  'POINTS',
  'PER_1000',
  'PER_HOUR',
  'PER_MINUTE',
  'MINUTES',
] as const
export type Unit = (typeof UNITS)[number]

/**
 * Who may see it and how:
 * - PEOPLE: in a release; threshold, keyed rounding, rates from published counts only;
 * - ORGANIZERS: as PEOPLE, and counts organizers: at least three of them, none with more than half;
 * - BENCHMARK: quartiles of published values of at least five peers;
 * - SETTLEMENT: exact money for those who settle it, by a door of its own;
 * - OPERATIONS: exact, nothing about persons, outside of the releases.
 */
export const DISCLOSURES = ['PEOPLE', 'ORGANIZERS', 'BENCHMARK', 'SETTLEMENT', 'OPERATIONS'] as const
export type Disclosure = (typeof DISCLOSURES)[number]

/** For some dimensions the member, e.g. `{ tariff: 'KT' }`. */
export type Members = Readonly<Record<string, string>>

/** Cells of a cube: those with the given members, crossed with what is asked. */
export interface CellPart {
  readonly cube: string
  /** `people`, or a column of the cube. */
  readonly column: string
  readonly where?: Readonly<Record<string, readonly string[]>>
  /** Dimensions of the question that are added up here: the whole of which a share is taken. */
  readonly over?: readonly string[]
  /** Read of all places instead of the one that is asked. */
  readonly everywhere?: true
  /** A dimension whose member says how many periods earlier to look: the beginning of a cohort. */
  readonly periodsBack?: string
}

/** A count that others publish, with source and year in its table. */
export interface ReferencePart {
  readonly reference: 'inhabitants' | 'increased-reimbursement'
  /** Dimensions of the question that the reference does not know. */
  readonly over?: readonly string[]
}

export type Part = CellPart | ReferencePart

/** Part of a whole; the part is contained in the whole. */
export interface Share {
  readonly part: Part
  readonly whole: Part
}

interface FigureBase {
  /** Unique within the measure. */
  readonly id: string
  readonly names: Texts
  readonly unit: Unit
  /** Crossings for which there is such a figure; without it those of the measure. */
  readonly dimensions?: readonly (readonly string[])[]
}

export type Figure = FigureBase &
  (
    | { readonly kind: 'COUNT'; readonly of: Part; readonly scale?: number }
    | { readonly kind: 'SHARE'; readonly share: Share }
    /** Something per something else, times `scale`. */
    | { readonly kind: 'MEAN'; readonly of: Part; readonly per: Part; readonly scale?: number }
    /** The share of a group beside that of everybody: 100 is the same. */
    | { readonly kind: 'INDEX'; readonly share: Share; readonly standard: Share }
    /** Share minus share, in percentage points. */
    | { readonly kind: 'GAP'; readonly share: Share; readonly minus: Share }
    /** Share divided by share. */
    | { readonly kind: 'QUOTIENT'; readonly share: Share; readonly to: Share }
    /** As GAP, as if both groups were spread over a dimension like the weights of all places: direct standardisation. */
    | {
        readonly kind: 'STANDARDISED_GAP'
        readonly share: Share
        readonly minus: Share
        readonly weights: Part
        readonly by: string
      }
    /** From counts in bands; each band holds whole values from its first to its last. */
    | { readonly kind: 'MEDIAN'; readonly of: Part; readonly by: string; readonly bands: readonly Band[] }
    /** Places with at least so many of a whole, whose share is below a bound. */
    | { readonly kind: 'PLACES_BELOW'; readonly share: Share; readonly wholeMin: number; readonly below: number }
  )

/** Members of a dimension as numbers, in ascending order. */
export interface Band {
  readonly member: string
  readonly from: number
  /** Absent for the last one. */
  readonly to?: number
}

export type MeasureId = `${'A' | 'B' | 'C' | 'D'}${number}`

/** A question with one definition. Pages, API, exports, the data dictionary and the tests follow from it. */
export interface Measure {
  readonly id: MeasureId
  /** English, in kebab-case: the name in addresses and files. */
  readonly slug: string
  readonly perspective: Perspective
  readonly names: Texts
  readonly definition: Texts
  /** Who or what is counted. */
  readonly population: Texts
  /** What the figure leaves out, or cannot know. */
  readonly coverage: Texts
  readonly unit: Unit
  readonly places: readonly PlaceKind[]
  /** Empty: about this moment, or about a window of its own that the definition names. */
  readonly periods: readonly ReportingPeriodKind[]
  /** What it may be divided by: sets of dimensions; the empty set is the total. */
  readonly dimensions: readonly (readonly string[])[]
  readonly disclosure: Disclosure
  /** The first one is the headline. */
  readonly figures: readonly Figure[]
  /** Queries of its own, for what is not about persons or never leaves the exact door; their cells are read like a cube's. */
  readonly sources?: readonly Source[]
}
