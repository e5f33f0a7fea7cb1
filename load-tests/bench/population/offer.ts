import { draw, drawOne } from '../../population/draw.ts'
import { uuid } from '../../population/identifiers.ts'
import { CARD_SYSTEMS, HOMES, type Home } from './municipality.ts'
import { type Population, SUBJECT } from './population.ts'

/** Event types and themes of UiTdatabank (ids are publiq's). */
const TERMS = [
  { type: { id: '0.50.4.0.0', label: 'Concert' }, theme: { id: '1.8.3.5.0', label: 'Amusementsmuziek' } },
  { type: { id: '0.55.0.0.0', label: 'Theatervoorstelling' }, theme: { id: '1.3.1.0.0', label: 'Tekst- en muziektheater' } },
  { type: { id: '0.0.0.0.0', label: 'Tentoonstelling' }, theme: { id: '1.0.2.0.0', label: 'Fotografie' } },
  { type: { id: '0.59.0.0.0', label: 'Sport en beweging' }, theme: { id: '1.51.12.0.0', label: 'Omnisport en andere' } },
] as const

const DAY_MS = 86_400_000

export interface RegistryEntry {
  readonly kind: string
  readonly data: Record<string, unknown>
}

/** Id of event number `index`; what a check-in names. */
export function eventId(population: Population, index: number): string {
  return uuid(population.seed, index, SUBJECT.eventId)
}

/** Municipalities, card systems, organizers and events, in the order in which they refer to each other. */
export function* offer(population: Population, today: string): Generator<RegistryEntry> {
  for (const { cardSystem, ...home } of HOMES) yield { kind: 'municipalities', data: { ...home, mergedFrom: [] } }
  for (const { id, name } of CARD_SYSTEMS) {
    const cities = HOMES.filter((home) => home.cardSystem === id).flatMap(citiesOf)
    yield { kind: 'card-systems', data: { id, name, permanent: true, cities } }
  }
  for (let i = 0; i < population.organizers; i++) yield { kind: 'organizers', data: organizer(population, i) }
  for (let i = 0; i < population.events; i++) yield { kind: 'events', data: event(population, i, today) }
}

const PERMISSIONS = ['CHECKINS_WRITE', 'CHECKINS_READ', 'TARIFFS_READ', 'TICKETSALES_REGISTER', 'REWARDS_REDEEM'] as const

/** An API client that may check in, sell tickets and redeem rewards for every organizer of the population. */
export function apiClient(population: Population, credentials: { id: string; secret: string }): RegistryEntry {
  const permissions = []
  for (let i = 0; i < population.organizers; i++) {
    permissions.push({
      organizer: { id: organizerId(population, i) },
      permissionDetails: PERMISSIONS.map((id) => ({ id })),
    })
  }
  return { kind: 'clients', data: { ...credentials, name: 'Load test', permissions } }
}

function citiesOf(home: Home): { postalCode: string; name: string }[] {
  return home.postalCodes.map((postalCode) => ({ postalCode, name: home.name }))
}

/** Id of organizer number `index`. */
export function organizerId(population: Population, index: number): string {
  return uuid(population.seed, index, SUBJECT.organizerId)
}

function homeOfOrganizer(population: Population, index: number): Home {
  return drawOne(HOMES, draw(population.seed, index, SUBJECT.home))
}

function organizer(population: Population, index: number): Record<string, unknown> {
  const home = homeOfOrganizer(population, index)
  return {
    id: organizerId(population, index),
    name: `Vrijetijdsdienst ${home.name} ${index}`,
    address: { street: 'Grote Markt 1', postalCode: home.postalCodes[0], city: home.name },
    cardSystems: [{ id: home.cardSystem }],
  }
}

/** Event number `index` as UiTdatabank gives it. Open all day on `today`, each in one of four ways. */
function event(population: Population, index: number, today: string): Record<string, unknown> {
  const organizerIndex = index % population.organizers
  const home = homeOfOrganizer(population, organizerIndex)
  const terms = drawOne(TERMS, draw(population.seed, index, SUBJECT.theme))
  const address = {
    addressCountry: 'BE',
    addressLocality: home.name,
    postalCode: home.postalCodes[0],
    streetAddress: 'Grote Markt 1',
  }
  return {
    '@id': `https://io.uitdatabank.be/event/${eventId(population, index)}`,
    '@type': 'Event',
    mainLanguage: 'nl',
    name: { nl: `Activiteit ${index}` },
    ...calendar(index, today),
    status: { type: 'Available' },
    terms: [
      { ...terms.type, domain: 'eventtype' },
      { ...terms.theme, domain: 'theme' },
    ],
    location: {
      '@id': `https://io.uitdatabank.be/place/${uuid(population.seed, organizerIndex, SUBJECT.placeId)}`,
      name: { nl: `Cultuurcentrum ${home.name}` },
      address: { nl: address },
    },
    organizer: { '@id': `https://io.uitdatabank.be/organizers/${organizerId(population, organizerIndex)}` },
    priceInfo: [{ category: 'base', name: { nl: 'Basistarief' }, price: 12, priceCurrency: 'EUR' }],
    audience: { audienceType: 'everyone' },
    workflowStatus: 'APPROVED',
  }
}

function calendar(index: number, today: string): Record<string, unknown> {
  const dayOfWeek = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
  const instant = (days: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) + days * DAY_MS).toISOString().replace('.000Z', '+00:00')
  switch (index % 4) {
    case 0:
      return { calendarType: 'permanent' }
    case 1:
      return { calendarType: 'permanent', openingHours: [{ opens: '00:00', closes: '23:59', dayOfWeek }] }
    case 2:
      return { calendarType: 'periodic', startDate: instant(-30), endDate: instant(30) }
    default:
      return { calendarType: 'multiple', startDate: instant(-1), endDate: instant(3), subEvent: occurrences(instant) }
  }
}

function occurrences(instant: (days: number) => string): Record<string, unknown>[] {
  return [-1, 0, 1, 2].map((day) => ({
    '@type': 'Event',
    startDate: instant(day),
    endDate: instant(day + 1),
    status: { type: 'Available' },
    bookingAvailability: { type: 'Available' },
  }))
}
