import { type Calendar, type CheckinWindow, CheckinWindows, checkinWindow, type OpeningHours } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const HOUR_MS = 3_600_000

function at(text: string): number {
  return Date.parse(text)
}

function occurrence(startsAt: string, endsAt: string, members: { hasHours?: boolean; available?: boolean } = {}) {
  return { startsAt: at(startsAt), endsAt: at(endsAt), hasHours: true, available: true, ...members }
}

function permanent(members: Partial<Extract<Calendar, { openingHours: unknown }>> = {}): Calendar {
  return { type: 'permanent', openingHours: [], closedDays: [], adjustedDays: [], ...members }
}

function hours(weekdays: readonly number[], opens: string, closes: string): OpeningHours {
  return { weekdays, opens, closes }
}

function open(opensAt: string, closesAt: string): CheckinWindow {
  return { state: 'open', opensAt: at(opensAt), closesAt: at(closesAt) }
}

function notYet(opensAt: string): CheckinWindow {
  return { state: 'not-yet', opensAt: at(opensAt) }
}

const OVER: CheckinWindow = { state: 'over' }

const CONCERT: Calendar = { type: 'single', occurrences: [occurrence('2026-03-14T19:00:00+01:00', '2026-03-14T22:00:00+01:00')] }
const CONCERT_OPEN = open('2026-03-14T14:00:00+01:00', '2026-03-15T03:00:00+01:00')

const WEEKEND: Calendar = {
  type: 'multiple',
  occurrences: [
    occurrence('2026-03-21T19:00:00+01:00', '2026-03-21T22:00:00+01:00'),
    occurrence('2026-03-14T19:00:00+01:00', '2026-03-14T22:00:00+01:00'),
    occurrence('2026-03-15T07:00:00+01:00', '2026-03-15T09:00:00+01:00'),
    occurrence('2026-03-17T19:00:00+01:00', '2026-03-17T22:00:00+01:00', { available: false }),
  ],
}

const FAIR: Calendar = {
  type: 'single',
  occurrences: [occurrence('2026-03-28T00:00:00+01:00', '2026-03-29T23:59:59+02:00', { hasHours: false })],
}

/** Tuesday to Friday, a late evening on Friday, a night on Saturday. */
const LIBRARY = permanent({
  openingHours: [hours([2, 3, 4], '10:00', '12:00'), hours([5], '10:00', '21:00'), hours([6], '22:00', '02:00')],
  closedDays: [{ from: '2026-12-24', to: '2027-01-03' }],
  adjustedDays: [
    { from: '2026-12-23', to: '2026-12-26', openingHours: [hours([3, 4, 6], '09:00', '10:00')] },
    { from: '2026-07-01', to: '2026-07-31', openingHours: [hours([3], '14:00', '15:00')] },
  ],
})

const EXHIBITION: Calendar = {
  type: 'periodic',
  startDay: '2026-06-01',
  endDay: '2026-06-30',
  openingHours: [hours([7], '10:00', '18:00')],
  closedDays: [],
  adjustedDays: [],
}

const CAMP: Calendar = { ...EXHIBITION, openingHours: [] }

describe('surprise 8: the window opens five hours before and closes five hours after each occurrence', () => {
  test.each<[string, Calendar, string, CheckinWindow['state']]>([
    ['is open five hours before', CONCERT, '2026-03-14T14:00:00+01:00', 'open'],
    ['is not open earlier', CONCERT, '2026-03-14T13:59:59+01:00', 'not-yet'],
    ['is open five hours after', CONCERT, '2026-03-15T02:59:59+01:00', 'open'],
    ['is closed later', CONCERT, '2026-03-15T03:00:00+01:00', 'over'],
    ['is the whole day, no more, where no hour is known', FAIR, '2026-03-28T00:00:00+01:00', 'open'],
    ['is not open the evening before a day without hours', FAIR, '2026-03-27T23:59:59+01:00', 'not-yet'],
  ])('surprise 8: it %s', (_title, calendar, instant, state) => {
    expect(checkinWindow(calendar, at(instant)).state).toBe(state)
  })
})

