import type { ReportingPeriodKind } from '@zuil/core'
import type { Texts } from '../texts.ts'
import type { DimensionId } from './dimensions.ts'
import type { SourceId } from './sources.ts'

/**
 * Kinds of place that cells are made for, and how one is written: `all`, `region:<card system>`, `municipality:<NIS code>`
 * (0: abroad or unknown), `organizer:<id>`.
 */
export const PLACE_KINDS = ['ALL', 'REGION', 'MUNICIPALITY', 'ORGANIZER'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

/** What the numbers of a column are; `milli` are thousandths. */
export type ColumnUnit = 'participations' | 'tickets' | 'redemptions' | 'points' | 'cents' | 'checkins' | 'milli'

/** A figure beside the people of a cell: a sum over what they did. */
export interface Column {
  readonly id: string
  readonly names: Texts
  readonly unit: ColumnUnit
  /** Published values are multiples of this. */
  readonly roundingBase: number
  /** The most that one person adds to a published cell in a month, a quarter or a year (a season is a year): more is cut off. */
  readonly shareMax: Readonly<Record<'MONTH' | 'QUARTER' | 'YEAR', number>>
  /** What a row of the source adds, as SQL: a whole number, not negative. */
  readonly sql: string
  /**
   * Whether a cell is unsafe when one person stands out: published only where the second largest contributor cannot work out
   * the largest within 20 %.
   */
  readonly dominance?: boolean
}

/** A dimension as a cube has it. */
export interface CubeDimension {
  readonly id: DimensionId
  /** The member of a row, as SQL that gives a text; `arrayJoin` where a row counts in several members. */
  readonly sql: string
  /**
   * What `sql` is a text of, the same text for no two values: a column, or an expression that `sql` has in it. Rows are told apart by
   * it and only the cells are given their texts, which on a million rows takes a fraction of the time. Absent: by the text.
   */
  readonly key?: string
  /** Whether one person may count in several members, so that the people of the parts may add up to more than the whole. */
  readonly several: boolean
}

/**
 * How cells of one cube hang together with those of another, for whoever audits a release: cells of the same place, period and
 * members of `dimensions` (one of the sets that both cubes have).
 * SAME: they count the same people. CONTAINED: everybody who is counted here is counted there.
 */
export interface CubeLink {
  readonly cube: CubeId
  readonly kind: 'SAME' | 'CONTAINED'
  readonly dimensions: readonly (readonly DimensionId[])[]
  /** Members that cells here have beside those, e.g. only `activity: ACTIVE`. */
  readonly where?: Partial<Readonly<Record<DimensionId, string>>>
  /** Members that the cells there have beside those. */
  readonly whereThere?: Partial<Readonly<Record<DimensionId, string>>>
}

/**
 * A closed set of cells: nothing else about persons is ever counted for a reader. A cell is a place, a period and a member of
 * each dimension of one set of the lattice; it holds how many people count, and the columns.
 */
export interface Cube {
  readonly id: CubeId
  readonly names: Texts
  /** Who or what is counted. */
  readonly population: Texts
  readonly source: SourceId
  /** Conditions on rows of the source, beside the period and the place: who is counted. */
  readonly where: readonly string[]
  readonly places: readonly PlaceKind[]
  /** Whether one person may count in several municipalities or organizers, so that places add up to more than their whole. */
  readonly placesSeveral: boolean
  readonly periods: readonly ReportingPeriodKind[]
  /** Days after the end of a period before its cells say all, e.g. 90 to renew. */
  readonly closesAfterDays: number
  readonly dimensions: readonly CubeDimension[]
  /** Sets of dimensions that cells exist for, in the order of `dimensions`; `[]` is the total. */
  readonly lattice: readonly (readonly DimensionId[])[]
  readonly columns: readonly Column[]
  /**
   * Whether the number of people is published. Else people only say whether the columns may be (hours of check-ins: events, not
   * people).
   */
  readonly publishesPeople: boolean
  readonly links: readonly CubeLink[]
  /**
   * Whether cells say who was there on the last day of the period: then those of a month, a quarter and a year that end together count
   * the same people, and are published alike.
   */
  readonly isStock?: boolean
  /** Two dimensions of which nobody is in the same member of both: such cells are 0 and not withheld. */
  readonly neverSame?: readonly [DimensionId, DimensionId]
  /** Cells that cannot have anybody, by the reference tables: shown as 0 and not as withheld. */
  readonly impossible?: readonly Impossible[]
  /**
   * Whether cells are about the organizers of a place together: withheld where they are fewer than three, or one makes up more than half.
   */
  readonly isAboutOrganizers?: boolean
}

/** Places where a member of a dimension cannot occur, whatever the other members. */
export interface Impossible {
  readonly kind: PlaceKind
  readonly dimension: DimensionId
  readonly member: string
  /** Selects the places as `place`, texts. */
  readonly sql: string
}

/** The closed list; a cube is a file in `cubes/` by this name. */
export const CUBE_IDS = [
  'holders',
  'neighbourhoods',
  'participation',
  'frequency',
  'evidence',
  'breadth',
  'variety',
  'widening',
  'taste-pairs',
  'sectors',
  'destinations',
  'municipalities-visited',
  'states',
  'lapse',
  'retention',
  'registrations',
  'renewal',
  'tickets',
  'welcome',
  'welcome-places',
  'points',
  'point-flows',
  'rewards',
  'groups',
  'venue-hours',
  'organizer-public',
  'organizer-origins',
  'organizer-states',
  'organizer-frequency',
  'organizer-return',
  'organizer-hours',
  'organizer-events',
  'organizer-rewards',
] as const
export type CubeId = (typeof CUBE_IDS)[number]
