import { parseBonus } from '@zuil/core/registry/bonus'
import { parseCardSystem } from '@zuil/core/registry/card-system'
import { parseClient } from '@zuil/core/registry/client'
import { parseKiosk } from '@zuil/core/registry/kiosk'
import { parseMunicipality } from '@zuil/core/registry/municipality'
import { parseOrganizer } from '@zuil/core/registry/organizer'
import { parseReward } from '@zuil/core/registry/reward'
import { describe, expect, test } from 'vitest'
import { CONTEXT, entryOf, faultsOf } from './context.ts'

describe('entries of the registry', () => {
  test('a card system knows the municipalities of its cities', () => {
    const document = {
      id: 5,
      name: 'UiTPAS Regio Gent',
      links: { website: 'https://www.uitpas.be/gent' },
      branding: { logo: 'https://www.uitpas.be/gent.svg' },
      cities: [{ postalCode: '9000', name: 'Gent' }],
    }
    expect(entryOf(parseCardSystem(document, CONTEXT))).toEqual({
      id: 5,
      name: 'UiTPAS Regio Gent',
      permanent: true,
      website: 'https://www.uitpas.be/gent',
      branding: { logo: 'https://www.uitpas.be/gent.svg' },
      cities: [{ postalCode: '9000', name: 'Gent', nis: 44021 }],
    })
  })

  test('a municipality', () => {
    const document = {
      nis: 44021,
      name: 'Gent',
      postalCodes: ['9000'],
      latitude: 51.05,
      longitude: 3.72,
      inhabitants: 272_657,
      inhabitantsYear: 2026,
    }
    expect(entryOf(parseMunicipality(document, CONTEXT))).toEqual({ ...document, mergedFrom: [] })
  })

  test('an organizer lists its card systems in order', () => {
    const document = {
      id: '0ce87cbc-9299-4528-8d35-92225dc9489f',
      name: '[TEST] UiTPAS Organisatie',
      address: { postalCode: '9000', city: 'Gent' },
      linkedLocationId: '8248e289-c986-4006-902f-b0616dcbcde7',
      cardSystems: [{ id: 5 }, { id: 3 }],
    }
    expect(entryOf(parseOrganizer(document, CONTEXT))).toEqual({
      id: '0ce87cbc-9299-4528-8d35-92225dc9489f',
      name: '[TEST] UiTPAS Organisatie',
      nis: 44021,
      cardSystems: [3, 5],
      postalCode: '9000',
      city: 'Gent',
      linkedLocation: '8248e289-c986-4006-902f-b0616dcbcde7',
    })
  })

  test('a kiosk may be fixed on an event', () => {
    const document = {
      id: 'd7c1cde3-9385-4e14-a5d3-3626830b7ee3',
      name: 'CID-MLS-004',
      deviceId: '516761df-0237-44ea-88f1-9d8b00dd836e',
      cardSystem: { id: 14, name: 'UiTPAS Maasland' },
      organizers: [{ id: 'o', name: 'Bib' }],
      fixedEvent: { id: 'e' },
    }
    expect(entryOf(parseKiosk(document, CONTEXT))).toEqual({
      id: 'd7c1cde3-9385-4e14-a5d3-3626830b7ee3',
      name: 'CID-MLS-004',
      deviceId: '516761df-0237-44ea-88f1-9d8b00dd836e',
      cardSystem: 14,
      releaseTrack: 'stable',
      organizers: ['o'],
      locations: [],
      fixedEvent: 'e',
    })
  })

  test('a kiosk without device and without code could never be used', () => {
    expect(faultsOf(parseKiosk({ id: 'k', name: 'K', cardSystem: { id: 14 } }, CONTEXT))).toEqual([
      { jsonPointer: '/', error: 'Required property "deviceId" or "configurationCode" missing.' },
    ])
  })

  test('a client has one grant for permissions of the same card systems', () => {
    const permissionDetails = [
      { id: 'CHECKINS_WRITE', cardSystemIds: [14, 5] },
      { id: 'CHECKINS_READ', cardSystemIds: [5, 14] },
      { id: 'PASSES_READ' },
    ]
    const document = {
      id: 'sample-client',
      name: 'Sample',
      secret: 'sample-secret',
      permissions: [{ organizer: { id: 'o' }, permissionDetails }],
    }
    expect(entryOf(parseClient(document, CONTEXT))).toEqual({
      client: {
        id: 'sample-client',
        name: 'Sample',
        grants: [
          { organizer: 'o', permissions: ['CHECKINS_WRITE', 'CHECKINS_READ'], cardSystems: [5, 14] },
          { organizer: 'o', permissions: ['PASSES_READ'], cardSystems: [] },
        ],
      },
      secret: 'sample-secret',
    })
  })

  test('a client with an unknown permission is refused', () => {
    const document = { id: 'c', name: 'C', permissions: [{ organizer: { id: 'o' }, permissionDetails: [{ id: 'ALL' }] }] }
    expect(faultsOf(parseClient(document, CONTEXT)).map(({ jsonPointer }) => jsonPointer)).toEqual([
      '/permissions/0/permissionDetails/0/id',
    ])
  })

  test('a reward without a number of units is unlimited', () => {
    const document = {
      id: '5823',
      title: 'Koffie',
      type: 'POINTS',
      points: 4,
      promotionalDescription: 'Eén koffie of thee.',
      publicationPeriod: { begin: '2026-01-01T00:00:00+00:00' },
      redeemPeriod: { begin: '2026-01-01T00:00:00+00:00' },
      maxAvailableUnits: 0,
      redeemConstraint: { volume: 1, period: 'WEEK' },
      owningCardSystem: { id: 5 },
    }
    expect(entryOf(parseReward(document, CONTEXT))).toEqual({
      reward: {
        id: '5823',
        title: 'Koffie',
        type: 'POINTS',
        points: 4,
        programme: 'uitpas',
        cardSystems: [],
        owningCardSystem: 5,
        residentsOf: [],
        organizers: [],
        categories: [],
        forKids: false,
        sport: false,
        featured: false,
        online: false,
        status: 'ACTIVE',
        publication: { from: Date.parse('2026-01-01T00:00:00Z') },
        redeem: { from: Date.parse('2026-01-01T00:00:00Z') },
        redeemLimit: { volume: 1, period: 'WEEK' },
      },
      texts: { promotionalDescription: 'Eén koffie of thee.', pictures: [] },
      ours: {},
    })
  })

  test('a reward for residents names municipalities, by the postal codes that the registry knows', () => {
    const document = { id: '1', title: 'Zwemmen', type: 'WELCOME', residents: [{ postalCode: '9000' }] }
    expect(entryOf(parseReward(document, CONTEXT)).reward.residentsOf).toEqual([44021])
    expect(faultsOf(parseReward({ ...document, residents: [{ postalCode: '1' }] }, CONTEXT))).toEqual([
      { jsonPointer: '/residents/0/postalCode', error: 'The data must be the postal code of a known municipality.' },
    ])
  })

  test('a period of a reward does not end before it begins', () => {
    const period = { begin: '2026-02-01T00:00:00Z', end: '2026-01-01T00:00:00Z' }
    expect(faultsOf(parseReward({ id: '1', title: 'Zwemmen', type: 'WELCOME', redeemPeriod: period }, CONTEXT))).toEqual([
      { jsonPointer: '/redeemPeriod/end', error: 'The data must not be before the begin.' },
    ])
  })

  test('a bonus is for a card or for a passholder, not both', () => {
    const bonus = { id: 'over-1', points: 30, label: 'Beleefpas', uitpasNumber: '0900000095902' }
    expect(entryOf(parseBonus(bonus, CONTEXT))).toEqual({
      id: 'over-1',
      points: 30,
      label: 'Beleefpas',
      programme: 'uitpas',
      to: { uitpasNumber: '0900000095902' },
    })
    expect(faultsOf(parseBonus({ ...bonus, passholderId: 'x' }, CONTEXT))).toHaveLength(1)
    expect(faultsOf(parseBonus({ ...bonus, programme: 'met spatie' }, CONTEXT))).toHaveLength(1)
  })

  test('a reward for points must say how many', () => {
    expect(faultsOf(parseReward({ id: '1', title: 'Koffie', type: 'POINTS' }, CONTEXT))).toEqual([
      { jsonPointer: '/', error: 'Required property "points" missing.' },
    ])
  })
})
