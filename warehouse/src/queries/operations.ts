import { brusselsDay, DAY_MS, formatDay } from '@zuil/core'
import type { Warehouse } from '../warehouse.ts'

/** For who runs the platform: loads, devices and releases. Counts only, nothing about persons. */
export interface OperationsFigures {
  /** The last days with check-ins, newest first. */
  readonly days: readonly DayLoad[]
  /** Over the same days, most first. */
  readonly refusals: readonly { readonly reason: string; readonly refusals: number }[]
  /** Heard in the last 28 days, but not in the last 24 hours; the longest silence first. */
  readonly silentKiosks: readonly SilentKiosk[]
  /** Newest first, those that failed their audit too. */
  readonly releases: readonly ReleaseRecord[]
}

export interface DayLoad {
  /** `yyyy-mm-dd` in Brussels. */
  readonly day: string
  readonly checkins: number
  /** Check-ins of its busiest minute, and epoch ms of that minute's start. */
  readonly peak: number
  readonly peakAt: number
}

export interface SilentKiosk {
  readonly kiosk: string
  readonly name: string
  /** Name of its card system; empty when it is not known. */
  readonly region: string
  /** Epoch ms. */
  readonly lastAt: number
}

export interface ReleaseRecord {
  readonly release: number
  /** Epoch ms. */
  readonly publishedAt: number
  /** `FAILED`: its audit found something, so that nobody reads it. */
  readonly state: 'PUBLISHED' | 'FAILED'
  /** 1: its period was not over. */
  readonly provisional: 0 | 1
  readonly period: string
  readonly threshold: number
  readonly cells: number
  readonly withheld: number
  /** What the audit counted, as JSON; numbers only. */
  readonly audit: string
  /** Decimal text. */
  readonly contentHash: string
}

/** Days that are looked back on. */
export const OPERATIONS_DAYS = 28
const KIOSKS_MAX = 200
const RELEASES_MAX = 200

const DAYS_SQL = `SELECT toString(day) AS day, sum(counted) AS checkins, max(counted) AS peak, toUnixTimestamp(argMax(minute, counted)) * 1000 AS peakAt
FROM (
    SELECT occurred_on AS day, toStartOfMinute(occurred_at) AS minute, count() AS counted
    FROM transactions FINAL
    PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
    WHERE kind = 'CHECKIN'
    GROUP BY day, minute
)
GROUP BY day
ORDER BY day DESC`

const REFUSALS_SQL = `SELECT toString(reason) AS reason, sum(times) AS refusals
FROM refusals FINAL
PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
GROUP BY reason
ORDER BY refusals DESC, reason`

const SILENT_SQL = `SELECT seen.device AS kiosk, installed.name AS name, region.name AS region, toUnixTimestamp64Milli(seen.last_at) AS lastAt
FROM (
    SELECT device, max(occurred_at) AS last_at
    FROM transactions FINAL
    PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
    WHERE kind = 'CHECKIN' AND device != ''
    GROUP BY device
) AS seen
INNER JOIN kiosks_now AS installed ON installed.kiosk = seen.device
LEFT JOIN card_systems_now AS region ON region.card_system = installed.card_system
WHERE seen.last_at <= fromUnixTimestamp64Milli({heardBefore:Int64}, 'UTC')
ORDER BY lastAt, kiosk
LIMIT {limit:UInt32}`

const RELEASES_SQL = `SELECT release, toUnixTimestamp64Milli(published_at) AS publishedAt, toString(state) AS state,
    provisional, toString(period) AS period, threshold, cells, withheld, audit, toString(content_hash) AS contentHash
FROM releases FINAL
ORDER BY release DESC
LIMIT {limit:UInt32}`

/** @param now epoch ms */
export async function operationsFigures(warehouse: Pick<Warehouse, 'query'>, now: number): Promise<OperationsFigures> {
  const today = brusselsDay(now)
  const days = { firstDay: formatDay(today - OPERATIONS_DAYS + 1), lastDay: formatDay(today) }
  const silence = { ...days, heardBefore: now - DAY_MS, limit: KIOSKS_MAX }
  const [loads, refusals, silentKiosks, releases] = await Promise.all([
    warehouse.query<DayLoad>(DAYS_SQL, days, 'operations: days'),
    warehouse.query<OperationsFigures['refusals'][number]>(REFUSALS_SQL, days, 'operations: refusals'),
    warehouse.query<SilentKiosk>(SILENT_SQL, silence, 'operations: silent kiosks'),
    warehouse.query<ReleaseRecord>(RELEASES_SQL, { limit: RELEASES_MAX }, 'operations: releases'),
  ])
  return { days: loads, refusals, silentKiosks, releases }
}
