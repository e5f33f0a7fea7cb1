import { problem } from '@zuil/core'
import { BatchLine, BatchResult } from '@zuil/core/contracts/http-batch'
import { CheckinBody, CheckinRequest, CheckinStatusBody } from '@zuil/core/contracts/http-checkin'
import { KioskCheckinBody, KioskDeviceBody, KioskDeviceEventBody, KioskSetupRequest } from '@zuil/core/contracts/http-kiosk'
import { CardStatusProblemBody, PassBody } from '@zuil/core/contracts/http-pass'
import { PermissionsBody } from '@zuil/core/contracts/http-permission'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import { ReceiptBody } from '@zuil/core/contracts/http-receipt'
import Value from 'typebox/value'
import { describe, expect, test } from 'vitest'

const ID = '1c0098e7-8860-45ea-9333-5d517a77aaea'
const CARD_SYSTEM = {
  id: 14,
  name: 'UiTPAS Maasland',
  branding: { logo: 'https://www.uitpas.be/maasland.svg', primaryColor: 'rgba(0,0,0,1.0)' },
  links: { website: 'https://www.uitpas.be/maasland' },
  cities: [{ postalCode: '3630', name: 'Maasmechelen' }],
  permanent: true,
}

/** Bodies as the official documents show them. */
const EXAMPLES = {
  'a check-in that is asked for': [CheckinRequest, { eventId: ID, uitpasNumber: '0914000123408' }],
  'a check-in that a client sends back with everything it got': [
    CheckinRequest,
    { id: 'x', creationDate: 'y', eventId: ID, eventTitle: 'z', uitpasNumber: '0914000123408', points: 1, passholder: {} },
  ],
  'a check-in': [
    CheckinBody,
    {
      id: 'b8bb996e-1114-4c2c-bf64-f9f018f86676',
      creationDate: '2026-03-14T18:42:07+00:00',
      eventId: ID,
      eventTitle: 'Lenteconcert',
      uitpasNumber: '0914000123408',
      points: 1,
    },
  ],
  'a status': [CheckinStatusBody, { allowed: false, endUserMessage: { nl: 'Te laat.' } }],
  'a kiosk': [
    KioskDeviceBody,
    {
      id: 'd7c1cde3-9385-4e14-a5d3-3626830b7ee3',
      name: 'CID-MLS-004',
      deviceId: '516761df-0237-44ea-88f1-9d8b00dd836e',
      organizers: [{ id: 'o', name: 'Bibliotheek Maasmechelen' }],
      locations: [{ id: 'l', name: 'Cultuurcentrum Maasmechelen' }],
      cardSystem: CARD_SYSTEM,
      releaseTrack: 'stable',
    },
  ],
  'a kiosk that is set up': [KioskSetupRequest, { name: 'CID-MLS-004', deviceId: '516761df-0237-44ea-88f1-9d8b00dd836e' }],
  'the event of a kiosk': [KioskDeviceEventBody, { checkinPoints: 1, event: { id: ID, title: 'Bib' }, checkinCode: 'QXWPLMA' }],
  'a check-in at a kiosk': [KioskCheckinBody, { newPoints: 1, totalPoints: 23 }],
  'a pass': [
    PassBody,
    {
      passholderId: '9c96f13c-90b4-4253-9e16-2043aed495b5',
      passType: 'INDIVIDUAL',
      uitpasNumber: '0914000123515',
      firstName: 'Amina',
      points: 12,
      postalCode: '3630',
      cardSystem: CARD_SYSTEM,
      socialTariff: { status: 'EXPIRED', endDate: '2026-04-30T21:59:59+00:00' },
      messages: [{ level: 'WARN', text: 'Je sociaal tarief is verlopen.' }],
    },
  ],
  'the problem of a blocked card': [
    CardStatusProblemBody,
    { ...problem('invalid-card-status'), cardStatus: 'BLOCKED', passholderId: 'p', passType: 'INDIVIDUAL' },
  ],
  permissions: [
    PermissionsBody,
    [
      {
        organizer: { id: 'o', name: 'Bib', address: { postalCode: '3630', city: 'Maasmechelen' }, linkedLocationId: 'l' },
        permissions: ['CHECKINS_WRITE'],
        permissionDetails: [{ id: 'CHECKINS_WRITE', label: { nl: 'Punten sparen' }, cardSystemIds: [14] }],
        linkedOrganizers: [],
      },
    ],
  ],
  'a problem': [ProblemBody, problem('event-not-found', { detail: 'Event id x not found' })],
  'a receipt': [
    ReceiptBody,
    { id: '0.1763700000000-3', journalled: true, loaded: false, journalledAt: '2026-11-21T11:00:00+00:00' },
  ],
  'a line of a batch': [BatchLine, { nonce: '1', scannedAt: '2026-11-21T11:00:00Z', eventId: ID, chipNumber: '04A1B2C3D45E80' }],
  'its answer': [BatchResult, { line: 1, nonce: '1', result: 'flagged', status: 201, id: 'x', points: 0, flags: ['LATE'] }],
} as const

describe('the bodies of the API', () => {
  test.each(Object.entries(EXAMPLES))('take %s', (_title, [schema, body]) => {
    expect(Value.Errors(schema, body)).toEqual([])
  })

  test.each([
    [{ uitpasNumber: '0914000123408' }],
    [{ eventId: ID, uitpasNumber: 914000123408 }],
    [{ eventId: '', uitpasNumber: '0914000123408' }],
    [[]],
    [null],
  ])('refuse %j as a check-in', (body) => {
    expect(Value.Check(CheckinRequest, body)).toBe(false)
  })
})
