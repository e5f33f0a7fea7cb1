import { describe, expect, test } from 'vitest'
import type { Event } from '../src/event.ts'
import { overlaid } from '../src/event-overlay.ts'
import { parseEventCardSystems, parseEventSettings } from '../src/registry/event-settings.ts'

const EVENT: Event = {
  id: 'e1',
  number: 7,
  title: 'Zwemmen',
  organizer: 'o1',
  location: '',
  locationName: '',
  venueNis: 0,
  type: '',
  theme: '',
  calendar: { type: 'permanent', openingHours: [], closedDays: [], adjustedDays: [] },
  workflowStatus: 'APPROVED',
  available: true,
  cardSystems: [5],
  programme: 'uitpas',
  checkinPoints: 1,
  checkinLimit: { volume: 1, period: 'WEEK' },
  passholderTicketLimit: { volume: 1, period: 'WEEK' },
}

describe('an event under what the API says of it', () => {
  test('is the event itself when nothing is said', () => {
    expect(overlaid(EVENT, {})).toEqual(EVENT)
  })

  test('27: has no limit that its settings leave out', () => {
    const { checkinLimit: _checkin, passholderTicketLimit: _ticket, ...rest } = EVENT
    expect(overlaid(EVENT, { settings: { checkinPoints: 4 } })).toEqual({ ...rest, checkinPoints: 4 })
    const checkinLimit = { volume: 2, period: 'DAY' } as const
    expect(overlaid(EVENT, { settings: { checkinPoints: 4, checkinLimit } })).toEqual({ ...rest, checkinPoints: 4, checkinLimit })
  })

  test('26: is in the card systems that are enabled and in no other, with the manual keys of these', () => {
    const cardSystems = [
      { id: 26, enabled: true, manualKeys: [9] },
      { id: 3, enabled: false, manualKeys: [1] },
      { id: 14, enabled: true, manualKeys: [412, 2] },
    ]
    expect(overlaid(EVENT, { cardSystems })).toEqual({ ...EVENT, cardSystems: [14, 26], manualKeys: [2, 9, 412] })
    expect(overlaid(EVENT, { cardSystems: [] })).toEqual({ ...EVENT, cardSystems: [], manualKeys: [] })
  })

  test('is the same whether it is laid over once or twice', () => {
    const overlay = { settings: { checkinPoints: 4 }, cardSystems: [{ id: 14, enabled: true, manualKeys: [] }] }
    const once = overlaid(EVENT, overlay)
    expect(overlaid(once, overlay)).toEqual(once)
  })
})

describe('what is set for an event', () => {
  test.each([
    [{ id: 'e1' }, '/'],
    [{ id: 'e1', checkinPoints: 1.5 }, '/checkinPoints'],
    [{ id: 'e1', checkinPoints: 1, checkinLimit: { volume: 1, periodType: 'HOUR' } }, '/checkinLimit/periodType'],
    [{ id: 'not an id', checkinPoints: 1 }, '/id'],
  ])('is refused where it is wrong: %j at %s', (document, jsonPointer) => {
    expect(parseEventSettings(document, undefined)).toMatchObject({ ok: false, errors: [{ jsonPointer }] })
  })

  test('is in the order of the ids, whatever order it came in, and without names', () => {
    const cardSystems = [
      { id: 26, name: 'B', enabled: false },
      {
        id: 14,
        name: 'A',
        enabled: true,
        manualDistributionKeys: [
          { id: 8, name: 'k', enabled: true },
          { id: 7, enabled: true },
          { id: 6, enabled: false },
        ],
      },
    ]
    expect(parseEventCardSystems({ id: 'e1', cardSystems }, undefined)).toEqual({
      ok: true,
      value: {
        id: 'e1',
        cardSystems: [
          { id: 14, enabled: true, manualKeys: [7, 8] },
          { id: 26, enabled: false, manualKeys: [] },
        ],
      },
    })
  })
})
