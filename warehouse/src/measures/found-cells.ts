import type { PublishedCell } from '../figures/published-cells.ts'

type ByMembers = ReadonlyMap<string, PublishedCell>

/** Cells of one set, found by place, column and members: an answer of all pairs of municipalities looks a quarter of a million times. */
export class FoundCells {
  readonly #all: readonly PublishedCell[]
  readonly #byPlace = new Map<string, Map<string, Map<string, PublishedCell>>>()

  constructor(cells: readonly PublishedCell[]) {
    this.#all = cells
    for (const cell of cells) {
      const byColumn = kept(this.#byPlace, cell.place, () => new Map<string, Map<string, PublishedCell>>())
      const byMembers = kept(byColumn, cell.column, () => new Map<string, PublishedCell>())
      byMembers.set(keyOfMembers(cell.members), cell)
    }
  }

  /** The cells of a place, by {@link keyOfMembers}. */
  of(place: string, column: string): ByMembers | undefined {
    return this.#byPlace.get(place)?.get(column)
  }

  values(): readonly PublishedCell[] {
    return this.#all
  }
}

/** One text for members in an order. */
export function keyOfMembers(members: readonly string[]): string {
  return members.length === 1 ? (members[0] ?? '') : members.join('\n')
}

function kept<Value>(map: Map<string, Value>, key: string, made: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const value = made()
  map.set(key, value)
  return value
}
