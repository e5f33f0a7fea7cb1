import { CELL_STATES, type Cells, type Figures, HEADLINES } from './cells.ts'
import type { Narrowing } from './intervals.ts'
import type { Relations } from './relation.ts'

/** How far the reasons of a figure's bounds are followed for a cell to withhold. */
const FIGURES_LOOKED_AT_MAX = 10_000

export interface RepairPlace {
  readonly relations: Relations
  /** What a reader has worked out, and by which relations. */
  readonly narrowing: Pick<Narrowing, 'reasonsOf'>
  readonly cells: Cells
  readonly figures: Figures
  readonly states: Uint8Array
  /** Cells that are withheld in this round already. */
  readonly chosen: ReadonlySet<number>
}

/**
 * The cell to withhold so that a figure can no longer be worked out as closely: of the relations that its bounds came from the open
 * cell with the fewest people; where they have none, of the relations that the bounds of their other members came from, and
 * so on; a headline when nothing else is open. Undefined when there is none, or one of this round helps already.
 */
export function cellToWithhold(figure: number, place: RepairPlace): number | undefined {
  for (const dearest of [HEADLINES.no, HEADLINES.lastResort]) {
    const found = alongReasons(figure, place, dearest)
    if (found === 'HELPED') return undefined
    if (found !== undefined) return found
  }
  return undefined
}

function alongReasons(figure: number, place: RepairPlace, dearest: number): number | 'HELPED' | undefined {
  const seen = new Set([figure])
  for (const next of seen) {
    for (const relation of place.narrowing.reasonsOf(next)) {
      const found = inRelation(relation, place, dearest)
      if (found !== undefined) return found
      for (const member of membersOf(relation, place)) if (seen.size < FIGURES_LOOKED_AT_MAX) seen.add(member)
    }
  }
  return undefined
}

/**
 * The open cell of a relation with the fewest people, so that totals stay. `HELPED` when one of its cells is withheld in this
 * round anyway.
 */
function inRelation(relation: number, place: RepairPlace, dearest: number): number | 'HELPED' | undefined {
  const { relations, cells, figures, states, chosen } = place
  let best: number | undefined
  const parts = relations.parts(relation)
  for (let index = -1; index < parts.length; index++) {
    const member = index < 0 ? relations.whole(relation) : (parts[index] ?? 0)
    if (member >= figures.count) continue
    const cell = figures.cellOf(member)
    if (chosen.has(cell)) return 'HELPED'
    if (states[cell] !== CELL_STATES.open || (cells.headlines[cell] ?? 0) > dearest) continue
    const people = cells.people[cell] ?? 0
    const least = best === undefined ? Number.POSITIVE_INFINITY : (cells.people[best] ?? 0)
    if (people < least || (people === least && cell < (best ?? cell))) best = cell
  }
  return best
}

function* membersOf(relation: number, { relations }: RepairPlace): Generator<number> {
  yield relations.whole(relation)
  yield* relations.parts(relation)
}