describe('the window of single and multiple events', () => {
  test.each<[string, Calendar, string, CheckinWindow]>([
    ['opens five hours before the start', CONCERT, '2026-03-14T14:00:00+01:00', CONCERT_OPEN],
    ['is not open a millisecond earlier', CONCERT, '2026-03-14T13:59:59.999+01:00', notYet('2026-03-14T14:00:00+01:00')],
    ['is open until five hours after the end', CONCERT, '2026-03-15T02:59:59.999+01:00', CONCERT_OPEN],
    ['is over then', CONCERT, '2026-03-15T03:00:00+01:00', OVER],
    ['is open long before', CONCERT, '2025-01-01T00:00:00Z', notYet('2026-03-14T14:00:00+01:00')],
    [
      'joins occurrences whose windows overlap',
      WEEKEND,
      '2026-03-15T02:30:00+01:00',
      open('2026-03-14T14:00:00+01:00', '2026-03-15T14:00:00+01:00'),
    ],
    ['waits for the next occurrence', WEEKEND, '2026-03-16T12:00:00+01:00', notYet('2026-03-21T14:00:00+01:00')],
    ['does not count an occurrence that is cancelled', WEEKEND, '2026-03-17T20:00:00+01:00', notYet('2026-03-21T14:00:00+01:00')],
    ['is over after the last occurrence', WEEKEND, '2026-03-22T12:00:00+01:00', OVER],
    ['is over for a calendar without occurrences', { type: 'multiple', occurrences: [] }, '2026-03-22T12:00:00+01:00', OVER],
    [
      'without hours begins at midnight',
      FAIR,
      '2026-03-28T00:00:00+01:00',
      open('2026-03-28T00:00:00+01:00', '2026-03-30T00:00:00+02:00'),
    ],
    ['without hours has no grace before', FAIR, '2026-03-27T23:59:59.999+01:00', notYet('2026-03-28T00:00:00+01:00')],
    ['without hours has no grace after', FAIR, '2026-03-30T00:00:00+02:00', OVER],
  ])('%s', (_title, calendar, instant, expected) => {
    expect(checkinWindow(calendar, at(instant))).toEqual(expected)
  })

  test('has elapsed time as grace on the night when clocks change', () => {
    const night: Calendar = {
      type: 'single',
      occurrences: [occurrence('2026-03-29T04:00:00+02:00', '2026-03-29T05:00:00+02:00')],
    }
    expect(checkinWindow(night, at('2026-03-29T04:30:00+02:00'))).toEqual(
      open('2026-03-28T22:00:00+01:00', '2026-03-29T10:00:00+02:00'),
    )
  })

  test('has the grace that is configured', () => {
    const grace = { beforeMs: HOUR_MS, afterMs: 0 }
    expect(checkinWindow(CONCERT, at('2026-03-14T20:00:00+01:00'), grace)).toEqual(
      open('2026-03-14T18:00:00+01:00', '2026-03-14T22:00:00+01:00'),
    )
  })
})

