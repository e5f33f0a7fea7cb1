import type { Estimate, Unit } from '@zuil/warehouse'
import type { FigureWriting } from './figure-writing.ts'

/**
 * How a shown number stands to what was agreed, in words: reached, how far off, or that the rounding cannot tell. A gap is to become
 * small, whichever side it is on; everything else is to grow.
 */
export function targetStanding(
  own: Estimate,
  { target, unit }: { readonly target: number; readonly unit: Unit },
  writing: FigureWriting,
): string {
  const { targetStandings } = writing.words
  const { value, low, high } = own.isClear === undefined ? own : sizeOf(own)
  const isGap = own.isClear !== undefined
  const left = isGap ? value - target : target - value
  // bounds are wider than the value by what rounding may have moved; of an open end nothing is known
  if (low <= target && target <= (high ?? Number.POSITIVE_INFINITY)) return targetStandings.alike
  if (left <= 0) return targetStandings.reached
  return targetStandings.left(writing.value(left, unit === 'PERCENT' ? 'PERCENTAGE_POINTS' : unit, own.decimals))
}

/** A difference without its side: one whose bounds are on both sides may be nothing. */
function sizeOf({ value, low, high = low }: Estimate): Pick<Estimate, 'value' | 'low' | 'high'> {
  const ends = [Math.abs(low), Math.abs(high)]
  return { value: Math.abs(value), low: low <= 0 && high >= 0 ? 0 : Math.min(...ends), high: Math.max(...ends) }
}
