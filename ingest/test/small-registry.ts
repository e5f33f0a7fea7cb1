/** A registry of two organizers, a few events and one person for each case, in the official shapes. */
export const ORGANIZER = 'd42cb5d9-adee-47b8-90a9-d030f04dbe26'
export const OTHER_ORGANIZER = '11111111-adee-47b8-90a9-d030f04dbe26'
export const PLACE = '2bfc6f1a-edb7-4bc3-ac3a-f9162693390b'

export const EVENT = '1c0098e7-8860-45ea-9333-5d517a77aaea'
export const EVENT_OVER = '1c0098e7-8860-45ea-9333-000000000001'
export const EVENT_UNLIMITED = '1c0098e7-8860-45ea-9333-000000000002'
export const EVENT_OF_OTHER = '1c0098e7-8860-45ea-9333-000000000003'
/** Of the other organizer, at the place of {@link ORGANIZER}. */
export const EVENT_AT_PLACE = '1c0098e7-8860-45ea-9333-000000000004'
export const EVENT_CANCELLED = '1c0098e7-8860-45ea-9333-000000000005'

export const CLIENT = 'test-client'
export const SECRET = 'test-secret'
/** May check in for {@link ORGANIZER} and nothing else. */
export const COUNTER = 'counter-client'
export const STRANGER = 'stranger-client'

export const DEVICE = '516761df-0237-44ea-88f1-9d8b00dd836e'
export const FIXED_DEVICE = '516761df-0237-44ea-88f1-000000000001'
export const CONFIGURATION_CODE = '7F3K-22QX'

export const AMINA = { number: '0914000123408', chip: '04A1B2C3D45E80', id: '9c96f13c-90b4-4253-9e16-2043aed495b5' } as const
/** Social tariff expired. */
export const BRAM = { number: '0914000123515', chip: '04A1B2C3D45E81', id: '9c96f13c-90b4-4253-9e16-000000000001' } as const
/** Card blocked. */
export const CELINE = { number: '0914000098709', chip: '04A1B2C3D45E82', id: '9c96f13c-90b4-4253-9e16-000000000002' } as const
/** Membership blocked, card active. */
export const DIRK = { number: '0919002007707', chip: '04A1B2C3D45E83', id: '9c96f13c-90b4-4253-9e16-000000000003' } as const
export const GROUP = { number: '0914090001019', chip: '04A1B2C3D45E84', id: '9c96f13c-90b4-4253-9e16-000000000004' } as const
/** A card that nobody has yet. */
export const STOCK = { number: '0919002007814', chip: '04A1B2C3D45E85' } as const
/** A number with the right check digit that no card has. */
export const UNKNOWN_NUMBER = '1000000471101'

const CARD_SYSTEM = { id: 14, name: 'UiTPAS Maasland' }

export const REGISTRY = {
  municipalities: [
    {
      nis: 73107,
      name: 'Maasmechelen',
      postalCodes: ['3630'],
      latitude: 50.97,
      longitude: 5.69,
      inhabitants: 40000,
      inhabitantsYear: 2026,
      mergedFrom: [],
    },
  ],
  'card-systems': [{ ...CARD_SYSTEM, cities: [{ postalCode: '3630', name: 'Maasmechelen' }], permanent: true }],
  organizers: [
    {
      id: ORGANIZER,
      name: 'Bibliotheek Maasmechelen',
      address: { street: 'Koninginnelaan 1', postalCode: '3630', city: 'Maasmechelen' },
      linkedLocationId: PLACE,
      cardSystems: [{ id: 14 }],
    },
    {
      id: OTHER_ORGANIZER,
      name: 'Sportdienst',
      address: { postalCode: '3630', city: 'Maasmechelen' },
      cardSystems: [{ id: 14 }],
    },
  ],
  events: [
    event(EVENT, { title: 'Bezoek aan de bib' }),
    event(EVENT_OVER, {
      title: 'Voorbij',
      days: { startDate: '2020-01-01T00:00:00+01:00', endDate: '2020-12-31T23:59:59+01:00' },
    }),
    event(EVENT_UNLIMITED, { title: 'Altijd', settings: { checkinPoints: 2 } }),
    event(EVENT_OF_OTHER, { title: 'Zwemmen', organizer: OTHER_ORGANIZER, place: '2bfc6f1a-edb7-4bc3-ac3a-000000000001' }),
    event(EVENT_AT_PLACE, { title: 'Lezing', organizer: OTHER_ORGANIZER }),
    event(EVENT_CANCELLED, { title: 'Afgelast', status: 'Unavailable' }),
  ],
  passholders: [
    passholder(AMINA, { firstName: 'Amina', name: 'El Idrissi' }),
    passholder(BRAM, {
      firstName: 'Bram',
      name: 'Peeters',
      socialTariff: { status: 'EXPIRED', endDate: '2026-04-30T21:59:59+00:00' },
    }),
    passholder(CELINE, { firstName: 'Céline', name: 'Maes', cardStatus: 'BLOCKED' }),
    passholder(DIRK, { firstName: 'Dirk', name: 'Claes', membershipStatus: 'BLOCKED' }),
  ],
  'group-passes': [
    {
      id: GROUP.id,
      name: 'Jeugdwerking',
      uitpasNumber: GROUP.number,
      chipNumber: GROUP.chip,
      postalCode: '3630',
      city: 'Maasmechelen',
      cardSystem: CARD_SYSTEM,
      cardStatus: 'ACTIVE',
    },
  ],
  cards: [
    { uitpasNumber: STOCK.number, chipNumber: STOCK.chip, cardSystem: CARD_SYSTEM, status: 'LOCAL_STOCK', cardType: 'NFC_CARD' },
  ],
  kiosks: [
    { ...kiosk('d7c1cde3-9385-4e14-a5d3-3626830b7ee3', 'CID-MLS-001'), deviceId: DEVICE },
    {
      ...kiosk('d7c1cde3-9385-4e14-a5d3-000000000001', 'CID-MLS-002'),
      deviceId: FIXED_DEVICE,
      fixedEvent: { id: EVENT_UNLIMITED },
    },
    { ...kiosk('d7c1cde3-9385-4e14-a5d3-000000000002', 'CID-MLS-004'), configurationCode: CONFIGURATION_CODE },
  ],
  clients: [
    client(CLIENT, ['CHECKINS_WRITE', 'CHECKINS_READ', 'PASSES_READ', 'PASSHOLDERS_SEARCH']),
    client(COUNTER, ['CHECKINS_WRITE']),
    { id: STRANGER, name: 'Vreemd', secret: SECRET, permissions: [] },
  ],
} as const satisfies Record<string, readonly object[]>

