import { EARLIER } from '@zuil/core'
import type { Cube } from '@zuil/warehouse'
import { coordinateOf, type EarlierLevel } from './cell-table.ts'
import { NumberList } from './number-list.ts'

/** What becomes of cells that an earlier release of the period withheld. */
export interface EarlierRule {
  /** Cubes that it is asked for. */
  readonly cubes: readonly string[]
  /** Whether it is of another period, which keeps its own valid release: what that shows is known whatever is withheld here. */
  readonly isElsewhere: boolean
  /** One of EARLIER. */
  readonly withheld: number
  /** Places that it knew: what it withheld of them is looked at anew. */
  readonly places: readonly string[]
}

/** A cell of an earlier release, with all its values. */
export interface EarlierRow {
  readonly place: string
  readonly members: readonly string[]
  readonly columns: readonly string[]
  readonly values: readonly number[]
}

/** Gathers what an earlier release did with a level, from rows of its tables. */
export class EarlierLevelReader {
  readonly #columns: readonly string[]
  readonly #places: ReadonlySet<string>
  readonly #withheld: number
  readonly #isElsewhere: boolean
  /** Coordinates by where their values begin. */
  readonly #open = new Map<string, number>()
  readonly #values = new NumberList(Float64Array)
  readonly #protecting = new Set<string>()

  constructor(cube: Cube, { withheld, places, isElsewhere }: EarlierRule) {
    this.#columns = ['people', ...cube.columns.map(({ id }) => id)]
    this.#withheld = withheld
    this.#isElsewhere = isElsewhere
    this.#places = new Set(places)
  }

  addOpen({ place, members, columns, values }: EarlierRow): void {
    this.#open.set(coordinateOf({ place, members }), this.#values.length)
    for (const column of this.#columns) this.#values.push(values[columns.indexOf(column)] ?? 0)
  }

  addProtecting(cell: { readonly place: string; readonly members: readonly string[] }): void {
    this.#protecting.add(coordinateOf(cell))
  }

  level(): EarlierLevel {
    const columns = this.#columns.length
    return {
      open: this.#open,
      valueOf: (start, column) => (column < columns ? this.#values.at(start + column) : 0),
      protecting: this.#protecting,
      withheld: (place) => (this.#places.has(place) ? EARLIER.none : this.#withheld),
      isElsewhere: this.#isElsewhere,
    }
  }
}
