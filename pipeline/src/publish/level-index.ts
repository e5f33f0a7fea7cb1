import type { CellTable, Level } from './cell-table.ts'

/** Finds cells of a level by place and members. */
export class LevelIndex {
  readonly #level: Level
  readonly #cells = new Map<number | string, number>()

  constructor(table: CellTable, level: Level) {
    this.#level = level
    for (let cell = level.first; cell < level.first + level.size; cell++) {
      const members = level.dimensions.map((_, index) => table.memberNumber(cell, index))
      this.#cells.set(keyOf(table.placeNumber(cell), members), cell)
    }
  }

  get level(): Level {
    return this.#level
  }

  /** By the numbers that the table gave to place and members. */
  find(place: number, members: readonly number[]): number | undefined {
    return this.#cells.get(keyOf(place, members))
  }
}

/** Three numbers below this fit together in a double. */
const NUMBERS_PACKED = 2 ** 17

/** A number where it fits, which takes half the memory of a text. */
function keyOf(place: number, [first = 0, second = 0, ...more]: readonly number[]): number | string {
  const isPacked = more.length === 0 && place < NUMBERS_PACKED && first < NUMBERS_PACKED && second < NUMBERS_PACKED
  return isPacked ? (place * NUMBERS_PACKED + first) * NUMBERS_PACKED + second : [place, first, second, ...more].join('/')
}

/** Cells of one level by the cell of another that each belongs to, in ascending order. */
export function groupedBy(parents: Iterable<readonly [cell: number, parent: number]>): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>()
  for (const [cell, parent] of parents) {
    const group = groups.get(parent)
    if (group) group.push(cell)
    else groups.set(parent, [cell])
  }
  return groups
}
