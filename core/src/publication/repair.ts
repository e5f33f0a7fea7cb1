import { CELL_STATES, type Cells } from './cells.ts'
import type { Bounds } from './intervals.ts'
import type { Incidence, Relations } from './relation.ts'

/** How far around a figure is looked for one to withhold. */
const FIGURES_LOOKED_AT_MAX = 10_000

export interface RepairPlace {
  readonly relations: Relations
  readonly incidence: Incidence
  /** What a reader has worked out. */
  readonly bounds: Bounds
  readonly cells: Cells
  readonly states: Uint8Array
  /** Cells that are withheld in this round already. */
  readonly chosen: ReadonlySet<number>
}

/**
 * The cell to withhold so that a figure can no longer be worked out as closely: the one with the fewest people in the relation
 * that tells most of it; where that has none left, in those of the withheld figures around it. Undefined when there is none,
 * or one of this round helps already.
 */
export function cellToWithhold(figure: number, place: RepairPlace): number | undefined {
  const seen = new Set([figure])
  const queue = [figure]
  for (const next of queue) {
    for (const relation of tellingMost(next, place)) {
      const members = membersOf(relation, place)
      if (members.some((member) => place.chosen.has(member % place.cells.size))) return undefined
      const cheapest = cheapestOpen(members, place)
      if (cheapest !== undefined) return cheapest
      for (const member of members) {
        if (seen.has(member) || seen.size >= FIGURES_LOOKED_AT_MAX) continue
        seen.add(member)
        queue.push(member)
      }
    }
  }
  return undefined
}

/** The relations of a figure, first the one that leaves it the least room. */
function tellingMost(figure: number, place: RepairPlace): readonly number[] {
  const { starts, relations } = place.incidence
  const around = Array.from(relations.subarray(starts[figure], starts[figure + 1]))
  return around
    .map((relation) => ({ relation, room: roomLeft(figure, relation, place) }))
    .sort((a, b) => a.room - b.room || a.relation - b.relation)
    .map(({ relation }) => relation)
}

/** How much room the other members of a relation leave a figure; the bounds of all are known. */
function roomLeft(figure: number, relation: number, { relations, bounds }: RepairPlace): number {
  const whole = relations.whole(relation)
  let room = 0
  for (const member of [whole, ...relations.parts(relation)]) {
    if (member !== figure) room += (bounds.high[member] ?? 0) - (bounds.low[member] ?? 0)
  }
  return room
}

function membersOf(relation: number, { relations }: RepairPlace): readonly number[] {
  return [relations.whole(relation), ...relations.parts(relation)]
}

/** Fewest people first, so that totals stay; headlines never. */
function cheapestOpen(members: readonly number[], { cells, states }: RepairPlace): number | undefined {
  let best: number | undefined
  for (const member of members) {
    const cell = member % cells.size
    if (states[cell] !== CELL_STATES.open || cells.headlines[cell]) continue
    const people = cells.people[cell] ?? 0
    const least = best === undefined ? Number.POSITIVE_INFINITY : (cells.people[best] ?? 0)
    if (people < least || (people === least && cell < (best ?? cell))) best = cell
  }
  return best
}
