import { brusselsDay, DAY_MS, formatDay, OFFLINE_DAYS_MAX, type PeriodType, parseDay, periodBucket, startOfDay } from '@zuil/core'
import type { Warehouse } from '../warehouse.ts'

/** Check-ins of one holder at one event in one calendar bucket of the limit that applied. */
export interface LimitCount {
  readonly holder: number
  readonly eventNumber: number
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
    holder,
    event_number AS eventNumber,
    limit_period AS period,
    multiIf(
        limit_period = 'DAY', occurred_on,
        limit_period = 'WEEK', toMonday(occurred_on),
        limit_period = 'MONTH', toStartOfMonth(occurred_on),
        limit_period = 'QUARTER', toStartOfQuarter(occurred_on),
        limit_period = 'YEAR', toStartOfYear(occurred_on),
        toDate('1970-01-01')
    ) AS firstDay,
    count() AS count
FROM transactions FINAL
WHERE empty(flags) AND (
    limit_period = 'ABSOLUTE'
    OR (limit_period = 'DAY' AND occurred_on >= {day:Date})
    OR (limit_period = 'WEEK' AND occurred_on >= {week:Date})
    OR (limit_period = 'MONTH' AND occurred_on >= {month:Date})
    OR (limit_period = 'QUARTER' AND occurred_on >= {quarter:Date})
    OR (limit_period = 'YEAR' AND occurred_on >= {year:Date})
)
GROUP BY holder, eventNumber, period, firstDay`

const VOIDED_SQL = `SELECT DISTINCT toString(id) AS id, holder
FROM transactions
WHERE voided = 1`

/**
 * The counters of check-in limits that still matter at `now` (epoch ms): of buckets that run, and of buckets that ended so
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
  readonly holder: number
  readonly eventNumber: number
  readonly period: PeriodType
  readonly firstDay: string
  readonly count: number
}

function countOf({ holder, eventNumber, period, firstDay, count }: LimitRow): LimitCount {
  const { key, endsAt } = periodBucket(period, startOfDay(parseDay(firstDay) ?? 0))
  return { holder, eventNumber, period, bucket: key, ...(endsAt === undefined ? {} : { endsAt }), count }
}

/** First day of the bucket that an instant falls in. Buckets follow each other, so the one before ends where it begins. */
function firstDayOf(period: PeriodType, instant: number): string {
  const { key } = periodBucket(period, instant)
  let day = brusselsDay(instant)
  while (periodBucket(period, startOfDay(day - 1)).key === key) day--
  return formatDay(day)
}
