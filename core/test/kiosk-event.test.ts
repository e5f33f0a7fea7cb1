import { CheckinWindows, type Event, type Kiosk, kioskEvent, mayFixKioskOn } from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { ALWAYS, anEvent, NEVER, NOON } from './builders.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const KIOSK: Kiosk = {
  id: 'd7c1cde3-9385-4e14-a5d3-3626830b7ee3',
  name: 'CID-MLS-004',
  cardSystem: 14,
  releaseTrack: 'stable',
  organizers: ['library'],
  locations: [{ id: 'hall', name: 'Grote zaal' }],
}
const moment = () => ({ kiosk: KIOSK, instant: NOON, windows: new CheckinWindows() })

/** An event of an hour that starts so many hours from now. */
function startingIn(hours: number, members: Partial<Event> = {}): Event {
  const startsAt = NOON + hours * HOUR_MS
  const occurrences = [{ startsAt, endsAt: startsAt + HOUR_MS, hasHours: true, available: true }]
  return anEvent({ organizer: 'library', calendar: { type: 'single', occurrences }, ...members })
}

describe('the event of a kiosk', () => {
  const fixed = anEvent({ id: 'fixed', organizer: 'elsewhere' })
  const own = anEvent({ id: 'own', organizer: 'library' })

  test('is the fixed one while points can be saved for it, even of another organizer', () => {
    expect(kioskEvent(moment(), fixed, [own])?.id).toBe('fixed')
  })

  test.each<[string, Partial<Event>]>([
    ['is outside its window', { calendar: NEVER }],
    ['is cancelled', { available: false }],
    ['was removed', { workflowStatus: 'DELETED' }],
    ['has no card system', { cardSystems: [] }],
  ])('is found by itself when the fixed one %s', (_title, members) => {
    expect(kioskEvent(moment(), { ...fixed, ...members }, [own])?.id).toBe('own')
  })

  test('may be of its organizers or at its locations, and of nobody else', () => {
    const atHall = anEvent({ id: 'at-hall', organizer: 'elsewhere', location: 'hall' })
    const other = anEvent({ id: 'other', organizer: 'elsewhere', location: 'elsewhere' })
    expect(kioskEvent(moment(), undefined, [other, atHall])?.id).toBe('at-hall')
    expect(kioskEvent(moment(), undefined, [other])).toBeUndefined()
  })

  test('is found when ids differ in upper and lower case only', () => {
    expect(kioskEvent(moment(), undefined, [anEvent({ id: 'own', organizer: 'LIBRARY' })])?.id).toBe('own')
  })

  test('is the one that starts nearest, before or after now', () => {
    const events = [startingIn(-4, { id: 'long-ago' }), startingIn(2, { id: 'later' }), startingIn(-1, { id: 'just-begun' })]
    expect(kioskEvent(moment(), undefined, events)?.id).toBe('just-begun')
  })

  test('does not wait for one whose window is still closed', () => {
    expect(kioskEvent(moment(), undefined, [startingIn(6)])).toBeUndefined()
  })

  test('is always the same of two that start together, in any order', () => {
    const two = [startingIn(1, { id: 'b', number: 2 }), startingIn(1, { id: 'a', number: 1 })]
    expect([kioskEvent(moment(), undefined, two)?.id, kioskEvent(moment(), undefined, two.reverse())?.id]).toEqual(['a', 'a'])
  })
})

describe('fixing a kiosk', () => {
  const days = (count: number) => (count * DAY_MS) / HOUR_MS
  test.each<[string, Event, boolean]>([
    ['on an event that is open now', anEvent({ organizer: 'library', calendar: ALWAYS }), true],
    ['on an event in two days', startingIn(days(2)), true],
    ['on an event in four days', startingIn(days(4)), false],
    ['on an event that is over', startingIn(-days(2)), false],
    ['on an event of somebody else', startingIn(1, { organizer: 'elsewhere' }), false],
    ['on an event that is cancelled', startingIn(1, { available: false }), false],
  ])('%s: %o', (_title, event, expected) => {
    expect(mayFixKioskOn(event, moment())).toBe(expected)
  })
})
