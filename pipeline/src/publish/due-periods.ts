import {
  brusselsDay,
  OFFLINE_DAYS_MAX,
  previousPeriod,
  type ReportingPeriod,
  type ReportingPeriodKind,
  reportingPeriodOf,
} from '@zuil/core'
import type { Cube, Release } from '@zuil/warehouse'

/** A failed release is tried again after a day: by then other people have taken part, or somebody has looked. */
export const FAILED_AGAIN_MS = 86_400_000

/** How often the month that runs gets a provisional release. */
export const PROVISIONAL_EVERY_MS = 6 * 3_600_000

/**
 * How many periods back an installation publishes by itself that has a past but no releases: what a year is compared with, and the
 * year before. What is older is published by hand.
 */
export const PERIODS_BACK: Readonly<Record<ReportingPeriodKind, number>> = { MONTH: 13, QUARTER: 5, SEASON: 2, YEAR: 2 }

/** Parts before what they make up: a whole is published beside its parts, see parts-of-period.ts. */
const KINDS_IN_ORDER = ['MONTH', 'QUARTER', 'SEASON', 'YEAR'] as const

export interface DueOptions {
  readonly cubes: readonly Cube[]
  /** Published ones, oldest first. */
  readonly releases: readonly Release[]
  /** When a release last failed, by period. */
  readonly failures: ReadonlyMap<string, number>
  readonly now: number
  /** Day number of the first transaction; none where there is none, and then nothing is due. */
  readonly since?: number | undefined
}

export interface DuePeriod {
  readonly period: ReportingPeriod
  readonly isProvisional: boolean
}

/**
 * What has to be published by now, from the first transaction on: of each kind the last period that is over, once devices that were offline have had their days to
 * bring what they kept, and again when further cubes say all; those before it that were never published, the newest first; and the
 * month that runs, provisionally.
 */
export function duePeriods(options: DueOptions): readonly DuePeriod[] {
  const { since } = options
  if (since === undefined) return []
  const today = brusselsDay(options.now)
  const closed = KINDS_IN_ORDER.flatMap((kind) => {
    const last = previousPeriod(reportingPeriodOf(kind, today - OFFLINE_DAYS_MAX))
    const before = periodsBefore(last, since).filter(({ key }) => !isPublished(key, options))
    return last.lastDay < since ? [] : [last, ...before]
  })
  const due: DuePeriod[] = closed
    .filter((period) => isDue(period, today - OFFLINE_DAYS_MAX, options))
    .map((period) => ({ period, isProvisional: false }))
  const month = reportingPeriodOf('MONTH', today)
  const last = options.releases.findLast(({ period }) => period === month.key)
  if (!failedLately(month, options) && options.now - (last?.publishedAt ?? 0) >= PROVISIONAL_EVERY_MS)
    due.push({ period: month, isProvisional: true })
  return due
}

/** Of the same kind and with transactions in them, the newest first. */
function periodsBefore(last: ReportingPeriod, since: number): readonly ReportingPeriod[] {
  const periods: ReportingPeriod[] = []
  for (let period = previousPeriod(last); periods.length < PERIODS_BACK[last.kind] - 1; period = previousPeriod(period)) {
    if (period.lastDay < since) break
    periods.push(period)
  }
  return periods
}

function isPublished(key: string, { releases }: DueOptions): boolean {
  return releases.some(({ period, provisional }) => period === key && !provisional)
}

function isDue(period: ReportingPeriod, day: number, options: DueOptions): boolean {
  const ready = options.cubes.filter(
    ({ periods, closesAfterDays }) => periods.includes(period.kind) && period.lastDay + closesAfterDays < day,
  )
  if (ready.length === 0 || failedLately(period, options)) return false
  const last = options.releases.findLast((release) => release.period === period.key && !release.provisional)
  return ready.some(({ id }) => !last?.cubes.includes(id))
}

function failedLately({ key }: ReportingPeriod, { failures, now }: DueOptions): boolean {
  const failedAt = failures.get(key)
  return failedAt !== undefined && now - failedAt < FAILED_AGAIN_MS
}
