import { CLEAR_ERRORS, type Estimate } from '@zuil/warehouse'

/**
 * How much of a difference may be chance, by what the figure is:
 * - COUNT: people who come one by one, per something that hardly changes: as many as were counted, give or take its square root;
 * - SHARE: a share of so many people;
 * - SPREAD: something that each person does often or never: what the pairs themselves differ by is all that is known.
 */
export const CHANCES = ['COUNT', 'SHARE', 'SPREAD'] as const
export type Chance = (typeof CHANCES)[number]

/** A published figure with how many it is made of. */
export interface Counted {
  readonly estimate: Estimate
  /** Those who were counted, or the whole of a share; absent where it is not published. */
  readonly count?: number | undefined
}

/** A difference of two published figures; its bounds are those of the rounding, the variance that of chance. */
export interface Step {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly variance: number
}

/** A mean difference; `low` to `high` holds the true one, but for one time in twenty. */
export interface Difference {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly isClear: boolean
}

/** Pairs that a spread needs: of two the spread says next to nothing. */
export const SPREAD_PAIRS_MIN = 3
/** Student's t, 95 % on both sides, by degrees of freedom: the usual table. */
const T_95 = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201] as const

/** From one figure to another; undefined where one of them is not published. */
export function stepOf(before: Counted | undefined, after: Counted | undefined, chance: Chance): Step | undefined {
  if (!before || !after || before.estimate.status !== 'ok' || after.estimate.status !== 'ok') return undefined
  const [one, other] = [before.estimate, after.estimate]
  const variance = varianceOf(before, chance) + varianceOf(after, chance)
  // a figure that one knows no upper bound of, or no count, says nothing of a difference
  if (one.high === undefined || other.high === undefined || Number.isNaN(variance)) return undefined
  return { value: other.value - one.value, low: other.low - one.high, high: other.high - one.low, variance }
}

/** How much further the first step went than the second. */
export function stepBeyond(own: Step, other: Step): Step {
  return {
    value: own.value - other.value,
    low: own.low - other.high,
    high: own.high - other.low,
    variance: own.variance + other.variance,
  }
}

/** The mean of steps; undefined where there are too few of them to say how much may be chance. */
export function differenceOf(steps: readonly Step[], chance: Chance): Difference | undefined {
  const count = steps.length
  if (count === 0 || (chance === 'SPREAD' && count < SPREAD_PAIRS_MIN)) return undefined
  const mean = (of: (step: Step) => number) => steps.reduce((sum, step) => sum + of(step), 0) / count
  const value = mean(({ value }) => value)
  const margin = chance === 'SPREAD' ? spread(steps, value) : CLEAR_ERRORS * Math.sqrt(mean(({ variance }) => variance) / count)
  const [low, high] = [mean((step) => step.low) - margin, mean((step) => step.high) + margin]
  return { value, low, high, isClear: low > 0 || high < 0 }
}

function spread(steps: readonly Step[], mean: number): number {
  const freedom = steps.length - 1
  const variance = steps.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / freedom
  const t = T_95[freedom - 1] ?? T_95[T_95.length - 1] ?? 0
  return t * Math.sqrt(variance / steps.length)
}

/** NaN where the count that it needs is not published. */
function varianceOf({ estimate: { value }, count }: Counted, chance: Chance): number {
  switch (chance) {
    case 'SPREAD':
      return 0
    case 'COUNT':
      // of nobody at all one more might as well have come
      return count === undefined ? Number.NaN : count === 0 ? 0 : value ** 2 / count
    case 'SHARE':
      return count === undefined || count === 0 ? Number.NaN : (value * (100 - value)) / count
  }
}
