import { DEFAULT_PROGRAMME, type Event } from '@zuil/core'
import { uuid } from '../population/identifiers.ts'
import { CATEGORIES, categoryIndex } from '../population/offer/category.ts'
import type { Host } from '../population/offer/organizers.ts'
import type { RegistryEntry } from '../population/registry/entry.ts'
import { eventEntry } from '../population/registry/event.ts'
import { clientSecretOf, deviceIdOf } from '../population/registry/offer.ts'
import type { World } from '../population/world.ts'
import type { Scenario } from '../scenarios/catalogue.ts'

/** Beyond the subjects of the population's own ids. */
const EVENT_SUBJECT = 901
const CODE_SUBJECT = 903
const SCANNER_SUBJECT = { id: 906, secret: 907 } as const
const HOUR_MS = 3_600_000
/** Open since yesterday, for kiosks that tell of a night offline, and longer than any load lasts. */
const OPEN_BEFORE_MS = 20 * HOUR_MS
const OPEN_AFTER_MS = 36 * HOUR_MS

/** Where people come in a scenario: an event that is open now at a host of the population, its kiosk and its counter. */
export interface Door {
  readonly event: Event
  readonly host: Host
  /** Device id of the kiosk; empty without one. */
  readonly device: string
  /** Of the counter, as the population has it; or of the scanner there, which may check in and nothing else. */
  readonly client: { readonly id: string; readonly secret: string }
  readonly hasScanner: boolean
  /** Of the event, for those who check in with a phone. */
  readonly checkinCode: string
}

/** The largest places come first. @throws {RangeError} when the world has no such host */
export function doorsOf(world: World, scenario: Scenario, now: number): readonly Door[] {
  const wanted = scenario.doors.categories.map(categoryIndex)
  const day = Math.floor(now / (24 * HOUR_MS))
  const hosts = [...world.hosts.entries()].flatMap(([index, host]) => {
    const category = host.categories.find((known) => wanted.includes(known))
    return category !== undefined && host.onboardedOn <= day ? [{ index, host, category }] : []
  })
  const inhabitants = (host: Host) => world.geography.places[host.place]?.inhabitants ?? 0
  hosts.sort((a, b) => inhabitants(b.host) - inhabitants(a.host) || a.index - b.index)
  if (hosts.length === 0) throw new RangeError(`Nobody offers ${scenario.doors.categories.join(' or ')} in this world`)
  const { seed } = world.options
  const hasScanner = scenario.hasScanners ?? false
  return hosts.slice(0, scenario.doors.most).map(({ index, host, category }, door) => ({
    event: eventOf(host, {
      category,
      id: uuid(seed, index, EVENT_SUBJECT),
      now,
      ...(door === 0 && { ticketsMax: scenario.ticketsMax }),
    }),
    host,
    device: host.kiosk === '' ? '' : deviceIdOf(seed, index),
    client: hasScanner
      ? { id: uuid(seed, index, SCANNER_SUBJECT.id), secret: uuid(seed, index, SCANNER_SUBJECT.secret) }
      : { id: host.client, secret: clientSecretOf(seed, index) },
    hasScanner,
    checkinCode: uuid(seed, index, CODE_SUBJECT),
  }))
}

interface EventDraft {
  readonly category: number
  readonly id: string
  readonly now: number
  readonly ticketsMax?: number | undefined
}

function eventOf({ organizer, location, locationName }: Host, { category, id, now, ticketsMax }: EventDraft): Event {
  const kind = CATEGORIES[category]
  if (!kind) throw new RangeError(`There is no category ${category}`)
  const startsAt = now - OPEN_BEFORE_MS
  return {
    id,
    number: 0,
    title: `${kind.title} ${organizer.city ?? ''}`,
    organizer: organizer.id,
    location,
    locationName,
    venueNis: organizer.nis,
    type: kind.type,
    theme: kind.themes[0] ?? '',
    calendar: { type: 'single', occurrences: [{ startsAt, endsAt: now + OPEN_AFTER_MS, hasHours: true, available: true }] },
    workflowStatus: 'APPROVED',
    available: true,
    cardSystems: organizer.cardSystems,
    programme: DEFAULT_PROGRAMME,
    checkinPoints: 1,
    checkinLimit: { volume: 1, period: 'DAY' },
    ...(ticketsMax !== undefined && { ticketsMax }),
  }
}

/** What the registry has to know of the doors, after the population: each event, its scanner, and that the kiosk beside it is for it. */
export function* doorEntries(doors: readonly Door[]): Generator<RegistryEntry> {
  for (const { event, host, checkinCode } of doors) {
    const { kind, data } = eventEntry(event, host)
    // what UiTPAS knows of an event, as eventEntry made it
    const uitpas = data.uitpas as Readonly<Record<string, unknown>>
    yield { kind, data: { ...data, uitpas: { ...uitpas, checkinCode } } }
  }
  for (const { host, client, hasScanner } of doors) {
    if (!hasScanner) continue
    const permissions = [{ organizer: { id: host.organizer.id }, permissionDetails: [{ id: 'CHECKINS_WRITE' }] }]
    yield { kind: 'clients', data: { ...client, name: `Scanner ${host.locationName}`, permissions } }
  }
  for (const { event, host, device } of doors) {
    if (device === '') continue
    const [cardSystem = 0] = host.organizer.cardSystems
    const organizers = [{ id: host.organizer.id, name: host.organizer.name }]
    const locations = [{ id: host.location, name: host.locationName }]
    const kiosk = { id: host.kiosk, name: `Zuil ${host.locationName}`, deviceId: device, cardSystem: { id: cardSystem } }
    yield { kind: 'kiosks', data: { ...kiosk, releaseTrack: 'stable', organizers, locations, fixedEvent: { id: event.id } } }
  }
}
