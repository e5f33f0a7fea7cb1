import { eventFromUitdatabank } from '@zuil/core/registry/event'
import { describe, expect, test } from 'vitest'
import { CONTEXT, entryOf, faultsOf } from './context.ts'

const ID = '1c0098e7-8860-45ea-9333-5d517a77aaea'
const SOURCE = 'https://io.uitdatabank.be'

/** The document of the official examples, as far as it matters. */
const CONCERT = {
  '@id': `${SOURCE}/event/${ID}`,
  '@type': 'Event',
  mainLanguage: 'nl',
  name: { nl: 'Lenteconcert harmonie De Eendracht', fr: 'Concert de printemps' },
  calendarType: 'multiple',
  startDate: '2026-03-14T19:00:00+01:00',
  endDate: '2026-03-15T17:00:00+01:00',
  subEvent: [
    { startDate: '2026-03-14T19:00:00+01:00', endDate: '2026-03-14T22:00:00+01:00', status: { type: 'Available' } },
    {
      startDate: '2026-03-15T14:00:00+01:00',
      endDate: '2026-03-15T17:00:00+01:00',
      status: { type: 'Unavailable', reason: { nl: 'Afgelast' } },
    },
  ],
  status: { type: 'Available' },
  terms: [
    { id: '0.50.4.0.0', label: 'Concert', domain: 'eventtype' },
    { id: '1.8.3.5.0', label: 'Amusementsmuziek', domain: 'theme' },
  ],
  location: {
    '@id': `${SOURCE}/place/2bfc6f1a-edb7-4bc3-ac3a-f9162693390b`,
    name: { nl: 'De Krook' },
    address: { nl: { addressCountry: 'BE', addressLocality: 'Gent', postalCode: '9000', streetAddress: 'Krook 1' } },
  },
  organizer: { '@id': `${SOURCE}/organizers/d42cb5d9-adee-47b8-90a9-d030f04dbe26`, name: { nl: 'Harmonie' } },
  hiddenLabels: ['UiTPAS Gent'],
  workflowStatus: 'APPROVED',
}

