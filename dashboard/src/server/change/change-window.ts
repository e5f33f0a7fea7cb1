import { previousPeriod, type ReportingPeriod, reportingPeriodOf, samePeriodLastYear } from '@zuil/core'

/** Two periods of the same season: one after the change, and the one that it is compared with. */
export interface Pair {
  readonly after: ReportingPeriod
  readonly before: ReportingPeriod
}

/** Periods around a day. */
export interface ChangeWindow {
  /** All that are shown, oldest first. */
  readonly shown: readonly ReportingPeriod[]
  readonly before: readonly ReportingPeriod[]
  readonly after: readonly ReportingPeriod[]
  /** What is compared, and nothing else. */
  readonly pairs: readonly Pair[]
  /** The one in which it happened where that is neither before nor after. */
  readonly during?: ReportingPeriod
}

/** Quarters on each side: a whole year, so that each season is on both. */
const QUARTERS = 4
/** Months from that of a campaign on; of short ones the last people come some weeks later. */
const MONTHS = 3

/** Four quarters before and four after the one of the day; a quarter is beside the one of the same season before the change. */
export function quartersAround(day: number): ChangeWindow {
  const during = reportingPeriodOf('QUARTER', day)
  const before = backwards(during, QUARTERS)
  const after = forwards(during, QUARTERS)
  // the same seasons in the same order: the first quarter after the change has that of the first one before it but one, and so on
  const pairs = after.flatMap((one) => {
    const same = before.find((other) => other.key.slice(-1) === one.key.slice(-1))
    return same ? [{ after: one, before: same }] : []
  })
  return { shown: [...before, during, ...after], before, after, pairs, during }
}

/** Three months from that of the day on, each beside the same month a year earlier; the three months before it are shown. */
export function monthsAround(day: number): ChangeWindow {
  const first = reportingPeriodOf('MONTH', day)
  const before = backwards(first, MONTHS)
  const after = [first, ...forwards(first, MONTHS - 1)]
  return {
    shown: [...before, ...after],
    before,
    after,
    pairs: after.map((one) => ({ after: one, before: samePeriodLastYear(one) })),
  }
}

/** The last calendar year that ends before the day, and the first that begins on it or later. */
export function yearsAround(day: number): ChangeWindow {
  const own = reportingPeriodOf('YEAR', day)
  const before = previousPeriod(own)
  const after = own.firstDay === day ? own : next(own)
  return { shown: [before, after], before: [before], after: [after], pairs: [{ after, before }] }
}

function next({ kind, lastDay }: ReportingPeriod): ReportingPeriod {
  return reportingPeriodOf(kind, lastDay + 1)
}

function forwards(from: ReportingPeriod, count: number): readonly ReportingPeriod[] {
  const all: ReportingPeriod[] = []
  for (let period = next(from); all.length < count; period = next(period)) all.push(period)
  return all
}

function backwards(from: ReportingPeriod, count: number): readonly ReportingPeriod[] {
  const all: ReportingPeriod[] = []
  for (let period = previousPeriod(from); all.length < count; period = previousPeriod(period)) all.unshift(period)
  return all
}
