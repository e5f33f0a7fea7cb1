import type { ReportingPeriodKind } from '@zuil/core'
import type { CubeId, PlaceKind } from '../figures/cube.ts'
import type { DimensionId } from '../figures/dimensions.ts'
import type { Texts } from '../texts.ts'
import type { Query, QueryDimensionId } from './query.ts'

/** Whose question it is: a local government, a region, an organizer, or publiq, which runs the programme. */
export const PERSPECTIVES = ['MUNICIPALITY', 'REGION', 'ORGANIZER', 'OPERATOR'] as const
export type Perspective = (typeof PERSPECTIVES)[number]

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
  'PER_SECOND',
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

/** What a question may be divided by: dimensions of the cubes, and those that only queries have. */
export type Crossing = readonly (DimensionId | QueryDimensionId)[]

/** Cells of a cube: those with the given members, crossed with what is asked. */
export interface CellPart {
  readonly cube: CubeId
  /** `people`, or columns of the cube, which are added up. */
  readonly columns: readonly string[]
  readonly where?: Where
  /** Dimensions of the question that are added up here: the whole of which a share is taken. */
  readonly over?: Crossing
  /** Of all places instead of the one that is asked. */
  readonly everywhere?: true
}

export type Where = Readonly<Partial<Record<DimensionId, readonly string[]>>>

/** The same of a query of the measure's own. */
export interface QueryPart {
  readonly query: string
  readonly columns: readonly string[]
  readonly over?: Crossing
}

export type Part = CellPart | QueryPart

/** Counts that others publish, by municipality and sometimes age, with source and year. */
export const REFERENCE_IDS = ['inhabitants', 'increased-reimbursement'] as const
export type ReferenceId = (typeof REFERENCE_IDS)[number]

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
  readonly dimensions?: readonly Crossing[]
  /** Places for which there is such a figure; without it those of the measure. */
  readonly places?: readonly PlaceKind[]
}

export type Figure = FigureBase &
  (
    | { readonly kind: 'COUNT'; readonly of: Part; readonly scale?: number }
    /** In percent. `wholeMin`: below it there is no such figure. */
    | { readonly kind: 'SHARE'; readonly share: Share; readonly wholeMin?: number }
    /** Something per something else, times `scale`. */
    | { readonly kind: 'MEAN'; readonly of: Part; readonly per: Part; readonly scale?: number }
    /** Something per inhabitant or the like, times `scale`; may exceed it. */
    | { readonly kind: 'PER_REFERENCE'; readonly of: Part; readonly reference: ReferenceId; readonly scale: number }
    /** Something per week of the period. */
    | { readonly kind: 'PER_WEEK'; readonly of: Part }
    /** The share of a group beside that of everybody: 100 is the same. */
    | { readonly kind: 'INDEX'; readonly share: Share; readonly standard: Share }
    /** Share minus share, in percentage points. */
    | { readonly kind: 'GAP'; readonly share: Share; readonly minus: Share }
    /** Share divided by share. */
    | { readonly kind: 'QUOTIENT'; readonly share: Share; readonly to: Share }
    /** As GAP, as if both groups were spread over a dimension like everybody, everywhere: direct standardisation. */
    | {
        readonly kind: 'STANDARDISED_GAP'
        readonly share: Share
        readonly minus: Share
        readonly weights: CellPart
        readonly by: DimensionId
      }
    /** From counts in bands; each band holds whole values from its first to its last. */
    | { readonly kind: 'MEDIAN'; readonly of: CellPart; readonly by: DimensionId; readonly bands: readonly Band[] }
    /** How many of the places asked have at least so many of a whole, and a share below a bound. */
    | { readonly kind: 'PLACES_BELOW'; readonly share: Share; readonly wholeMin: number; readonly below?: number }
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
  readonly dimensions: readonly Crossing[]
  readonly disclosure: Disclosure
  /** The first one is the headline. None: it is counted outside the warehouse; the coverage says where. */
  readonly figures: readonly Figure[]
  /** Queries of its own, for what is not about persons or never leaves the exact door; their cells are read like a cube's. */
  readonly queries?: readonly Query[]
}
