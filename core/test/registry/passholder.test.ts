import { parseCard, parseGroupPass, parsePassholder } from '@zuil/core/registry/passholder'
import { describe, expect, test } from 'vitest'
import { CONTEXT, entryOf, faultsOf } from './context.ts'

const AMINA = {
  id: '9c96f13c-90b4-4253-9e16-2043aed495b5',
  name: 'El Idrissi',
  firstName: 'Amina',
  inszNumber: '87051213311',
  dateOfBirth: '1987-05-12',
  gender: 'FEMALE',
  address: { street: 'Rijksweg 12', postalCode: '9000', city: 'Gent' },
  points: 12,
  uitidStatus: 'UNREGISTERED',
  cardSystemMemberships: [
    {
      cardSystem: { id: 14, name: 'UiTPAS Maasland' },
      uitpasNumber: '0914000123515',
      currentCard: { uitpasNumber: '0914000123515', cardType: 'NFC_CARD', status: 'ACTIVE', chipNumber: '04a1b2c3d45e80' },
      status: 'ACTIVE',
      socialTariff: { status: 'ACTIVE', endDate: '2026-04-30T21:59:59+00:00', inGracePeriod: true },
    },
    { cardSystem: { id: 5 }, uitpasNumber: '0900000095902', status: 'BLOCKED' },
  ],
  cards: [{ uitpasNumber: '0914000123408', chipNumber: '04A1B2C3D45E81', status: 'DELETED', cardSystem: { id: 14 } }],
}

const GROUP = {
  id: '1e4275a9-4670-4a6e-8023-a6476f07711e',
  name: 'Buurthuis De Brug',
  uitpasNumber: '0914090001019',
  chipNumber: '04D0AB6AF85C80',
  cardStatus: 'ACTIVE',
  socialTariff: { status: 'ACTIVE', endDate: '2026-12-31T22:59:59+00:00', totalTicketsPerYear: 200 },
  cardSystem: { id: 14, name: 'UiTPAS Maasland' },
  address: { postalCode: '9000', city: 'Gent' },
}

