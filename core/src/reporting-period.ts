import { DAY_MS, formatDay, startOfDay } from './brussels.ts'

/** Periods that figures about people are made for. A season runs from September to August, as schools and clubs do. */
export const REPORTING_PERIOD_KINDS = ['MONTH', 'QUARTER', 'YEAR', 'SEASON'] as const
export type ReportingPeriodKind = (typeof REPORTING_PERIOD_KINDS)[number]

/** A whole calendar period in Brussels; days are days since 1 January 1970. */
export interface ReportingPeriod {
  readonly kind: ReportingPeriodKind
  /** `2026-11`, `2026-Q4`, `2026` or `2026-2027`. */
  readonly key: string
  readonly firstDay: number
  readonly lastDay: number
}

const PATTERN = /^(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|(\d{4})))?$/
const SEASON_FIRST_MONTH = 9

/** The period that a key names, or undefined when there is no such period. */
export function parseReportingPeriod(key: string): ReportingPeriod | undefined {
  const match = PATTERN.exec(key)
  if (!match) return undefined
  const [, yearText = '', month, quarter, until] = match
  const year = Number(yearText)
  if (month !== undefined) return monthsFrom('MONTH', key, [year, Number(month), 1])
  if (quarter !== undefined) return monthsFrom('QUARTER', key, [year, Number(quarter) * 3 - 2, 3])
  if (until === undefined) return monthsFrom('YEAR', key, [year, 1, 12])
  return Number(until) === year + 1 ? monthsFrom('SEASON', key, [year, SEASON_FIRST_MONTH, 12]) : undefined
}

/** The period of a kind that a day lies in. */
export function reportingPeriodOf(kind: ReportingPeriodKind, day: number): ReportingPeriod {
  const year = Number(formatDay(day).slice(0, 4))
  const month = Number(formatDay(day).slice(5, 7))
  switch (kind) {
    case 'MONTH':
      return monthsFrom(kind, formatDay(day).slice(0, 7), [year, month, 1])
    case 'QUARTER': {
      const quarter = Math.ceil(month / 3)
      return monthsFrom(kind, `${year}-Q${quarter}`, [year, quarter * 3 - 2, 3])
    }
    case 'YEAR':
      return monthsFrom(kind, `${year}`, [year, 1, 12])
    case 'SEASON': {
      const first = month >= SEASON_FIRST_MONTH ? year : year - 1
      return monthsFrom(kind, `${first}-${first + 1}`, [first, SEASON_FIRST_MONTH, 12])
    }
  }
}

/** Whether the period was over at an instant (epoch ms). Only then does it have figures about people that stay. */
export function isClosedPeriod({ lastDay }: Pick<ReportingPeriod, 'lastDay'>, instant: number): boolean {
  return instant >= startOfDay(lastDay + 1)
}

/** The period of the same kind just before. */
export function previousPeriod(period: ReportingPeriod): ReportingPeriod {
  return reportingPeriodOf(period.kind, period.firstDay - 1)
}

/** The same period a year earlier. */
export function samePeriodLastYear(period: ReportingPeriod): ReportingPeriod {
  const [year = 0, month = 1] = formatDay(period.firstDay).split('-').map(Number)
  return reportingPeriodOf(period.kind, dayOfMonth(year - 1, month))
}

function monthsFrom(
  kind: ReportingPeriodKind,
  key: string,
  [year, month, months]: readonly [year: number, month: number, months: number],
): ReportingPeriod {
  return { kind, key, firstDay: dayOfMonth(year, month), lastDay: dayOfMonth(year, month + months) - 1 }
}

/** First day of a month; months after December are those of the next year. */
function dayOfMonth(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1) / DAY_MS
}
