import { parseDay } from '@zuil/core'
import { readTable } from '../facts/table.ts'

/** Figures that were published, and what of a history is compared with them. */
export const METRICS = [
  'passholders',
  'municipalities',
  'organizers',
  'social-tariff-share',
  'check-ins',
  'points-redeemed-share',
  'points-per-reward',
  'rewards-taken',
  'active-savers-share',
  'points-per-active-saver',
  'local-government-share',
  'sport-of-refunds-share',
  'discount',
  'library-rank',
  'pool-rank',
] as const
export type Metric = (typeof METRICS)[number]

/** One published figure. Days count from 1 January 1970, both inclusive. */
export interface Target {
  readonly metric: Metric
  /** `all`, a municipality, or Brussel for the region. */
  readonly scope: string
  /** 0 for a stock, which is that of `until`. */
  readonly from: number
  readonly until: number
  readonly value: number
  readonly unit: string
  /** How far a history may be off: in the unit, or with % as a share of the value. */
  readonly tolerance: string
  readonly source: string
}

export function readTargets(): readonly Target[] {
  return readTable('calibration').map((row) => {
    const metric = METRICS.find((known) => known === row.metric)
    if (!metric) throw new RangeError(`There is no metric ${row.metric}`)
    const { scope = '', from = '', until = '', unit = '', tolerance = '', source = '' } = row
    return {
      metric,
      scope,
      from: parseDay(from) ?? 0,
      until: parseDay(until) ?? 0,
      value: Number(row.value),
      unit,
      tolerance,
      source,
    }
  })
}

/** Whether a value is as near to the target as its tolerance asks. */
export function isWithin({ value, tolerance }: Pick<Target, 'value' | 'tolerance'>, got: number): boolean {
  const amount = Number.parseFloat(tolerance)
  const most = tolerance.endsWith('%') ? (value * amount) / 100 : amount
  return Math.abs(got - value) <= most
}
