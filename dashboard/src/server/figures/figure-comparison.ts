import type { Estimate, Unit } from '@zuil/warehouse'
import { isApart } from './figure-data.ts'
import type { FigureWriting } from './figure-writing.ts'

/** What a number stands beside: the period before, or another place, by its name. */
export interface Beside {
  readonly kind: 'previous' | 'place'
  readonly name: string
}

/**
 * A number beside another one of the same kind, in words: `1,2 procentpunt hoger dan in 2024`, or that there is no clear difference.
 * Empty where there is nothing to compare.
 */
export function comparisonOf(
  [own, other]: readonly [own: Estimate, other: Estimate | undefined],
  { unit, beside: { kind, name } }: { readonly unit: Unit; readonly beside: Beside },
  writing: FigureWriting,
): string {
  const { comparison } = writing.words
  if (own.status !== 'ok' || !other || other.status === 'na') return ''
  if (other.status !== 'ok') return comparison.withheld(name)
  if (!isApart(own, other)) return comparison.alike(name)
  const decimals = Math.min(own.decimals, other.decimals)
  const by = writing.value(Math.abs(own.value - other.value), unit === 'PERCENT' ? 'PERCENTAGE_POINTS' : unit, decimals)
  const isCount = unit === 'COUNT' || unit === 'POINTS' || unit === 'EURO'
  const [up, down] = isCount ? [comparison.more, comparison.fewer] : [comparison.higher, comparison.lower]
  return (own.value > other.value ? up : down)(by, kind === 'previous' ? comparison.period(name) : comparison.place(name))
}
