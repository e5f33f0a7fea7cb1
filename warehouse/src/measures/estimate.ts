import type { CellStatus } from '../figures/published-cells.ts'
import { type Count, worstStatus } from './count.ts'
import type { Band } from './measure.ts'

/** Rates of fewer than this say too much about each of them. */
export const RATE_WHOLE_MIN = 50
/** From this many on a rate has one decimal; below it none, which the rounding could not bear. */
export const DECIMAL_WHOLE_MIN = 4_000
/** A difference is clear when it is more than so many standard errors: one in twenty would be chance. */
export const CLEAR_ERRORS = 2
/** A standardised difference speaks for the whole when the groups that it could use make up this much of it. */
export const STANDARD_COVERED_MIN = 0.8

/** Whether counts are as they are, or as they may be seen; then what is made of them follows the rules for publication. */
export type Basis = 'EXACT' | 'PUBLISHED'

/** A figure as it may be said. `low` to `high` holds the true value; a missing `high` is open. 0 unless `ok`. */
export interface Estimate {
  readonly status: CellStatus
  readonly value: number
  readonly low: number
  readonly high?: number
  readonly decimals: number
  /** Of differences: whether it is more than chance and rounding make. */
  readonly isClear?: boolean
}

/** A share with what is needed to compare it with another; all between 0 and 1. */
export interface Proportion {
  readonly status: CellStatus
  readonly value: number
  readonly low: number
  readonly high: number
  /** Of chance and of the rounding together. */
  readonly variance: number
  readonly whole: number
}

export function noEstimate(status: Exclude<CellStatus, 'ok'>): Estimate {
  return { status, value: 0, low: 0, high: 0, decimals: 0 }
}

export function proportionOf(
  part: Count,
  whole: Count,
  { basis, wholeMin = 0 }: { basis: Basis; wholeMin?: number },
): Proportion {
  const none = { value: 0, low: 0, high: 0, variance: 0, whole: whole.value }
  const status = worstStatus([part, whole])
  if (status === 'withheld' || status === 'na') return { ...none, status }
  if (whole.value === 0 || whole.value < wholeMin) return { ...none, status: 'na' }
  if (basis === 'PUBLISHED' && whole.value < RATE_WHOLE_MIN) return { ...none, status: 'withheld' }
  const value = Math.min(1, part.value / whole.value)
  const rounding = (part.noise + value * value * whole.noise) / (whole.value * whole.value)
  return {
    status: 'ok',
    value,
    low: whole.to === 0 ? 0 : Math.min(1, part.from / whole.to),
    high: whole.from === 0 ? 1 : Math.min(1, part.to / whole.from),
    variance: (value * (1 - value)) / whole.value + rounding,
    whole: whole.value,
  }
}

export function percentage(proportion: Proportion, basis: Basis): Estimate {
  if (proportion.status !== 'ok') return noEstimate(proportion.status)
  const { value, low, high, whole } = proportion
  return said({ value: value * 100, low: low * 100, high: high * 100 }, decimalsOf(whole), basis)
}

/** In percentage points. */
export function difference(one: Proportion, other: Proportion, basis: Basis): Estimate {
  const status = worstStatus([one, other])
  if (status !== 'ok') return noEstimate(status)
  const value = one.value - other.value
  const points = { value: value * 100, low: (one.low - other.high) * 100, high: (one.high - other.low) * 100 }
  return {
    ...said(points, decimalsOf(Math.min(one.whole, other.whole)), basis),
    isClear: isClear(value, one.variance + other.variance),
  }
}

/** A group of both sides with its weight in the standard. */
export interface Stratum {
  readonly one: Proportion
  readonly other: Proportion
  readonly weight: Count
}

/** Difference in percentage points as if both sides were spread over the strata like the standard. */
export function standardisedDifference(strata: readonly Stratum[], basis: Basis): Estimate {
  const weightOf = (some: readonly Stratum[]) => some.reduce((sum, { weight }) => sum + weight.value, 0)
  const usable = strata.filter(({ one, other, weight }) => worstStatus([one, other, weight]) === 'ok')
  const weights = weightOf(usable)
  if (weights === 0) return noEstimate(strata.some(({ one }) => one.status === 'withheld') ? 'withheld' : 'na')
  if (basis === 'PUBLISHED' && weights < weightOf(strata) * STANDARD_COVERED_MIN) return noEstimate('withheld')
  const mean = (of: (stratum: Stratum) => number) =>
    usable.reduce((sum, stratum) => sum + (stratum.weight.value / weights) * of(stratum), 0)
  const value = mean(({ one, other }) => one.value - other.value)
  const variance = usable.reduce(
    (sum, { one, other, weight }) => sum + (weight.value / weights) ** 2 * (one.variance + other.variance),
    0,
  )
  const points = {
    value: value * 100,
    low: mean(({ one, other }) => one.low - other.high) * 100,
    high: mean(({ one, other }) => one.high - other.low) * 100,
  }
  return { ...said(points, 0, basis), isClear: isClear(value, variance) }
}

