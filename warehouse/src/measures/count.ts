import { ROUNDING_BASES } from '@zuil/core'
import { CUBES } from '../figures/cubes/cubes.ts'
import type { CellStatus } from '../figures/published-cells.ts'
import type { CellPart } from './measure.ts'

/** A count as it is known: exact, or rounded, and then whole numbers from `from` to `to` are possible. 0 unless `ok`. */
export interface Count {
  readonly status: CellStatus
  readonly value: number
  readonly from: number
  readonly to: number
  /** Variance that the rounding adds. */
  readonly noise: number
}

export function exactCount(value: number): Count {
  return { status: 'ok', value, from: value, to: value, noise: 0 }
}

/** A value that was rounded at random to a multiple of `base`; of several cells together when `cells` is more. */
export function roundedCount(value: number, base: number, cells = 1): Count {
  const most = (base - 1) * cells
  return { status: 'ok', value, from: Math.max(0, value - most), to: value + most, noise: (cells * (base * base - 1)) / 6 }
}

export function noCount(status: Exclude<CellStatus, 'ok'>): Count {
  return { status, value: 0, from: 0, to: 0, noise: 0 }
}

/** Counts of different people, or of different facts, together. One that is withheld withholds the sum. */
export function sumOfCounts(counts: readonly Count[]): Count {
  const [first] = counts
  if (first && counts.length === 1) return first
  const status = worstStatus(counts)
  if (status === 'withheld' || status === 'na') return noCount(status)
  const sum = (of: (count: Count) => number) => counts.reduce((all, count) => all + of(count), 0)
  return {
    status,
    value: sum(({ value }) => value),
    from: sum(({ from }) => from),
    to: sum(({ to }) => to),
    noise: sum(({ noise }) => noise),
  }
}

const BY_WEIGHT: readonly CellStatus[] = ['structural_zero', 'ok', 'na', 'withheld']

/** What several counts allow to be said: withheld before not applicable before a number. */
export function worstStatus(counts: readonly Pick<Count, 'status'>[]): CellStatus {
  return counts.reduce<CellStatus>(
    (worst, { status }) => (BY_WEIGHT.indexOf(status) > BY_WEIGHT.indexOf(worst) ? status : worst),
    'structural_zero',
  )
}

/** What published values of a column are multiples of. */
export function roundingBaseOf({ cube }: Pick<CellPart, 'cube'>, column: string): number {
  return CUBES[cube].columns.find(({ id }) => id === column)?.roundingBase ?? ROUNDING_BASES.holders
}