describe('an event of UiTdatabank', () => {
  test('becomes an event with the defaults of its calendar', () => {
    expect(entryOf(eventFromUitdatabank(CONCERT, CONTEXT))).toEqual({
      event: {
        id: ID,
        title: 'Lenteconcert harmonie De Eendracht',
        organizer: 'd42cb5d9-adee-47b8-90a9-d030f04dbe26',
        location: '2bfc6f1a-edb7-4bc3-ac3a-f9162693390b',
        locationName: 'De Krook',
        venueNis: 44021,
        type: '0.50.4.0.0',
        theme: '1.8.3.5.0',
        calendar: {
          type: 'multiple',
          occurrences: [
            {
              startsAt: Date.parse('2026-03-14T19:00:00+01:00'),
              endsAt: Date.parse('2026-03-14T22:00:00+01:00'),
              hasHours: true,
              available: true,
            },
            {
              startsAt: Date.parse('2026-03-15T14:00:00+01:00'),
              endsAt: Date.parse('2026-03-15T17:00:00+01:00'),
              hasHours: true,
              available: false,
            },
          ],
        },
        workflowStatus: 'APPROVED',
        available: true,
        cardSystems: [5, 14],
        programme: 'uitpas',
        checkinPoints: 1,
        checkinLimit: { volume: 1, period: 'DAY' },
        passholderTicketLimit: { volume: 1, period: 'ABSOLUTE' },
      },
    })
  })

  test('may have tickets for everybody together', () => {
    const { event } = entryOf(eventFromUitdatabank({ ...CONCERT, uitpas: { ticketsMax: 50 } }, CONTEXT))
    expect(event.ticketsMax).toBe(50)
  })

  test.each([
    ['single', 'DAY', 'ABSOLUTE'],
    ['multiple', 'DAY', 'ABSOLUTE'],
    ['periodic', 'WEEK', 'ABSOLUTE'],
    ['permanent', 'WEEK', 'WEEK'],
  ])('that is %s may be checked in to once a %s, with tickets per %s', (calendarType, checkin, ticket) => {
    const { event } = entryOf(eventFromUitdatabank({ ...CONCERT, calendarType }, CONTEXT))
    expect([event.checkinLimit, event.passholderTicketLimit]).toEqual([
      { volume: 1, period: checkin },
      { volume: 1, period: ticket },
    ])
  })

  test('has the settings of UiTPAS instead, where a missing limit is none', () => {
    const settings = { checkinPoints: 3, checkinLimit: { volume: 2, periodType: 'MONTH' } }
    const uitpas = {
      settings,
      cardSystems: [
        { id: 8, enabled: true },
        { id: 1, enabled: true },
        { id: 5, enabled: false },
      ],
      checkinCode: 'LGIWNWB',
    }
    const { event, checkinCode } = entryOf(eventFromUitdatabank({ ...CONCERT, uitpas }, CONTEXT))
    expect(event).toMatchObject({ checkinPoints: 3, checkinLimit: { volume: 2, period: 'MONTH' }, cardSystems: [1, 8] })
    expect([event.passholderTicketLimit, checkinCode]).toEqual([undefined, 'LGIWNWB'])
  })

  test('may have a bare or an older id', () => {
    const { '@id': _id, ...rest } = CONCERT
    const { event } = entryOf(eventFromUitdatabank({ ...rest, id: '47B6FA21-ACB1-EA8F-2C231182C7DD0A19' }, CONTEXT))
    expect(event.id).toBe('47B6FA21-ACB1-EA8F-2C231182C7DD0A19')
  })

  test('has whole days where UiTdatabank filled in the hours', () => {
    const { subEvent: _parts, ...rest } = CONCERT
    const whole = {
      ...rest,
      calendarType: 'single',
      startDate: '2026-03-28T00:00:00+01:00',
      endDate: '2026-03-29T23:59:59+02:00',
    }
    expect(entryOf(eventFromUitdatabank(whole, CONTEXT)).event.calendar).toMatchObject({ occurrences: [{ hasHours: false }] })
  })

  test('has opening hours, closed and adjusted days', () => {
    const library = {
      ...CONCERT,
      calendarType: 'periodic',
      startDate: '2026-01-01T00:00:00+01:00',
      endDate: '2026-12-31T23:59:59+01:00',
      openingHours: [{ opens: '10:00', closes: '18:00', dayOfWeek: ['tuesday', 'sunday'] }],
      openingHoursClosedDays: [{ startDate: '2026-12-25', endDate: '2026-12-25', description: { nl: 'Kerstmis' } }],
      openingHoursAdjustedDays: [
        {
          startDate: '2026-12-24T00:00:00+01:00',
          endDate: '2026-12-31T23:59:59+01:00',
          openingHours: [{ opens: '10:00', closes: '12:00', dayOfWeek: ['thursday'] }],
        },
      ],
    }
    expect(entryOf(eventFromUitdatabank(library, CONTEXT)).event.calendar).toEqual({
      type: 'periodic',
      startDay: '2026-01-01',
      endDay: '2026-12-31',
      openingHours: [{ weekdays: [2, 7], opens: '10:00', closes: '18:00' }],
      closedDays: [{ from: '2026-12-25', to: '2026-12-25' }],
      adjustedDays: [
        { from: '2026-12-24', to: '2026-12-31', openingHours: [{ weekdays: [4], opens: '10:00', closes: '12:00' }] },
      ],
    })
  })

  test('of an organizer that is unknown has no card system, so it is none of UiTPAS', () => {
    const organizer = { '@id': `${SOURCE}/organizers/unknown` }
    expect(entryOf(eventFromUitdatabank({ ...CONCERT, organizer }, CONTEXT)).event.cardSystems).toEqual([])
  })

  test.each<[string, object, { jsonPointer: string; error: string }]>([
    ['without name', { name: undefined }, { jsonPointer: '/', error: 'Required property "name" missing.' }],
    ['without id', { '@id': undefined }, { jsonPointer: '/@id', error: 'The data must end with the id of the entity.' }],
    [
      'with an id that is too long',
      { '@id': 'a'.repeat(37) },
      { jsonPointer: '/@id', error: 'The data must end with the id of the entity.' },
    ],
    [
      'with an unknown calendar',
      { calendarType: 'yearly' },
      { jsonPointer: '/calendarType', error: 'The data should match one item from enum: single, multiple, periodic, permanent' },
    ],
    [
      'with a date that is none',
      { subEvent: [{ startDate: 'tomorrow', endDate: '2026-03-14T22:00:00+01:00' }] },
      { jsonPointer: '/subEvent/0/startDate', error: 'The data must match the "date-time" format.' },
    ],
    [
      'that ends before it starts',
      { subEvent: [{ startDate: '2026-03-14T22:00:00+01:00', endDate: '2026-03-14T19:00:00+01:00' }] },
      { jsonPointer: '/subEvent/0/endDate', error: 'endDate should not be before startDate.' },
    ],
    [
      'with hours that are none',
      { calendarType: 'permanent', openingHours: [{ opens: '25:00', closes: '18:00', dayOfWeek: ['tuesday'] }] },
      { jsonPointer: '/openingHours/0/opens', error: 'The string should match pattern: ^([01][0-9]|2[0-3]):[0-5][0-9]$' },
    ],
    [
      'that is periodic without dates',
      { calendarType: 'periodic', startDate: undefined },
      { jsonPointer: '/', error: 'Required property "startDate" missing.' },
    ],
  ])('%s is refused with the place and a sentence', (_title, members, fault) => {
    expect(faultsOf(eventFromUitdatabank(JSON.parse(JSON.stringify({ ...CONCERT, ...members })), CONTEXT))).toContainEqual(fault)
  })

  test.each([null, 1, 'text', [], true])('is not %j', (document) => {
    expect(faultsOf(eventFromUitdatabank(document, CONTEXT))).toHaveLength(1)
  })
})
