import type { FreshnessState } from '../../lib/now-view.ts'
import { freshnessOf } from './freshness.ts'
import { lastHour } from './last-hour.ts'
import type { Snapshot } from './now-feed.ts'
import type { ChannelCount, NowTotals, RefusalCount, VenueCount } from './now-source.ts'

/** `GET /api/v1/now` as JSON. Instants are ISO 8601 in UTC. */
export interface NowDocument {
  readonly asOf: string
  /** Brussels day of the totals. */
  readonly day: string
  readonly freshness: {
    readonly state: FreshnessState
    /** Every check-in accepted up to here is counted. */
    readonly completeUntil: string
    readonly lagSeconds: number
    /** Journal records that are not loaded yet. */
    readonly waiting: number
  }
  readonly totals: NowTotals
  readonly minutes: readonly { readonly minute: string; readonly checkins: number; readonly provisional: boolean }[]
  readonly channels: readonly ChannelCount[]
  readonly venues: readonly VenueCount[]
  readonly refusals: readonly RefusalCount[]
}

/** The figures as data; `null` while there are none. */
export function nowDocument(snapshot: Snapshot): NowDocument | null {
  if (!snapshot.latest) return null
  const { figures } = snapshot.latest
  const { state, completeUntil, lagMs, waiting } = freshnessOf(snapshot)
  const complete = completeUntil ?? figures.asOf
  return {
    asOf: new Date(figures.asOf).toISOString(),
    day: figures.day,
    freshness: { state, completeUntil: new Date(complete).toISOString(), lagSeconds: Math.round(lagMs / 100) / 10, waiting },
    totals: figures.totals,
    minutes: lastHour(figures, complete).map(({ minute, checkins, provisional }) => ({
      minute: new Date(minute).toISOString(),
      checkins,
      provisional,
    })),
    channels: figures.channels,
    venues: figures.venues,
    refusals: figures.refusals,
  }
}
