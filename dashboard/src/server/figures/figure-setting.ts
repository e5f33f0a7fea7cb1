import { parseReportingPeriod, previousPeriod, type ReportingPeriod } from '@zuil/core'
import type { Measure, Release } from '@zuil/warehouse'
import type { Annotation } from '../notebook/annotation.ts'
import type { Target } from '../notebook/targets.ts'
import type { FigureReader } from '../scope/figure-reader.ts'
import type { Scope } from '../scope/scope.ts'
import type { FigureWriting } from './figure-writing.ts'
import type { TitleBook } from './title-book.ts'

/** What the figures of one view are about, who reads them, and where they come from. */
export interface FigureSetting {
  readonly reader: Pick<FigureReader, 'figures' | 'peers' | 'cells' | 'openCounts'>
  readonly scope: Scope
  readonly releases: readonly Release[]
  /** `municipality:73107` */
  readonly place: string
  /** Municipalities of the chosen place that the reader may read: of a region its members, of all of them every one. */
  readonly municipalities: readonly string[]
  /** Organizers of the chosen place that the reader may read. */
  readonly organizers: readonly string[]
  /** What people noted about the place and those around it, oldest first. */
  readonly annotations: readonly Annotation[]
  /** What a region agreed to reach. */
  readonly targets: readonly Target[]
  readonly period: ReportingPeriod
  /** What rows stand beside; absent: nothing. */
  readonly beside?: { readonly kind: 'previous' } | { readonly kind: 'place'; readonly place: string }
  readonly writing: FigureWriting
  /** Titles of events or rewards, by what cells call them. */
  readonly titles: Pick<TitleBook, 'titlesOf'>
}

/** The release that answers for a period. */
export interface Published {
  readonly release: Release
  readonly period: ReportingPeriod
}

/** Periods of one figure over time: what still fits a telephone with readable letters. */
export const PERIODS_MAX = 8
/** Cohorts of a triangle. */
export const COHORTS_MAX = 12

/**
 * What is published of the chosen period for a measure; where it has no such period, the last one of a kind that it has which is
 * over when the chosen one is.
 */
export function publishedFor(measure: Pick<Measure, 'periods'>, { period, releases }: FigureSetting): Published | undefined {
  const all = publishedOf(releases)
  const same = all.find(({ release }) => release.period === period.key)
  if (same && measure.periods.includes(period.kind)) return same
  const fitting = all.filter((one) => measure.periods.includes(one.period.kind) && one.period.lastDay <= period.lastDay)
  return fitting.reduce<Published | undefined>(
    (last, one) => (last && last.period.lastDay >= one.period.lastDay ? last : one),
    undefined,
  )
}

/** What is published of the period before; undefined when nothing is. */
export function publishedBefore({ period }: Published, { releases }: Pick<FigureSetting, 'releases'>): Published | undefined {
  const { key } = previousPeriod(period)
  return publishedOf(releases).find(({ release }) => release.period === key)
}

/** Up to so many periods of one kind that end with the given one, oldest first. */
export function publishedUntil({ period }: Published, releases: readonly Release[], max: number): readonly Published[] {
  return publishedOf(releases)
    .filter((one) => one.period.kind === period.kind && one.period.firstDay <= period.firstDay)
    .sort((one, other) => one.period.firstDay - other.period.firstDay)
    .slice(-max)
}

/** The valid release of each period: the last one. */
export function publishedOf(releases: readonly Release[]): readonly Published[] {
  const byPeriod = new Map(releases.map((release) => [release.period, release]))
  return [...byPeriod.values()].flatMap((release) => {
    const period = parseReportingPeriod(release.period)
    return period ? [{ release, period }] : []
  })
}
