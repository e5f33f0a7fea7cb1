import { brusselsDay, brusselsOffset, DAY_MS, formatDay, instantInBrussels, parseDay, startOfDay, weekdayOf } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const HOUR_MS = 3_600_000
const SPRING = '2026-03-29'
const AUTUMN = '2026-10-25'

const REFERENCE = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Brussels',
  dateStyle: 'short',
  timeStyle: 'medium',
})
const instants = fc.integer({ min: Date.UTC(2012, 0), max: Date.UTC(2040, 0) })

function day(text: string): number {
  const found = parseDay(text)
  if (found === undefined) throw new Error(`${text} is not a day`)
  return found
}

describe('the Brussels calendar', () => {
  test('agrees with the time zone data of the runtime at any instant', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const local = new Date(instant + brusselsOffset(instant)).toISOString().slice(0, 19).replace('T', ' ')
        expect(local).toBe(REFERENCE.format(instant))
        expect(formatDay(brusselsDay(instant))).toBe(REFERENCE.format(instant).slice(0, 10))
      }),
    )
  })

  test.each([SPRING, AUTUMN])('changes its offset at 01:00 UTC on %s, asked in any order', (text) => {
    const change = Date.parse(`${text}T01:00:00Z`)
    const [before, after] = text === SPRING ? [1, 2] : [2, 1]
    for (let round = 0; round < 2; round++) {
      expect([brusselsOffset(change - 1), brusselsOffset(change), brusselsOffset(change - 1)]).toEqual([
        before * HOUR_MS,
        after * HOUR_MS,
        before * HOUR_MS,
      ])
    }
  })

  test('keeps its answers when more hours are asked for than it remembers', () => {
    const instant = Date.parse('2026-07-01T12:00:00Z')
    for (let hour = 0; hour < 10_000; hour++) brusselsOffset(hour * HOUR_MS)
    expect(brusselsOffset(instant)).toBe(2 * HOUR_MS)
  })

  test.each([
    [SPRING, 23],
    [AUTUMN, 25],
    ['2026-11-21', 24],
  ])('%s has %i hours', (text, hours) => {
    expect(startOfDay(day(text) + 1) - startOfDay(day(text))).toBe(hours * HOUR_MS)
  })

  test('puts the first and the last millisecond of any day in that day', () => {
    const days = fc.integer({ min: day('2012-01-01'), max: day('2040-01-01') })
    fc.assert(
      fc.property(days, (number) => {
        const start = startOfDay(number)
        expect([brusselsDay(start - 1), brusselsDay(start), brusselsDay(startOfDay(number + 1) - 1)]).toEqual([
          number - 1,
          number,
          number,
        ])
      }),
    )
  })

  test.each([
    ['the hour that does not exist goes on after the gap', SPRING, '02:30', '2026-03-29T03:30:00+02:00'],
    ['the hour before the gap', SPRING, '01:59', '2026-03-29T01:59:00+01:00'],
    ['the hour after the gap', SPRING, '03:00', '2026-03-29T03:00:00+02:00'],
    ['the hour that comes twice is the first one', AUTUMN, '02:30', '2026-10-25T02:30:00+02:00'],
    ['the hour after the repeated one', AUTUMN, '03:00', '2026-10-25T03:00:00+01:00'],
  ])('%s', (_title, text, time, instant) => {
    const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
    expect(new Date(instantInBrussels(day(text), minutes)).toISOString()).toBe(new Date(instant).toISOString())
  })

  test('shows any clock time that there is at its instant', () => {
    const days = fc.integer({ min: day('2012-01-01'), max: day('2040-01-01') })
    fc.assert(
      fc.property(days, fc.integer({ min: 180, max: 2_999 }), (number, minutes) => {
        // the hours in which clocks change have cases of their own
        fc.pre(minutes % 1_440 >= 180)
        const clock = new Date(number * DAY_MS + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
        expect(REFERENCE.format(instantInBrussels(number, minutes))).toBe(clock)
      }),
    )
  })

  test.each([
    ['2026-11-21', 6],
    ['2026-11-22', 7],
    ['2026-11-23', 1],
    ['1969-12-31', 3],
  ])('%s is weekday %i', (text, weekday) => {
    expect(weekdayOf(day(text))).toBe(weekday)
  })

  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '2026-11-21T00:00:00Z', ''])('%j is not a day', (text) => {
    expect(parseDay(text)).toBeUndefined()
  })

  test('days are numbers that follow each other', () => {
    expect(day('2026-11-21') * DAY_MS).toBe(Date.UTC(2026, 10, 21))
  })
})