interface EventOptions {
  readonly title: string
  readonly organizer?: string
  readonly place?: string
  readonly status?: string
  readonly days?: { readonly startDate: string; readonly endDate: string }
  readonly settings?: object
}

export function event(id: string, options: EventOptions) {
  const { title, organizer = ORGANIZER, place = PLACE, status = 'Available', days, settings } = options
  return {
    '@id': `https://io.uitdatabank.be/event/${id}`,
    mainLanguage: 'nl',
    name: { nl: title },
    calendarType: days ? 'periodic' : 'permanent',
    ...days,
    status: { type: status },
    terms: [{ id: '0.0.0.0.0', label: 'Tentoonstelling', domain: 'eventtype' }],
    location: {
      '@id': `https://io.uitdatabank.be/place/${place}`,
      name: { nl: 'Bibliotheek' },
      address: { nl: { addressCountry: 'BE', addressLocality: 'Maasmechelen', postalCode: '3630' } },
    },
    organizer: { '@id': `https://io.uitdatabank.be/organizers/${organizer}` },
    workflowStatus: 'APPROVED',
    uitpas: {
      settings: settings ?? { checkinPoints: 1, checkinLimit: { volume: 1, periodType: 'WEEK' } },
      cardSystems: [{ id: 14, enabled: true }],
    },
  }
}

interface PassholderOptions {
  readonly firstName: string
  readonly name: string
  readonly cardStatus?: string
  readonly membershipStatus?: string
  readonly socialTariff?: object
}

export function passholder(card: { id: string; number: string; chip: string }, options: PassholderOptions) {
  const { cardStatus = 'ACTIVE', membershipStatus = 'ACTIVE', socialTariff } = options
  return {
    id: card.id,
    name: options.name,
    firstName: options.firstName,
    dateOfBirth: '1987-05-12',
    gender: 'X',
    address: { postalCode: '3630', city: 'Maasmechelen' },
    cardSystemMemberships: [
      {
        cardSystem: CARD_SYSTEM,
        uitpasNumber: card.number,
        currentCard: { uitpasNumber: card.number, chipNumber: card.chip, cardType: 'NFC_CARD', status: cardStatus },
        status: membershipStatus,
        ...(socialTariff && { socialTariff }),
      },
    ],
  }
}

function kiosk(id: string, name: string) {
  return {
    id,
    name,
    cardSystem: CARD_SYSTEM,
    releaseTrack: 'stable',
    organizers: [{ id: ORGANIZER }],
    locations: [{ id: PLACE, name: 'Bibliotheek' }],
  }
}

function client(id: string, permissions: readonly string[]) {
  return {
    id,
    name: id,
    secret: SECRET,
    permissions: [{ organizer: { id: ORGANIZER }, permissionDetails: permissions.map((permission) => ({ id: permission })) }],
  }
}