describe('the window of periodic and permanent events', () => {
  test.each<[string, Calendar, string, CheckinWindow]>([
    [
      'follows the opening hours of the weekday',
      LIBRARY,
      '2026-11-17T11:00:00+01:00',
      open('2026-11-17T05:00:00+01:00', '2026-11-17T17:00:00+01:00'),
    ],
    ['is closed between days', LIBRARY, '2026-11-17T18:00:00+01:00', notYet('2026-11-18T05:00:00+01:00')],
    [
      'goes on after midnight',
      LIBRARY,
      '2026-11-22T06:59:00+01:00',
      open('2026-11-21T17:00:00+01:00', '2026-11-22T07:00:00+01:00'),
    ],
    ['ends five hours after the night', LIBRARY, '2026-11-22T07:00:00+01:00', notYet('2026-11-24T05:00:00+01:00')],
    [
      'follows adjusted days instead of the regular ones',
      LIBRARY,
      '2026-12-23T09:30:00+01:00',
      open('2026-12-23T04:00:00+01:00', '2026-12-23T15:00:00+01:00'),
    ],
    [
      'is closed on a weekday that adjusted days leave out',
      LIBRARY,
      '2026-07-02T10:30:00+02:00',
      notYet('2026-07-08T09:00:00+02:00'),
    ],
    ['lets closed days win from adjusted ones', LIBRARY, '2026-12-24T09:30:00+01:00', notYet('2027-01-05T05:00:00+01:00')],
    [
      'is the whole day when no hours are known',
      permanent({
        closedDays: [
          { from: '2026-03-27', to: '2026-03-27' },
          { from: '2026-03-30', to: '2026-12-31' },
        ],
      }),
      '2026-03-29T12:00:00+02:00',
      open('2026-03-28T00:00:00+01:00', '2026-03-30T00:00:00+02:00'),
    ],
    [
      'takes 00:00 to 23:59 as no hours',
      permanent({ openingHours: [hours([7], '00:00', '23:59')] }),
      '2026-11-22T12:00:00+01:00',
      open('2026-11-22T00:00:00+01:00', '2026-11-23T00:00:00+01:00'),
    ],
    ['waits for the first day of a period', EXHIBITION, '2025-01-01T12:00:00+01:00', notYet('2026-06-07T05:00:00+02:00')],
    ['is over after the last opening of a period', EXHIBITION, '2026-06-29T12:00:00+02:00', OVER],
    [
      'is open on the last day of a period without hours',
      CAMP,
      '2026-06-30T23:59:59.999+02:00',
      open('2026-06-28T00:00:00+02:00', '2026-07-01T00:00:00+02:00'),
    ],
    ['is over after that', CAMP, '2026-07-01T00:00:00+02:00', OVER],
    ['is over when it never opens', permanent({ openingHours: [hours([], '10:00', '12:00')] }), '2026-06-30T12:00:00Z', OVER],
  ])('%s', (_title, calendar, instant, expected) => {
    expect(checkinWindow(calendar, at(instant))).toEqual(expected)
  })

  test('of a permanent event without hours is always open', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') }), (instant) => {
        expect(checkinWindow(permanent(), instant).state).toBe('open')
      }),
    )
  })
})

describe('windows that are remembered', () => {
  const calendars = fc.constantFrom(CONCERT, WEEKEND, FAIR, LIBRARY, EXHIBITION, CAMP, permanent())
  const instants = fc.integer({ min: at('2026-03-01T00:00:00Z'), max: at('2027-02-01T00:00:00Z') })

  test('say the same state as fresh ones, whatever was asked before', () => {
    fc.assert(
      fc.property(calendars, fc.array(instants, { minLength: 1, maxLength: 20 }), (calendar, asked) => {
        const windows = new CheckinWindows()
        for (const instant of asked) expect(windows.at(calendar, instant).state).toBe(checkinWindow(calendar, instant).state)
      }),
    )
  })

  test('are not remembered for longer than they hold', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, instant) => {
        const windows = new CheckinWindows()
        const window = windows.at(calendar, instant)
        if (window.state === 'over') return
        const edge = window.state === 'open' ? window.closesAt : window.opensAt
        for (const near of [edge - 1, edge, edge + 1, edge - 1]) {
          expect(windows.at(calendar, near).state).toBe(checkinWindow(calendar, near).state)
        }
      }),
    )
  })

  test('are open from their opening until their closing', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, instant) => {
        const window = checkinWindow(calendar, instant)
        if (window.state === 'over') return
        expect(checkinWindow(calendar, window.opensAt).state).toBe('open')
        if (window.state === 'open') expect(checkinWindow(calendar, window.closesAt - 1).state).toBe('open')
        else expect(checkinWindow(calendar, window.opensAt - 1).state).toBe('not-yet')
      }),
    )
  })

  test('know the start that is nearest, before or after', () => {
    const windows = new CheckinWindows()
    const starts = ['2026-03-14T20:00:00+01:00', '2026-03-15T06:00:00+01:00', '2026-03-19T12:00:00+01:00'].map((instant) =>
      windows.nearestStart(WEEKEND, at(instant)),
    )
    expect(starts).toEqual(['2026-03-14T19:00:00+01:00', '2026-03-15T07:00:00+01:00', '2026-03-21T19:00:00+01:00'].map(at))
  })

  test('know no start of a calendar without occurrences', () => {
    expect(new CheckinWindows().nearestStart({ type: 'multiple', occurrences: [] }, 0)).toBeUndefined()
  })
})
