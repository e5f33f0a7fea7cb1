import type { CellTable, Level } from './cell-table.ts'

/** Free of a slot of an index; slots hold numbers of cells, and one more. */
const FREE = 0
/** Slots for each cell: with half of them free a cell is found at once, or nearly. */
const SLOTS_PER_CELL = 2

/** Finds cells of a level by place and members: a hash table in one packed array, since there are millions of cells. */
export class LevelIndex {
  readonly #table: CellTable
  readonly #dimensions: number
  readonly #slots: Uint32Array
  readonly #mask: number

  constructor(table: CellTable, level: Level) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(1, level.size) * SLOTS_PER_CELL))
    this.#table = table
    this.#dimensions = level.dimensions.length
    this.#slots = new Uint32Array(size)
    this.#mask = size - 1
    for (let cell = level.first; cell < level.first + level.size; cell++) this.#slots[this.#slotOf(this.#keyOf(cell))] = cell + 1
  }

  /** By the numbers that the table gave to place and members. */
  find(place: number, members: readonly number[]): number | undefined {
    const found = this.#slots[this.#slotOf([place, ...members])] ?? FREE
    return found === FREE ? undefined : found - 1
  }

  /** Slot that holds a cell, or the free one where it would stand. */
  #slotOf(key: readonly number[]): number {
    let slot = hashOf(key) & this.#mask
    while (this.#slots[slot] !== FREE && !this.#stands(key, slot)) slot = (slot + 1) & this.#mask
    return slot
  }

  #stands([place, ...members]: readonly number[], slot: number): boolean {
    const cell = (this.#slots[slot] ?? FREE) - 1
    return (
      this.#table.placeNumber(cell) === place &&
      members.every((member, index) => this.#table.memberNumber(cell, index) === member)
    )
  }

  #keyOf(cell: number): readonly number[] {
    const key = [this.#table.placeNumber(cell)]
    for (let index = 0; index < this.#dimensions; index++) key.push(this.#table.memberNumber(cell, index))
    return key
  }
}

/** FNV-1a over whole numbers, mixed at the end so that small ones differ in their low bits. */
function hashOf(numbers: readonly number[]): number {
  let hash = 0x811c9dc5
  for (const number of numbers) hash = Math.imul(hash ^ number, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Of no cell. */
const NONE = 0xffff_ffff

/**
 * Cells of one level by the cell of another that each belongs to, in ascending order; those that belong to none are left out.
 */
export function* groupedBy(
  { first, size }: Pick<Level, 'first' | 'size'>,
  above: Pick<Level, 'first' | 'size'>,
  parentOf: (cell: number) => number | undefined,
): Iterable<readonly [whole: number, parts: Uint32Array]> {
  const parents = new Uint32Array(size)
  const starts = new Uint32Array(above.size + 1)
  for (let place = 0; place < size; place++) {
    const parent = parentOf(first + place)
    parents[place] = parent === undefined ? NONE : parent - above.first
    if (parent !== undefined) starts[parent - above.first + 1] = (starts[parent - above.first + 1] ?? 0) + 1
  }
  for (let place = 0; place < above.size; place++) starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0)
  const next = starts.slice()
  const cells = new Uint32Array(starts[above.size] ?? 0)
  for (const [place, parent] of parents.entries()) {
    if (parent === NONE) continue
    const at = next[parent] ?? 0
    cells[at] = first + place
    next[parent] = at + 1
  }
  for (let parent = 0; parent < above.size; parent++) {
    const parts = cells.subarray(starts[parent], starts[parent + 1])
    if (parts.length > 0) yield [above.first + parent, parts]
  }
}
