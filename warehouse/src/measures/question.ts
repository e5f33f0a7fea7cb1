import type { ReportingPeriod } from '@zuil/core'
import type { CubeId } from '../figures/cube.ts'
import type { DimensionId } from '../figures/dimensions.ts'
import type { PublishedCell } from '../figures/published-cells.ts'
import type { Estimate } from './estimate.ts'
import type { Crossing, ReferenceId } from './measure.ts'
import type { Query } from './query.ts'

export interface MeasureQuestion {
  /** One of the crossings of the measure. */
  readonly dimensions: Crossing
  /** Of some dimensions only these members. */
  readonly members?: Readonly<Partial<Record<Crossing[number], readonly string[]>>>
  /**
   * Places as text. Several joined by `+` are one place, the sum of their published cells; then every figure is wider by as many
   * roundings.
   */
  readonly places: readonly string[]
  readonly period: ReportingPeriod
}

/** Cells of one dimension set of a cube; of a dimension without members all that there are. */
export interface CellQuestion {
  readonly cube: CubeId
  readonly columns: readonly string[]
  readonly dimensions: readonly { readonly id: DimensionId; readonly members?: readonly string[] }[]
  readonly places: readonly string[]
  readonly period: ReportingPeriod
}

export interface ReferenceCell {
  readonly place: string
  /** An age band, or empty: everybody. */
  readonly ageBand: string
  readonly persons: number
  readonly year: number
}

/** Where the cells come from: exact ones for operators, published ones for everybody else. */
export type MeasureCells = {
  readonly cells: (question: CellQuestion) => Promise<readonly PublishedCell[]>
  readonly reference: (id: ReferenceId, question: Pick<MeasureQuestion, 'places' | 'period'>) => Promise<readonly ReferenceCell[]>
} & (
  | { readonly basis: 'PUBLISHED' }
  | {
      readonly basis: 'EXACT'
      /** Rows of a query of a measure's own, of the places at least; members in the order of the query's dimensions. */
      readonly queried: (query: Query, question: Pick<MeasureQuestion, 'period' | 'places'>) => Promise<readonly QueriedCell[]>
    }
)

export interface QueriedCell {
  readonly place: string
  /** Empty where the cell is a margin. */
  readonly members: readonly string[]
  readonly values: readonly number[]
}

/** One number of an answer. */
export interface FigureRow extends Estimate {
  readonly figure: string
  readonly place: string
  /** In the order of the dimensions of the question. */
  readonly members: readonly string[]
}
