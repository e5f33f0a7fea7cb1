import { brusselsDay, DAY_MS, formatDay, startOfDay, weekdayOf } from './brussels.ts'

/** Periods of limits and constraints: calendar buckets in Europe/Brussels, never sliding windows. */
export const PERIOD_TYPES = ['ABSOLUTE', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const
export type PeriodType = (typeof PERIOD_TYPES)[number]

/** One calendar bucket. `ABSOLUTE` has the empty key and never ends. */
export interface PeriodBucket {
  /** `2026-11-21`, `2026-W47`, `2026-11`, `2026-Q4`, `2026`, or empty. */
  readonly key: string
  /** Epoch ms of the first instant after the bucket; absent for `ABSOLUTE`. */
  readonly endsAt?: number
}

const FOREVER: PeriodBucket = { key: '' }

/** Buckets that are remembered for each type: more days than a day's traffic touches, facts of a week ago included. */
const BUCKETS_MAX = 512

const remembered: Record<PeriodType, Map<number, PeriodBucket>> = {
  ABSOLUTE: new Map(),
  DAY: new Map(),
  WEEK: new Map(),
  MONTH: new Map(),
  QUARTER: new Map(),
  YEAR: new Map(),
}

/** The bucket that an instant (epoch ms) falls in. */
export function periodBucket(type: PeriodType, instant: number): PeriodBucket {
  if (type === 'ABSOLUTE') return FOREVER
  const day = brusselsDay(instant)
  const buckets = remembered[type]
  let bucket = buckets.get(day)
  if (!bucket) {
    bucket = bucketOfDay(type, day)
    if (buckets.size >= BUCKETS_MAX) buckets.clear()
    buckets.set(day, bucket)
  }
  return bucket
}

function bucketOfDay(type: Exclude<PeriodType, 'ABSOLUTE'>, day: number): PeriodBucket {
  const text = formatDay(day)
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  switch (type) {
    case 'DAY':
      return { key: text, endsAt: startOfDay(day + 1) }
    case 'WEEK':
      return { key: isoWeek(day), endsAt: startOfDay(day - weekdayOf(day) + 8) }
    case 'MONTH':
      return { key: text.slice(0, 7), endsAt: startOfDay(firstOfMonth(year, month + 1)) }
    case 'QUARTER': {
      const quarter = Math.ceil(month / 3)
      return { key: `${text.slice(0, 4)}-Q${quarter}`, endsAt: startOfDay(firstOfMonth(year, quarter * 3 + 1)) }
    }
    case 'YEAR':
      return { key: text.slice(0, 4), endsAt: startOfDay(firstOfMonth(year + 1, 1)) }
  }
}

/** `2026-W47`; a week belongs to the year of its Thursday. */
function isoWeek(day: number): string {
  const thursday = day - weekdayOf(day) + 4
  const year = formatDay(thursday).slice(0, 4)
  const week = Math.floor((thursday - firstOfMonth(Number(year), 1)) / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** `month` may be 13: January of the next year. */
function firstOfMonth(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1) / DAY_MS
}