describe('a passholder', () => {
  test('becomes a holder that names nobody, cards by number, and an identity', () => {
    expect(entryOf(parsePassholder(AMINA, CONTEXT))).toEqual({
      holder: {
        passType: 'INDIVIDUAL',
        homeNis: 44021,
        homePostalCode: '9000',
        birthYear: 1987,
        memberships: [
          { cardSystem: 14, status: 'ACTIVE', socialTariff: 'GRACE', socialTariffEndsAt: Date.parse('2026-04-30T21:59:59Z') },
          { cardSystem: 5, status: 'BLOCKED', socialTariff: 'NONE' },
        ],
      },
      cards: [
        { uitpasNumber: '0914000123515', chipNumber: '04A1B2C3D45E80', cardType: 'NFC_CARD', status: 'ACTIVE', cardSystem: 14 },
        { uitpasNumber: '0914000123408', chipNumber: '04A1B2C3D45E81', cardType: 'NFC_CARD', status: 'DELETED', cardSystem: 14 },
        { uitpasNumber: '0900000095902', cardType: 'DIGITAL', status: 'ACTIVE', cardSystem: 5 },
      ],
      identity: {
        id: '9c96f13c-90b4-4253-9e16-2043aed495b5',
        firstName: 'Amina',
        name: 'El Idrissi',
        dateOfBirth: '1987-05-12',
        gender: 'FEMALE',
        inszNumber: '87051213311',
        street: 'Rijksweg 12',
        postalCode: '9000',
        city: 'Gent',
        uitpasNumber: '0914000123515',
      },
    })
  })

  test.each([
    [{ status: 'ACTIVE', endDate: '2020-04-30T21:59:59+00:00', inGracePeriod: false }, 'ACTIVE'],
    [{ status: 'ACTIVE', endDate: '2020-04-30T21:59:59+00:00', inGracePeriod: true }, 'GRACE'],
    [{ status: 'EXPIRED', endDate: '2020-04-30T21:59:59+00:00' }, 'EXPIRED'],
    [{ status: 'SUSPENDED', endDate: '2030-04-30T21:59:59+00:00', suspendedUntilDate: '2027-01-01T00:00:00Z' }, 'SUSPENDED'],
    [undefined, 'NONE'],
  ])('with social tariff %j stands at %s, whatever its end date', (socialTariff, state) => {
    const cardSystemMemberships = [{ cardSystem: { id: 14 }, socialTariff }]
    const { holder } = entryOf(parsePassholder({ ...AMINA, cardSystemMemberships }, CONTEXT))
    expect(holder.memberships[0]?.socialTariff).toBe(state)
  })

  test.each([
    ['9999-12-31T23:59:59+00:00', '2299-12-31T23:59:59.999Z'],
    ['1900-01-01T00:00:00+00:00', '1970-01-01T00:00:00.000Z'],
  ])('with a tariff until %s has the nearest end that can be stored', (endDate, stored) => {
    const cardSystemMemberships = [{ cardSystem: { id: 14 }, socialTariff: { status: 'ACTIVE', endDate } }]
    const { holder } = entryOf(parsePassholder({ ...AMINA, cardSystemMemberships }, CONTEXT))
    expect(holder.memberships[0]?.socialTariffEndsAt).toBe(Date.parse(stored))
  })

  test('without active card has no current number', () => {
    const [membership] = AMINA.cardSystemMemberships
    const blocked = { ...membership, currentCard: { uitpasNumber: '0914000123515', status: 'BLOCKED' } }
    expect(entryOf(parsePassholder({ ...AMINA, cardSystemMemberships: [blocked] }, CONTEXT)).identity.uitpasNumber).toBe('')
  })

  test('may have the postal code beside the address', () => {
    const { address: _address, ...rest } = AMINA
    expect(entryOf(parsePassholder({ ...rest, postalCode: '9000' }, CONTEXT)).holder).toMatchObject({
      homePostalCode: '9000',
      homeNis: 44021,
    })
  })

  test.each<[string, object, string]>([
    ['without memberships', { cardSystemMemberships: undefined }, '/'],
    ['with a number of 12 digits', { cards: [{ ...AMINA.cards[0], uitpasNumber: '091400012340' }] }, '/cards/0/uitpasNumber'],
    ['with a chip that is none', { cards: [{ ...AMINA.cards[0], chipNumber: 'XYZ' }] }, '/cards/0/chipNumber'],
    ['with a number as a number', { cards: [{ ...AMINA.cards[0], uitpasNumber: 914000123408 }] }, '/cards/0/uitpasNumber'],
    ['with an unknown status', { cards: [{ ...AMINA.cards[0], status: 'LOST' }] }, '/cards/0/status'],
    ['with a date of birth that is none', { dateOfBirth: '12/05/1987' }, '/dateOfBirth'],
    [
      'with an end of the tariff that is none',
      { cardSystemMemberships: [{ cardSystem: { id: 14 }, socialTariff: { status: 'ACTIVE', endDate: 'April' } }] },
      '/cardSystemMemberships/0/socialTariff/endDate',
    ],
  ])('%s is refused with the place', (_title, members, pointer) => {
    const document = JSON.parse(JSON.stringify({ ...AMINA, ...members }))
    expect(faultsOf(parsePassholder(document, CONTEXT)).map(({ jsonPointer }) => jsonPointer)).toEqual([pointer])
  })
})

describe('a group pass', () => {
  test('becomes a holder without age and one card', () => {
    expect(entryOf(parseGroupPass(GROUP, CONTEXT))).toMatchObject({
      holder: {
        passType: 'GROUP',
        homeNis: 44021,
        birthYear: 0,
        memberships: [{ cardSystem: 14, status: 'ACTIVE', socialTariff: 'ACTIVE' }],
      },
      cards: [{ uitpasNumber: '0914090001019', chipNumber: '04D0AB6AF85C80', status: 'ACTIVE', cardSystem: 14 }],
      identity: { firstName: '', name: 'Buurthuis De Brug', uitpasNumber: '0914090001019' },
    })
  })

  test('without number is refused', () => {
    const { uitpasNumber: _number, ...rest } = GROUP
    expect(faultsOf(parseGroupPass(rest, CONTEXT))).toEqual([
      { jsonPointer: '/', error: 'Required property "uitpasNumber" missing.' },
    ])
  })
})

describe('a card that nobody has yet', () => {
  test('has a number, perhaps a chip, and a status', () => {
    const card = { uitpasNumber: '0900000074519', chipNumber: '044ac54a8e6180', status: 'LOCAL_STOCK', cardSystem: { id: 5 } }
    expect(entryOf(parseCard(card, CONTEXT))).toEqual({
      uitpasNumber: '0900000074519',
      chipNumber: '044AC54A8E6180',
      cardType: 'NFC_CARD',
      status: 'LOCAL_STOCK',
      cardSystem: 5,
    })
  })
})
