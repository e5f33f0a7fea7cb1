import type { Population } from './population.ts'

/** A prime above any number of passholders here: stepping by it reaches each one once before it starts again. */
const STEP = 15_485_863

export interface Visit {
  readonly passholder: number
  readonly event: number
}

/** How many there are to pair: holders with events, or with whatever else each of them takes once. */
export type Crowd = Pick<Population, 'passholders' | 'events'>

/** Visits that differ in holder or event; behind the last one they would begin again. */
export function visitsMax(population: Crowd): number {
  return population.passholders * population.events
}

/**
 * Visit number `sequence`: holders come in scattered order, each once, and then again with another event. So no two visits
 * share both, and no limit per holder and event refuses any of them.
 */
export function visit(population: Crowd, sequence: number): Visit {
  const { passholders, events } = population
  const round = Math.floor(sequence / passholders)
  const passholder = ((sequence % passholders) * STEP) % passholders
  return { passholder, event: (passholder + round) % events }
}
