import { type Cube, DIMENSIONS, type Impossible, type Warehouse } from '@zuil/warehouse'
import { coordinateOf } from './cell-table.ts'
import type { LevelName } from './levels.ts'

/** Where a member of a dimension of a cube cannot occur, as of today. */
export interface ImpossiblePlaces extends Omit<Impossible, 'sql'> {
  readonly cube: string
  readonly places: readonly string[]
}

type CellPlace = { readonly place: string; readonly members: readonly string[] }

/** The places of everything that some cubes declare to be impossible. */
export async function impossiblePlaces(
  warehouse: Pick<Warehouse, 'query'>,
  cubes: readonly Cube[],
): Promise<readonly ImpossiblePlaces[]> {
  const found: ImpossiblePlaces[] = []
  for (const { id, impossible = [] } of cubes) {
    for (const { sql, ...declared } of impossible) {
      const rows = await warehouse.query<{ place: string }>(sql, {}, 'publish: impossible cells')
      found.push({ ...declared, cube: id, places: rows.map(({ place }) => place) })
    }
  }
  return found
}

/** Cells of one level in which nobody can be: those that nobody was counted in after all. */
export class ImpossibleCells {
  /** By coordinate. */
  readonly #cells = new Map<string, CellPlace>()

  constructor({ cube, kind, dimensions }: LevelName, declared: readonly ImpossiblePlaces[]) {
    for (const one of declared) {
      if (one.cube !== cube.id || one.kind !== kind || !dimensions.includes(one.dimension)) continue
      const members = dimensions.map((id) => (id === one.dimension ? [one.member] : DIMENSIONS[id].members))
      // members that come from the data cannot be thought of
      if (members.some((list) => list === 'FROM_DATA')) continue
      for (const place of one.places) {
        for (const cell of combinations(members.filter((list) => list !== 'FROM_DATA')))
          this.#cells.set(coordinateOf({ place, members: cell }), { place, members: cell })
      }
    }
  }

  /** A cell that was counted: the reference tables were other ones when it happened. */
  meet(cell: CellPlace): void {
    if (this.#cells.size > 0) this.#cells.delete(coordinateOf(cell))
  }

  left(): Iterable<CellPlace> {
    return this.#cells.values()
  }
}

function combinations(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (tuples, members) => tuples.flatMap((tuple) => members.map((member) => [...tuple, member])),
    [[]],
  )
}
