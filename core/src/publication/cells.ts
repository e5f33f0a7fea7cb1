/** Fewer people than this are never shown, unless those who answer for the figures chose another number. */
export const THRESHOLD_DEFAULT = 10
/** Nobody may choose fewer. */
export const THRESHOLD_MIN = 5

/**
 * What becomes of a cell, as packed arrays hold it. A reader is told whether it is open, withheld or a structural zero; why it
 * is withheld would say how small it is.
 */
export const CELL_STATES = { open: 0, structuralZero: 1, fewPeople: 2, unsafe: 3, protectsAnother: 4 } as const

/** How dear it is to withhold a cell for the sake of another. */
export const HEADLINES = { no: 0, lastResort: 1, never: 2 } as const

/** Figures of some cells in a row beside their people, e.g. participations. */
export interface CellColumn {
  readonly id: string
  /** Published values are multiples of this. */
  readonly base: number
  /** The most that one person adds to a cell; the caller has cut off what is more. */
  readonly shareMax: number
  /** First cell that has the column. */
  readonly first: number
  /** Whole numbers, for the cells from `first` on. */
  readonly values: Float64Array
  /** How closely nobody may work out the value of an unsafe cell; without it as closely as rounding leaves it. */
  readonly rooms?: Float64Array
}

/**
 * Cells of one release, packed. Their figures are numbered: people of cell c is figure c, then the columns follow one after the
 * other; see {@link Figures}.
 */
export interface Cells {
  readonly size: number
  /** Distinct people who contribute. */
  readonly people: Uint32Array
  /** Key of each cell, in [0, 1). */
  readonly keys: Float64Array
  /** 1 where the number of people is not published, only columns are, e.g. check-ins by the hour. */
  readonly silent: Uint8Array
  /** 1 where the reference tables leave nobody, e.g. a town that is in no card system. */
  readonly structuralZeros: Uint8Array
  /** 1 where another rule forbids publication, e.g. one organizer that makes up more than half. */
  readonly unsafe: Uint8Array
  /** One of {@link HEADLINES} each: figures that are not withheld to protect another, such as a town's total. */
  readonly headlines: Uint8Array
  readonly columns: readonly CellColumn[]
  /** What an earlier release of the same period published. */
  readonly earlier?: EarlierCells
}

/**
 * What an earlier release of the period did with a cell. Withheld: it may open once so many have come; closed: it stays withheld,
 * because it protected another, or because the period is over.
 */
export const EARLIER = { none: 0, open: 1, withheld: 2, closed: 3 } as const

/** What was published of each cell before, see revision.ts. */
export interface EarlierCells {
  /** One of {@link EARLIER} each. */
  readonly states: Uint8Array
  /** For each figure the published value, where the cell was open. */
  readonly values: Float64Array
}

/** Numbers of figures: `0…size-1` are the people, then each column's figures in the order of its cells. */
export class Figures {
  readonly count: number
  readonly #size: number
  readonly #firsts: readonly number[]
  readonly #starts: readonly number[]

  constructor({ size, columns }: Pick<Cells, 'size' | 'columns'>) {
    let next = size
    this.#size = size
    this.#firsts = [0, ...columns.map(({ first }) => first)]
    this.#starts = [
      0,
      ...columns.map(({ values }) => {
        const start = next
        next += values.length
        return start
      }),
    ]
    this.count = next
  }

  /** Figure of a column (0: people, n: `columns[n - 1]`) in a cell. */
  of(column: number, cell: number): number {
    return (this.#starts[column] ?? 0) + cell - (this.#firsts[column] ?? 0)
  }

  /** First figure of a column. */
  start(column: number): number {
    return this.#starts[column] ?? 0
  }

  cellOf(figure: number): number {
    if (figure < this.#size) return figure
    const column = this.columnOf(figure)
    return figure - (this.#starts[column] ?? 0) + (this.#firsts[column] ?? 0)
  }

  /** 0 for people. */
  columnOf(figure: number): number {
    if (figure < this.#size) return 0
    let column = this.#starts.length - 1
    while ((this.#starts[column] ?? 0) > figure) column--
    return column
  }
}
