import { CounterTable } from '../history/counter-table.ts'
import { HOLDERS_MAX } from './books.ts'
import type { PlaceKind, TruthCell } from './cell.ts'
import type { TruthPlaces } from './truth-places.ts'

/** Something that rows are told apart by. */
export interface CrossDimension {
  readonly id: string
  readonly members: readonly string[]
  /** Index of the row's member; -1: the row is in none. */
  readonly of: (row: number) => number
}

/** What is counted: rows, by place and by dimensions. Rows are indexes into columns, or holders. */
export interface Crossing {
  readonly measure: string
  readonly rows: ArrayLike<number>
  readonly places: readonly PlaceKind[]
  /** Index of the municipality of a row, for all kinds of places but organizers. */
  readonly municipality?: (row: number) => number
  /** Number of the organizer of a row. */
  readonly organizer?: (row: number) => number
  readonly dimensions?: readonly CrossDimension[]
  /** Sets of dimensions; without it the total only. */
  readonly sets?: readonly (readonly string[])[]
  /** Values that are added up, by column. */
  readonly sums?: Readonly<Record<string, (row: number) => number>>
  /** Holder of a row, each counted once in a cell; without it there is no column `people`. */
  readonly people?: (row: number) => number
  /** Name of that column, where a measure counts several kinds of people. */
  readonly peopleAs?: string
}

export type CountedCell = Omit<TruthCell, 'periodKind' | 'period'>

/** All sets of some dimensions: the total, each alone, each pair and so on. */
export function allSetsOf(...dimensions: readonly string[]): readonly (readonly string[])[] {
  const sets: (readonly string[])[] = [[]]
  for (const dimension of dimensions) sets.push(...sets.map((set) => [...set, dimension]))
  return sets
}

/** The cells that are not zero, in the order of their keys. */
export function crossTable(crossing: Crossing, places: TruthPlaces): CountedCell[] {
  const { sets = [[]], dimensions = [] } = crossing
  return crossing.places.flatMap((kind) =>
    sets.flatMap((set) => {
      const chosen = set.map((id) => dimensions.find((dimension) => dimension.id === id))
      if (chosen.includes(undefined)) throw new RangeError(`${crossing.measure} is not told apart by ${set.join()}`)
      return cellsOf(crossing, { kind, chosen: chosen.filter((dimension) => dimension !== undefined), places })
    }),
  )
}

interface OneTable {
  readonly kind: PlaceKind
  readonly chosen: readonly CrossDimension[]
  readonly places: TruthPlaces
}

function cellsOf(crossing: Crossing, table: OneTable): CountedCell[] {
  const { rows, people, peopleAs = 'people', sums = {} } = crossing
  const columns = Object.entries(sums)
  const totals = new Map<number, Float64Array>()
  const seen = new CounterTable()
  const width = columns.length + (people ? 1 : 0)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0
    const key = keyOf(crossing, table, row)
    if (key < 0) continue
    let total = totals.get(key)
    if (!total) {
      total = new Float64Array(width)
      totals.set(key, total)
    }
    for (const [column, [, of]] of columns.entries()) total[column] = (total[column] ?? 0) + of(row)
    if (people && seen.increment(key * HOLDERS_MAX + people(row)) === 1) total[width - 1] = (total[width - 1] ?? 0) + 1
  }
  const names = [...columns.map(([name]) => name), ...(people ? [peopleAs] : [])]
  const ordered = [...totals].sort(([a], [b]) => a - b)
  return ordered.flatMap(([key, values]) => decoded(crossing.measure, table, { key, values, names }))
}

/** Place and members as one number; -1 when the row is in no cell. */
function keyOf(crossing: Crossing, { kind, chosen, places }: OneTable, row: number): number {
  let key = placeNumber(crossing, { kind, places }, row)
  for (const { members, of } of chosen) {
    const member = of(row)
    if (member < 0 || key < 0) return -1
    key = key * members.length + member
  }
  return key
}

type Placing = Pick<OneTable, 'kind' | 'places'>

function placeNumber({ municipality, organizer }: Crossing, { kind, places }: Placing, row: number): number {
  switch (kind) {
    case 'ALL':
      return 0
    case 'ORGANIZER':
      return organizer?.(row) ?? -1
    case 'MUNICIPALITY':
      return municipality?.(row) ?? -1
    case 'REGION':
      return places.regionOf(municipality?.(row) ?? -1)
  }
}

interface CellValues {
  readonly key: number
  readonly values: Float64Array
  readonly names: readonly string[]
}

function decoded(measure: string, { kind, chosen, places }: OneTable, { key, values, names }: CellValues): CountedCell[] {
  let rest = key
  const members: (readonly [string, string])[] = []
  for (const { id, members: all } of chosen.toReversed()) {
    members.unshift([id, all[rest % all.length] ?? ''])
    rest = Math.floor(rest / all.length)
  }
  const place = { kind, id: places.idOf(kind, rest) }
  const dimensions = Object.fromEntries(members)
  return names.flatMap((column, index) => {
    const value = values[index] ?? 0
    return value === 0 ? [] : [{ measure, column, place, dimensions, value }]
  })
}
