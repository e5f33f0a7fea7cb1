import type { Unit } from '../../measures/measure.ts'
import { mayBeCompared, PEERS_MIN } from './peer-groups.ts'

/** The middle half of a group: a quarter lies below `lower`, a quarter above `upper`. */
export interface Quartiles {
  /** How many organizers have a value. */
  readonly organizers: number
  readonly lower: number
  readonly median: number
  readonly upper: number
}

/** Values are rounded to multiples of this before anything is made of them: no one organizer's value can be read off. */
const STEPS: Readonly<Partial<Record<Unit, number>>> = { COUNT: 10, PERCENT: 1, MEAN: 0.1 }

/**
 * Quartiles of published values; undefined when too few have one, or when one of them makes up most of what is counted.
 * Everybody in the group is told the same, the viewer's own value included: who leaves out what is known of oneself learns of all
 * others together what any other viewer learns. Each is the rounded value of an organizer and not a point between two: two points that
 * one value has a part in, each rounded, would narrow it down for all others together.
 */
export function quartilesOf(values: readonly number[], unit: Unit): Quartiles | undefined {
  const step = STEPS[unit] ?? 1
  const known = values.map((value) => rounded(value, step)).sort((a, b) => a - b)
  if (known.length <= PEERS_MIN || (unit === 'COUNT' && !mayBeCompared(known))) return undefined
  // the first value that the share of all does not exceed; of six and more never the least nor the most
  const at = (share: number) => known[Math.ceil(known.length * share) - 1] ?? 0
  return { organizers: known.length, lower: at(0.25), median: at(0.5), upper: at(0.75) }
}

function rounded(value: number, step: number): number {
  return Math.round(Math.round(value / step) * step * 10) / 10
}
