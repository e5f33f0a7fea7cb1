import { cellKeyOfSum, EARLIER } from '@zuil/core'
import type { Cube, DimensionId, PlaceKind, ReleaseCell } from '@zuil/warehouse'
import type { LevelName } from './levels.ts'
import { NumberList } from './number-list.ts'

/** Cells of one set of dimensions for one kind of place: they stand in a row. */
export interface Level extends LevelName {
  readonly first: number
  readonly size: number
  /** What is open in the earlier release stays there to be read, see EarlierRule. */
  readonly isShownElsewhere: boolean
}

/** Crossings beside place and period; more are nobody's question and everybody's risk. */
export const DIMENSIONS_MAX = 3

/** What an earlier release of the period did with a level; cells by {@link coordinateOf}. */
export interface EarlierLevel {
  /** Published cells, by a number that {@link valueOf} takes. */
  readonly open: ReadonlyMap<string, number>
  /** Published value of a cell: of its people (0) or of the cube's n-th column. */
  readonly valueOf: (cell: number, column: number) => number
  /** Cells that protected others. */
  readonly protecting: ReadonlySet<string>
  /** One of EARLIER: what becomes of cells of a place that were withheld. */
  readonly withheld: (place: string) => number
  readonly isElsewhere: boolean
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
  /** 1 where nobody can be. */
  readonly structuralZeros = new NumberList(Uint8Array)
  /** Of a revision, one of EARLIER each. */
  readonly earlierStates = new NumberList(Uint8Array)
  readonly earlierPeople = new NumberList(Float64Array)
  readonly #places = new NumberList(Uint32Array)
  readonly #members = Array.from({ length: DIMENSIONS_MAX }, () => new NumberList(Uint32Array))
  /** By cube: its columns' values and earlier values, from its first cell on. */
  readonly #columns = new Map<Cube, CubeColumns>()
  readonly #isRevision: boolean
  #begun: BegunLevel | undefined
  readonly #names: string[] = []
  readonly #numbers = new Map<string, number>()

  /** `isRevision`: levels come with what an earlier release of the period did. */
  constructor({ isRevision = false }: { readonly isRevision?: boolean } = {}) {
    this.#isRevision = isRevision
  }

  get size(): number {
    return this.people.length
  }

  get cubes(): readonly Cube[] {
    return [...this.#columns.keys()]
  }

  /** Begins a level; those of one cube come one after the other. */
  beginLevel(level: LevelName, earlier?: EarlierLevel): void {
    const columns = this.#columns.get(level.cube) ?? newColumns(level.cube, this.size)
    this.#columns.set(level.cube, columns)
    this.#begun = { level, first: this.size, columns, earlier, met: new Set() }
  }

  /** Adds a cell to the level that was begun. */
  add(row: CountedCell): void {
    const { columns, earlier, met } = this.#level()
    if (!earlier) {
      this.#add(row, columns, { state: EARLIER.none, valueOf: nothing })
      return
    }
    const coordinate = coordinateOf(row)
    const before = earlier.open.get(coordinate)
    if (before !== undefined) met.add(before)
    this.#add(row, columns, {
      state: earlierState(earlier, row.place, { before, coordinate }),
      valueOf: valuesOf(earlier, before),
    })
  }

  /** Adds a cell in which nobody can be; one that was counted or published is none. */
  addImpossible(cell: Pick<CountedCell, 'place' | 'members'>): void {
    const { level, columns, earlier } = this.#level()
    if (earlier?.open.has(coordinateOf(cell))) return
    this.#add(nobodyIn(cell, level), columns, { state: EARLIER.none, valueOf: nothing, isImpossible: true })
  }

  endLevel(): void {
    const { level, first, columns, earlier, met } = this.#level()
    // what was published and has nobody left: the earlier value may have to stand
    for (const [coordinate, before] of earlier?.open ?? []) {
      if (!earlier || met.has(before)) continue
      const [place = '', ...members] = coordinate.split(SEPARATOR)
      this.#add(nobodyIn({ place, members }, level), columns, { state: EARLIER.open, valueOf: valuesOf(earlier, before) })
    }
    this.levels.push({ ...level, first, size: this.size - first, isShownElsewhere: earlier?.isElsewhere ?? false })
    this.#begun = undefined
  }

  #level(): BegunLevel {
    if (!this.#begun) throw new RangeError('No level was begun')
    return this.#begun
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

  #add(row: CountedCell, columns: CubeColumns, { state, valueOf: before, isImpossible = false }: EarlierCell): void {
    if (row.members.length > DIMENSIONS_MAX) throw new RangeError(`A cell crosses at most ${DIMENSIONS_MAX} dimensions`)
    this.people.push(row.people)
    this.keys.push(cellKeyOfSum(BigInt(row.key)))
    this.unsafe.push(row.unsafe)
    this.structuralZeros.push(isImpossible ? 1 : 0)
    this.#places.push(this.#numbered(row.place))
    for (const [index, list] of this.#members.entries()) list.push(this.#numbered(row.members[index] ?? ''))
    for (const [index, { now }] of columns.columns.entries()) now.push(Number(row.values[index] ?? 0))
    if (!this.#isRevision) return
    this.earlierStates.push(state)
    this.earlierPeople.push(before(0))
    for (const [index, column] of columns.columns.entries()) column.before.push(before(index + 1))
  }

  #numbered(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.#names.length)
    return this.#names.push(name) - 1
  }
}

/** A row of a level; its dimensions are those of the level. */
type CountedCell = Omit<ReleaseCell, 'dimensions'>

interface BegunLevel {
  readonly level: LevelName
  readonly first: number
  readonly columns: CubeColumns
  readonly earlier: EarlierLevel | undefined
  /** Published cells of the earlier release that were counted again. */
  readonly met: Set<number>
}

/** What an earlier release did with a cell, and what it published of its n-th figure. */
interface EarlierCell {
  readonly state: number
  readonly valueOf: (column: number) => number
  readonly isImpossible?: boolean
}

function nobodyIn({ place, members }: Pick<CountedCell, 'place' | 'members'>, { cube }: LevelName): CountedCell {
  return { place, members, people: 0, key: '0', unsafe: 0, values: cube.columns.map(() => 0) }
}

const nothing = () => 0

function valuesOf(earlier: EarlierLevel, before: number | undefined): (column: number) => number {
  return before === undefined ? nothing : (column) => earlier.valueOf(before, column)
}

function earlierState(
  earlier: EarlierLevel,
  place: string,
  { before, coordinate }: { readonly before: number | undefined; readonly coordinate: string },
): number {
  if (before !== undefined) return EARLIER.open
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
