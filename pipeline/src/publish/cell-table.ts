import { cellKeyOfSum, EARLIER } from '@zuil/core'
import type { Cube, DimensionId, PlaceKind, ReleaseCell } from '@zuil/warehouse'
import { NumberList } from './number-list.ts'

/** Cells of one set of dimensions for one kind of place: they stand in a row. */
export interface Level {
  readonly cube: Cube
  readonly kind: PlaceKind
  readonly dimensions: readonly DimensionId[]
  readonly first: number
  readonly size: number
}

/** Crossings beside place and period; more are nobody's question and everybody's risk. */
export const DIMENSIONS_MAX = 3

/** What an earlier release of the period did with a level; cells by {@link coordinateOf}. */
export interface EarlierLevel {
  /** Published values by column. */
  readonly open: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Cells that protected others. */
  readonly protecting: ReadonlySet<string>
  /** One of EARLIER: what becomes of cells of a place that were withheld. */
  readonly withheld: (place: string) => number
}

/**
 * All cells of a release with their true numbers, packed. It lives in the memory of whoever publishes or audits and is stored
 * nowhere.
 */
export class CellTable {
  readonly levels: Level[] = []
  readonly people = new NumberList(Uint32Array)
  readonly keys = new NumberList(Float64Array)
  readonly unsafe = new NumberList(Uint8Array)
  /** One of EARLIER each. */
  readonly earlierStates = new NumberList(Uint8Array)
  readonly earlierPeople = new NumberList(Float64Array)
  readonly #places = new NumberList(Uint32Array)
  readonly #members = Array.from({ length: DIMENSIONS_MAX }, () => new NumberList(Uint32Array))
  /** By cube: its columns' values and earlier values, from its first cell on. */
  readonly #columns = new Map<Cube, CubeColumns>()
  readonly #names: string[] = []
  readonly #numbers = new Map<string, number>()

  get size(): number {
    return this.people.length
  }

  get cubes(): readonly Cube[] {
    return [...this.#columns.keys()]
  }

  /** Adds a level; those of one cube come one after the other. */
  addLevel(level: Pick<Level, 'cube' | 'kind' | 'dimensions'>, rows: Iterable<ReleaseCell>, earlier?: EarlierLevel): void {
    const first = this.size
    const columns = this.#columns.get(level.cube) ?? newColumns(level.cube, first)
    this.#columns.set(level.cube, columns)
    const left = new Map(earlier?.open)
    for (const row of rows) {
      const coordinate = coordinateOf(row)
      this.#add(row, columns, { state: earlierState(earlier, row, coordinate), values: left.get(coordinate) })
      left.delete(coordinate)
    }
    // what was published and has nobody left: the earlier value may have to stand
    for (const [coordinate, values] of left) {
      const [place = '', ...members] = coordinate.split(SEPARATOR)
      const empty = { place, members, people: 0, key: '0', unsafe: 0, values: level.cube.columns.map(() => 0) }
      this.#add(empty, columns, { state: EARLIER.open, values })
    }
    this.levels.push({ ...level, first, size: this.size - first })
  }

  columnsOf(cube: Cube): CubeColumns {
    const columns = this.#columns.get(cube)
    if (!columns) throw new RangeError(`There are no cells of ${cube.id}`)
    return columns
  }

  levelOf(cube: Cube, kind: PlaceKind, dimensions: readonly DimensionId[]): Level | undefined {
    const text = dimensions.join(',')
    return this.levels.find((level) => level.cube === cube && level.kind === kind && level.dimensions.join(',') === text)
  }

  placeOf(cell: number): string {
    return this.#names[this.#places.at(cell)] ?? ''
  }

  /** In the order of the level's dimensions. */
  membersOf(cell: number, level: Level): readonly string[] {
    return level.dimensions.map((_, index) => this.#names[this.memberNumber(cell, index)] ?? '')
  }

  placeNumber(cell: number): number {
    return this.#places.at(cell)
  }

  /** Number of the member of a level's n-th dimension. */
  memberNumber(cell: number, dimension: number): number {
    return this.#members[dimension]?.at(cell) ?? 0
  }

  /** Number of a place or member; undefined when no cell has it. */
  numberOf(name: string): number | undefined {
    return this.#numbers.get(name)
  }

  #add(
    row: Omit<ReleaseCell, 'dimensions'>,
    columns: CubeColumns,
    { state, values }: { state: number; values: ReadonlyMap<string, number> | undefined },
  ): void {
    if (row.members.length > DIMENSIONS_MAX) throw new RangeError(`A cell crosses at most ${DIMENSIONS_MAX} dimensions`)
    this.people.push(row.people)
    this.keys.push(cellKeyOfSum(BigInt(row.key)))
    this.unsafe.push(row.unsafe)
    this.#places.push(this.#numbered(row.place))
    for (const [index, list] of this.#members.entries()) list.push(this.#numbered(row.members[index] ?? ''))
    this.earlierStates.push(state)
    this.earlierPeople.push(values?.get('people') ?? 0)
    for (const [index, { id, now, before }] of columns.columns.entries()) {
      now.push(Number(row.values[index] ?? 0))
      before.push(values?.get(id) ?? 0)
    }
  }

  #numbered(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.#names.length)
    return this.#names.push(name) - 1
  }
}

function earlierState(earlier: EarlierLevel | undefined, { place }: { readonly place: string }, coordinate: string): number {
  if (!earlier) return EARLIER.none
  if (earlier.open.has(coordinate)) return EARLIER.open
  return earlier.protecting.has(coordinate) ? EARLIER.closed : earlier.withheld(place)
}

export interface CubeColumns {
  /** First cell of the cube. */
  readonly first: number
  readonly columns: readonly {
    readonly id: string
    readonly now: NumberList<Float64Array>
    readonly before: NumberList<Float64Array>
  }[]
}

function newColumns(cube: Cube, first: number): CubeColumns {
  const list = () => new NumberList(Float64Array)
  return { first, columns: cube.columns.map(({ id }) => ({ id, now: list(), before: list() })) }
}

const SEPARATOR = '\n'

/** Place and members of a cell within its level. */
export function coordinateOf({ place, members }: { readonly place: string; readonly members: readonly string[] }): string {
  return [place, ...members].join(SEPARATOR)
}