/** Share divided by share. */
export function quotient(
  one: Proportion,
  other: Proportion,
  { basis, scale, decimals }: { basis: Basis; scale: number; decimals: number },
): Estimate {
  const status = worstStatus([one, other])
  if (status !== 'ok') return noEstimate(status)
  if (other.value === 0) return noEstimate('na')
  const value = (one.value / other.value) * scale
  const bounds = { value, low: (one.low / other.high) * scale, ...(other.low > 0 && { high: (one.high / other.low) * scale }) }
  return { ...said(bounds, decimals, basis), isClear: isClear(one.value - other.value, one.variance + other.variance) }
}

/** People per inhabitant or the like; may be more than all, and is not one's own count. */
export function rateOfReference(of: Count, persons: Count, { basis, scale }: { basis: Basis; scale: number }): Estimate {
  if (basis === 'PUBLISHED' && persons.status === 'ok' && persons.value < RATE_WHOLE_MIN) return noEstimate('withheld')
  return ratio(of, persons, { basis, scale, decimals: scale > 100 ? 1 : decimalsOf(persons.value) })
}

/** A column per person, or per something else. */
export function ratio(
  of: Count,
  per: Count,
  { basis, scale, decimals }: { basis: Basis; scale: number; decimals: number },
): Estimate {
  const status = worstStatus([of, per])
  if (status === 'withheld' || status === 'na') return noEstimate(status)
  if (per.value === 0) return noEstimate('na')
  const bounds = {
    value: (of.value / per.value) * scale,
    low: (of.from / per.to) * scale,
    ...(per.from > 0 && { high: (of.to / per.from) * scale }),
  }
  return said(bounds, decimals, basis)
}

export function amount(of: Count, scale: number, basis: Basis): Estimate {
  if (of.status !== 'ok') return noEstimate(of.status)
  return said(
    { value: of.value * scale, low: of.from * scale, high: of.to * scale },
    basis === 'EXACT' && scale === 0.01 ? 2 : 0,
    basis,
  )
}

/** The band that holds the middle one; within it as if all were spread evenly. */
export function medianOf(bands: readonly { readonly band: Band; readonly count: Count }[], basis: Basis): Estimate {
  const status = worstStatus(bands.map(({ count }) => count))
  if (status !== 'ok') return noEstimate(status)
  const middle = middleBand(bands.map(({ count }) => count.value))
  if (middle === undefined) return noEstimate('na')
  const lowest = middleBand(bands.map(({ count }, index) => (index <= middle.index ? count.to : count.from)))
  const highest = middleBand(bands.map(({ count }, index) => (index < middle.index ? count.from : count.to)))
  const bandAt = (index = middle.index): Pick<Band, 'from' | 'to'> => bands[index]?.band ?? { from: 0 }
  const band = bandAt()
  const to = band.to ?? band.from
  const high = bandAt(highest?.index).to
  const value = Math.min(to, Math.max(band.from, band.from - 0.5 + middle.within * (to - band.from + 1)))
  return said({ value, low: bandAt(lowest?.index).from, ...(high !== undefined && { high }) }, 1, basis)
}

function middleBand(counts: readonly number[]): { readonly index: number; readonly within: number } | undefined {
  const half = counts.reduce((sum, count) => sum + count, 0) / 2
  let before = 0
  for (const [index, count] of counts.entries()) {
    if (count > 0 && before + count >= half) return { index, within: (half - before) / count }
    before += count
  }
  return undefined
}

function decimalsOf(whole: number): number {
  return whole >= DECIMAL_WHOLE_MIN ? 1 : 0
}

function isClear(value: number, variance: number): boolean {
  return Math.abs(value) > CLEAR_ERRORS * Math.sqrt(variance)
}

/** What may be seen is rounded to its decimals, its bounds outwards, so that the true value stays inside. */
function said(bounds: { value: number; low: number; high?: number }, decimals: number, basis: Basis): Estimate {
  if (basis === 'EXACT') return { status: 'ok', ...bounds, decimals: Math.max(1, decimals) }
  const factor = 10 ** decimals
  return {
    status: 'ok',
    value: Math.round(bounds.value * factor) / factor,
    low: Math.floor(bounds.low * factor) / factor,
    ...(bounds.high !== undefined && { high: Math.ceil(bounds.high * factor) / factor }),
    decimals,
  }
}
