/** Fewer people than this are never shown, unless those who answer for the figures chose another number. */
export const THRESHOLD_DEFAULT = 10
/** Nobody may choose fewer. */
export const THRESHOLD_MIN = 5

/**
 * What becomes of a cell, as packed arrays hold it. A reader is told whether it is open, withheld or a structural zero; why it
 * is withheld would say how small it is.
 */
export const CELL_STATES = { open: 0, structuralZero: 1, fewPeople: 2, unsafe: 3, protectsAnother: 4 } as const

/** A column of figures over the same cells, e.g. participations. */
export interface CellMeasure {
  /** Id of the measure. */
  readonly id: string
  /** Published values are multiples of this. */
  readonly base: number
  /** The most that one person adds to a cell; the caller has cut off what is more. */
  readonly shareMax: number
  /** Whole numbers, one for each cell. */
  readonly values: Float64Array
}

/**
 * Cells of one release, packed: place c of every column is cell c. Figures are numbered measure by measure: the figure of
 * measure m and cell c is `m * size + c`, where measure 0 is the people and measure m is `measures[m - 1]`.
 */
export interface Cells {
  readonly size: number
  /** Distinct people who contribute. */
  readonly people: Uint32Array
  /** Key of each cell, in [0, 1). */
  readonly keys: Float64Array
  /** 1 where the reference tables leave nobody, e.g. a town that is in no card system. */
  readonly structuralZeros: Uint8Array
  /** 1 where another rule forbids publication, e.g. one organizer that makes up more than half. */
  readonly unsafe: Uint8Array
  /** 1 for figures that are never withheld to protect another, such as a town's total. */
  readonly headlines: Uint8Array
  readonly measures: readonly CellMeasure[]
}

/** Number of the figure of a measure (0: people) in a cell. */
export function figureOf(cells: Pick<Cells, 'size'>, measure: number, cell: number): number {
  return measure * cells.size + cell
}
