import {
  formatDay,
  isClosedPeriod,
  parseDay,
  parseReportingPeriod,
  previousPeriod,
  REPORTING_PERIOD_KINDS,
  reportingPeriodOf,
  samePeriodLastYear,
} from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('A reporting period', () => {
  test.each([
    ['2026-11', 'MONTH', '2026-11-01', '2026-11-30'],
    ['2024-02', 'MONTH', '2024-02-01', '2024-02-29'],
    ['2026-Q1', 'QUARTER', '2026-01-01', '2026-03-31'],
    ['2026-Q4', 'QUARTER', '2026-10-01', '2026-12-31'],
    ['2026', 'YEAR', '2026-01-01', '2026-12-31'],
    ['2025-2026', 'SEASON', '2025-09-01', '2026-08-31'],
  ])('%s is a %s from %s to %s', (key, kind, first, last) => {
    const period = parseReportingPeriod(key)
    expect(period && [period.kind, formatDay(period.firstDay), formatDay(period.lastDay)]).toEqual([kind, first, last])
  })

  test.each(['', '26', '2026-13', '2026-00', '2026-Q5', '2026-Q', '2025-2027', '2026-2025', '2026-11-21', '2026-1', ' 2026'])(
    '%j is none',
    (key) => {
      expect(parseReportingPeriod(key)).toBeUndefined()
    },
  )

  test('of a day holds the day, is named by its key, and follows the one before without a gap', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REPORTING_PERIOD_KINDS), fc.integer({ min: 15_000, max: 30_000 }), (kind, day) => {
        const period = reportingPeriodOf(kind, day)
        expect(period.firstDay <= day && day <= period.lastDay).toBe(true)
        expect(parseReportingPeriod(period.key)).toEqual(period)
        expect(previousPeriod(period).lastDay).toBe(period.firstDay - 1)
        const before = samePeriodLastYear(period)
        expect(formatDay(before.firstDay).slice(5)).toBe(formatDay(period.firstDay).slice(5))
        expect(Number(formatDay(period.firstDay).slice(0, 4)) - Number(formatDay(before.firstDay).slice(0, 4))).toBe(1)
      }),
    )
  })

  test('is over at midnight in Brussels, not in Greenwich', () => {
    const november = reportingPeriodOf('MONTH', parseDay('2026-11-21') ?? 0)
    expect(isClosedPeriod(november, Date.parse('2026-11-30T22:59:59.999Z'))).toBe(false)
    expect(isClosedPeriod(november, Date.parse('2026-11-30T23:00:00Z'))).toBe(true)
  })
})
