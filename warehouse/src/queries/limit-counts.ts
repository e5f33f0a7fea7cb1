import { brusselsDay, DAY_MS, formatDay, OFFLINE_DAYS_MAX, type PeriodType, parseDay, periodBucket, startOfDay } from '@zuil/core'
import type { Warehouse } from '../warehouse.ts'

/** What was taken of one counter of limits, quota or stock in one calendar bucket. */
export interface LimitCount {
  /** Dense number of the holder; of the reward, for its stock; of the event, for its tickets. */
  readonly owner: number
  /** Counter of a guard, e.g. `checkins/4711`. */
  readonly counter: string
  readonly period: PeriodType
  /** Key of the bucket, e.g. `2026-W47`; empty for ABSOLUTE. */
  readonly bucket: string
  /** Epoch ms of the end of the bucket; absent for ABSOLUTE. */
  readonly endsAt?: number
  readonly count: number
}

/** A void that was taken back: its counter says that it cannot be taken back twice. */
export interface VoidedTransaction {
  readonly id: string
  readonly holder: number
}

/** The first day of each bucket stands for the bucket; its key is made where all keys are made, in core. */
const LIMIT_COUNTS_SQL = `SELECT
    owner,
    counter,
    period,
    multiIf(
        period = 'DAY', occurred_on,
        period = 'WEEK', toMonday(occurred_on),
        period = 'MONTH', toStartOfMonth(occurred_on),
        period = 'QUARTER', toStartOfQuarter(occurred_on),
        period = 'YEAR', toStartOfYear(occurred_on),
        toDate('1970-01-01')
    ) AS firstDay,
    count() AS count
FROM (
    SELECT
        holder AS owner,
        concat('checkins/', toString(event_number)) AS counter,
        toString(limit_period) AS period,
        occurred_on
    FROM transactions FINAL
    WHERE empty(flags) AND limit_period != ''
    UNION ALL
    SELECT
        multiIf(startsWith(take, '~'), reward_number, startsWith(take, '@'), event_number, holder) AS owner,
        replaceRegexpOne(take, '^[~@]?(\\S+) \\S+$', '\\1') AS counter,
        replaceRegexpOne(take, '^\\S+ ', '') AS period,
        occurred_on
    FROM (SELECT holder, reward_number, event_number, occurred_on, toString(arrayJoin(takes)) AS take FROM transactions FINAL)
)
WHERE period = 'ABSOLUTE'
    OR (period = 'DAY' AND occurred_on >= {day:Date})
    OR (period = 'WEEK' AND occurred_on >= {week:Date})
    OR (period = 'MONTH' AND occurred_on >= {month:Date})
    OR (period = 'QUARTER' AND occurred_on >= {quarter:Date})
    OR (period = 'YEAR' AND occurred_on >= {year:Date})
GROUP BY owner, counter, period, firstDay`

const VOIDED_SQL = `SELECT DISTINCT toString(id) AS id, holder
FROM transactions
WHERE voided = 1`

/**
 * The counters of limits, quota and stock that still matter at `now` (epoch ms): of buckets that run, and of buckets that ended so
 * recently that a device may still bring a fact of them. Flagged facts took no part of a limit.
 */
export async function* limitCounts(warehouse: Pick<Warehouse, 'stream'>, now: number): AsyncGenerator<LimitCount[]> {
  const oldest = now - OFFLINE_DAYS_MAX * DAY_MS
  const parameters = {
    day: firstDayOf('DAY', oldest),
    week: firstDayOf('WEEK', oldest),
    month: firstDayOf('MONTH', oldest),
    quarter: firstDayOf('QUARTER', oldest),
    year: firstDayOf('YEAR', oldest),
  }
  for await (const rows of warehouse.stream<LimitRow>(LIMIT_COUNTS_SQL, parameters, 'limit counts')) yield rows.map(countOf)
}

/** Every voided transaction, in portions. */
export function voidedTransactions(warehouse: Pick<Warehouse, 'stream'>): AsyncIterable<VoidedTransaction[]> {
  return warehouse.stream<VoidedTransaction>(VOIDED_SQL, {}, 'voided transactions')
}

interface LimitRow {
  readonly owner: number
  readonly counter: string
  readonly period: PeriodType
  readonly firstDay: string
  readonly count: number
}

function countOf({ owner, counter, period, firstDay, count }: LimitRow): LimitCount {
  const { key, endsAt } = periodBucket(period, startOfDay(parseDay(firstDay) ?? 0))
  return { owner, counter, period, bucket: key, ...(endsAt === undefined ? {} : { endsAt }), count }
}

/** First day of the bucket that an instant falls in. Buckets follow each other, so the one before ends where it begins. */
function firstDayOf(period: PeriodType, instant: number): string {
  const { key } = periodBucket(period, instant)
  let day = brusselsDay(instant)
  while (periodBucket(period, startOfDay(day - 1)).key === key) day--
  return formatDay(day)
}
