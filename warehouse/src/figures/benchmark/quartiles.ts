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

/** Quartiles are multiples of this: no one organizer's value can be read off. */
const STEPS: Readonly<Partial<Record<Unit, number>>> = { COUNT: 10, PERCENT: 1, MEAN: 0.1 }

/**
 * Quartiles of published values, rounded; undefined when too few have one, or when one of them makes up most of what is
 * counted. Everybody in the group is told the same, the viewer's own value included: who leaves out what is known of oneself
 * learns of all others together what any other viewer learns.
 */
export function quartilesOf(values: readonly number[], unit: Unit): Quartiles | undefined {
  if (values.length <= PEERS_MIN || (unit === 'COUNT' && !mayBeCompared(values))) return undefined
  const sorted = values.toSorted((a, b) => a - b)
  const step = STEPS[unit] ?? 1
  const at = (share: number) => rounded(between(sorted, share), step)
  return { organizers: values.length, lower: at(0.25), median: at(0.5), upper: at(0.75) }
}

/** The value that a share of the sorted values lies below, between its two neighbours. */
function between(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share
  const low = sorted[Math.floor(position)] ?? 0
  const high = sorted[Math.ceil(position)] ?? low
  return low + (high - low) * (position - Math.floor(position))
}

function rounded(value: number, step: number): number {
  return Math.round(Math.round(value / step) * step * 10) / 10
}
