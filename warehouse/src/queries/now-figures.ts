import { brusselsDay, formatDay } from '@zuil/core'
import type { Warehouse } from '../warehouse.ts'

/** Figures of the page "Nu": counts only, voided transactions left out, nothing about persons. */
export interface NowFigures {
  /** Epoch ms. */
  readonly asOf: number
  /** Day in Brussels that "today" means, `yyyy-mm-dd`. */
  readonly day: string
  /** Check-ins of the last hour by the minute in which they happened (epoch ms of its start), ascending; empty minutes are absent. */
  readonly minutes: readonly { readonly minute: number; readonly checkins: number }[]
  /** Today, most first. */
  readonly channels: readonly { readonly channel: string; readonly checkins: number }[]
  /** Today by municipality of the event, most first; `name` is empty when only the code is known. */
  readonly venues: readonly { readonly nis: number; readonly name: string; readonly checkins: number }[]
  /** Today, most first. */
  readonly refusals: readonly { readonly reason: string; readonly refusals: number }[]
  /** Today; the sums of the lists above. */
  readonly totals: { readonly checkins: number; readonly points: number; readonly refusals: number }
}

const MINUTE_MS = 60_000
const MINUTES = 60

/**
 * PREWHERE: rows of other days are dropped before FINAL puts versions together, which takes a quarter of the time in a month
 * of two million rows. It is exact for occurred_on only, because all versions of a key share it.
 */
const MINUTES_SQL = `SELECT toUnixTimestamp(toStartOfMinute(occurred_at)) * 1000 AS minute, count() AS checkins
FROM transactions FINAL
PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
WHERE occurred_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND occurred_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
    AND kind = 'CHECKIN'
GROUP BY minute
ORDER BY minute`

/** One row per channel and municipality: lists and totals of the day come from the same rows, so they add up. */
const TODAY_SQL = `SELECT today.channel AS channel, today.nis AS nis, municipality.name AS name, today.checkins AS checkins, today.points AS points
FROM (
    SELECT channel, venue_nis AS nis, count() AS checkins, sum(points) AS points
    FROM transactions FINAL
    PREWHERE occurred_on = {day:Date}
    WHERE kind = 'CHECKIN'
    GROUP BY channel, nis
) AS today
LEFT JOIN municipalities_now AS municipality ON municipality.nis = today.nis
ORDER BY channel, nis`

const REFUSALS_SQL = `SELECT reason, sum(times) AS refusals
FROM refusals FINAL
PREWHERE occurred_on = {day:Date}
GROUP BY reason
ORDER BY refusals DESC, reason`

export async function nowFigures(warehouse: Pick<Warehouse, 'query'>, now: number): Promise<NowFigures> {
  const day = formatDay(brusselsDay(now))
  const running = Math.floor(now / MINUTE_MS) * MINUTE_MS
  const from = running - (MINUTES - 1) * MINUTE_MS
  const hour = { from, until: running + MINUTE_MS, firstDay: formatDay(brusselsDay(from)), lastDay: day }
  const [minutes, today, refusals] = await Promise.all([
    warehouse.query<NowFigures['minutes'][number]>(MINUTES_SQL, hour, 'now: minutes'),
    warehouse.query<TodayRow>(TODAY_SQL, { day }, 'now: today'),
    warehouse.query<NowFigures['refusals'][number]>(REFUSALS_SQL, { day }, 'now: refusals'),
  ])
  return {
    asOf: now,
    day,
    minutes,
    channels: channelsOf(today),
    venues: venuesOf(today),
    refusals,
    totals: {
      checkins: sumOf(today, ({ checkins }) => checkins),
      points: sumOf(today, ({ points }) => points),
      refusals: sumOf(refusals, (refusal) => refusal.refusals),
    },
  }
}

interface TodayRow {
  readonly channel: string
  readonly nis: number
  readonly name: string
  readonly checkins: number
  readonly points: number
}

function channelsOf(rows: readonly TodayRow[]): NowFigures['channels'] {
  return mostFirst(
    [...Map.groupBy(rows, (row) => row.channel)].map(([channel, of]) => ({
      channel,
      checkins: sumOf(of, (row) => row.checkins),
    })),
  )
}

function venuesOf(rows: readonly TodayRow[]): NowFigures['venues'] {
  return mostFirst(
    [...Map.groupBy(rows, (row) => row.nis)].map(([nis, of]) => ({
      nis,
      name: of[0]?.name ?? '',
      checkins: sumOf(of, (row) => row.checkins),
    })),
  )
}

/** Rows come ordered by their key, and the sort is stable: equal counts keep that order. */
function mostFirst<Row extends { readonly checkins: number }>(rows: Row[]): Row[] {
  return rows.sort((a, b) => b.checkins - a.checkins)
}

function sumOf<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0)
}
