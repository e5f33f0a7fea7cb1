import { brusselsDay, formatDay, PERIOD_TYPES, type PeriodType, parseDay, periodBucket, startOfDay } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const instants = fc.integer({ min: Date.UTC(2012, 0), max: Date.UTC(2040, 0) })
const calendarTypes = fc.constantFrom(...PERIOD_TYPES.filter((type) => type !== 'ABSOLUTE'))

describe('the bucket of a period', () => {
  test.each<[PeriodType, string, string, string | undefined]>([
    ['DAY', '2026-11-21T12:00:00+01:00', '2026-11-21', '2026-11-22T00:00:00+01:00'],
    ['WEEK', '2026-11-21T12:00:00+01:00', '2026-W47', '2026-11-23T00:00:00+01:00'],
    ['MONTH', '2026-11-21T12:00:00+01:00', '2026-11', '2026-12-01T00:00:00+01:00'],
    ['QUARTER', '2026-11-21T12:00:00+01:00', '2026-Q4', '2027-01-01T00:00:00+01:00'],
    ['QUARTER', '2026-03-31T23:59:59+02:00', '2026-Q1', '2026-04-01T00:00:00+02:00'],
    ['YEAR', '2026-11-21T12:00:00+01:00', '2026', '2027-01-01T00:00:00+01:00'],
    ['ABSOLUTE', '2026-11-21T12:00:00+01:00', '', undefined],
    ['WEEK', '2027-01-01T12:00:00+01:00', '2026-W53', '2027-01-04T00:00:00+01:00'],
    ['WEEK', '2024-12-30T00:00:00+01:00', '2025-W01', '2025-01-06T00:00:00+01:00'],
    ['WEEK', '2026-11-22T23:59:59.999+01:00', '2026-W47', '2026-11-23T00:00:00+01:00'],
    ['WEEK', '2026-11-23T00:00:00+01:00', '2026-W48', '2026-11-30T00:00:00+01:00'],
  ])('%s at %s is %s', (type, instant, key, endsAt) => {
    const bucket = periodBucket(type, Date.parse(instant))
    expect(bucket).toEqual(endsAt === undefined ? { key } : { key, endsAt: Date.parse(endsAt) })
  })

  test.each<[string, PeriodType, string, string]>([
    ['the spring night has 23 hours', 'DAY', '2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59.999+02:00'],
    ['the autumn night has 25 hours', 'DAY', '2026-10-25T00:00:00+02:00', '2026-10-25T23:59:59.999+01:00'],
    ['the spring week ends an hour early', 'WEEK', '2026-03-23T00:00:00+01:00', '2026-03-29T23:59:59.999+02:00'],
    ['the autumn week ends an hour late', 'WEEK', '2026-10-19T00:00:00+02:00', '2026-10-25T23:59:59.999+01:00'],
    ['the spring month begins in winter time', 'MONTH', '2026-03-01T00:00:00+01:00', '2026-03-31T23:59:59.999+02:00'],
    ['the autumn quarter begins in summer time', 'QUARTER', '2026-10-01T00:00:00+02:00', '2026-12-31T23:59:59.999+01:00'],
  ])('%s', (_title, type, first, last) => {
    const bucket = periodBucket(type, Date.parse(first))
    expect(periodBucket(type, Date.parse(last))).toEqual(bucket)
    expect(bucket.endsAt).toBe(Date.parse(last) + 1)
    expect(periodBucket(type, Date.parse(first) - 1).endsAt).toBe(Date.parse(first))
  })

  test('both times of the repeated autumn hour are one day', () => {
    const keys = ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00'].map(
      (text) => periodBucket('DAY', Date.parse(text)).key,
    )
    expect(keys).toEqual(['2026-10-25', '2026-10-25'])
  })

  test('holds until its end and not a millisecond longer, at any instant', () => {
    fc.assert(
      fc.property(calendarTypes, instants, (type, instant) => {
        const { key, endsAt = Number.NaN } = periodBucket(type, instant)
        expect(endsAt).toBeGreaterThan(instant)
        expect(periodBucket(type, endsAt - 1).key).toBe(key)
        expect(periodBucket(type, endsAt).key).not.toBe(key)
      }),
    )
  })

  test('ends at midnight in Brussels, at any instant', () => {
    fc.assert(
      fc.property(calendarTypes, instants, (type, instant) => {
        const { endsAt = Number.NaN } = periodBucket(type, instant)
        expect(startOfDay(brusselsDay(endsAt))).toBe(endsAt)
      }),
    )
  })

  test('of a week starts on its Monday, which names it', () => {
    const monday = parseDay('2026-01-05') ?? 0
    const keys = Array.from({ length: 7 }, (_, index) => periodBucket('WEEK', startOfDay(monday + index)).key)
    expect([formatDay(monday), new Set(keys)]).toEqual(['2026-01-05', new Set(['2026-W02'])])
  })
})
