import { CELL_STATES, type Cells, type Figures, HEADLINES } from './cells.ts'
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
  readonly figures: Figures
  readonly states: Uint8Array
  /** Cells that are withheld in this round already. */
  readonly chosen: ReadonlySet<number>
}

/**
 * The cell to withhold so that a figure can no longer be worked out as closely: the one with the fewest people in the relation
 * that tells most of it; where that has none left, in those of the withheld figures around it, and at last a headline.
 * Undefined when there is none, or one of this round helps already.
 */
export function cellToWithhold(figure: number, place: RepairPlace): number | undefined {
  const seen = new Set([figure])
  const queue = [figure]
  for (const next of queue) {
    for (const relation of tellingMost(next, place)) {
      const found = inRelation(relation, place, HEADLINES.no)
      if (found === 'HELPED') return undefined
      if (found !== undefined) return found
      for (const member of withheldMembers(relation, place)) {
        if (seen.has(member) || seen.size >= FIGURES_LOOKED_AT_MAX) continue
        seen.add(member)
        queue.push(member)
      }
    }
  }
  for (const relation of tellingMost(figure, place)) {
    const found = inRelation(relation, place, HEADLINES.lastResort)
    if (found !== undefined && found !== 'HELPED') return found
  }
  return undefined
}

/** The relations of a figure, first the one that leaves it the least room. */
function tellingMost(figure: number, place: RepairPlace): readonly number[] {
  const { starts, relations } = place.incidence
  const around = Array.from(relations.subarray(starts[figure], starts[figure + 1]))
  if (around.length === 1) return around
  return around
    .map((relation) => ({ relation, room: roomLeft(figure, relation, place) }))
    .sort((a, b) => a.room - b.room || a.relation - b.relation)
    .map(({ relation }) => relation)
}

/** How much room the other members of a relation leave a figure; the bounds of all are known. */
function roomLeft(figure: number, relation: number, { relations, bounds }: RepairPlace): number {
  const whole = relations.whole(relation)
  const width = (member: number) => (member === figure ? 0 : (bounds.high[member] ?? 0) - (bounds.low[member] ?? 0))
  let room = width(whole)
  for (const part of relations.parts(relation)) room += width(part)
  return room
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

function* withheldMembers(relation: number, { relations, figures, states }: RepairPlace): Generator<number> {
  const isWithheld = (member: number) => member >= figures.count || states[figures.cellOf(member)] !== CELL_STATES.open
  const whole = relations.whole(relation)
  if (isWithheld(whole)) yield whole
  for (const part of relations.parts(relation)) if (isWithheld(part)) yield part
}
