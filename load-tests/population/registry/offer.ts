import {
  type CostPart,
  type CostParts,
  type Coupon,
  type DistributionKey,
  formatInstant,
  type Organizer,
  type Permission,
  type Reward,
} from '@zuil/core'
import { uuid } from '../identifiers.ts'
import { couponOf, distributionKeysOf } from '../offer/price-book.ts'
import type { World } from '../world.ts'
import type { RegistryEntry } from './entry.ts'
import { eventEntry } from './event.ts'

const SECRET_SUBJECT = { kiosk: 231, client: 232 } as const

/** What the counter of an organizer does. */
const COUNTER_PERMISSIONS: readonly Permission[] = [
  'CHECKINS_READ',
  'CHECKINS_WRITE',
  'EVENTS_READ',
  'PASSES_READ',
  'PASSHOLDERS_SEARCH',
  'REWARDS_READ',
  'REWARDS_REDEEM',
  'TARIFFS_READ',
  'TICKETSALES_REGISTER',
  'TICKETSALES_SEARCH',
]

/** What there is on a day: organizers that joined, events that are published, and everything around them. */
export function* offerEntries(world: World, day: number): Generator<RegistryEntry> {
  const { hosts, offers, events, geography, rewards, book } = world
  const known = hosts.filter(({ onboardedOn }) => onboardedOn <= day)
  for (const { organizer } of known) yield { kind: 'organizers', data: organizerBody(organizer) }
  for (const { id } of geography.regions) for (const key of distributionKeysOf(book, id)) yield keyEntry(key)
  for (const { id } of geography.regions) {
    const coupon = book.coupon(couponOf(id) ?? '')
    if (coupon) yield couponEntry(coupon)
  }
  for (let index = 0; index < offers.count && (offers.publishedOn[index] ?? 0) <= day; index++) {
    const host = hosts[offers.host[index] ?? 0]
    if (host) yield eventEntry(events.event(index), host)
  }
  for (const reward of rewards) yield rewardEntry(reward)
}

/** Kiosks and counters, with what they prove to be themselves by. */
export function* deviceEntries({ hosts, options: { seed } }: World, day: number): Generator<RegistryEntry> {
  for (const [index, host] of hosts.entries()) {
    if (host.onboardedOn > day) continue
    const { organizer, kiosk, client, location, locationName: name } = host
    if (kiosk !== '') {
      const [cardSystem = 0] = organizer.cardSystems
      const deviceId = deviceIdOf(seed, index)
      const at = { organizers: [{ id: organizer.id, name: organizer.name }], locations: [{ id: location, name }] }
      const data = { id: kiosk, name: `Zuil ${name}`, deviceId, cardSystem: { id: cardSystem }, releaseTrack: 'stable', ...at }
      yield { kind: 'kiosks', data }
    }
    const permissionDetails = COUNTER_PERMISSIONS.map((id) => ({ id }))
    const permissions = [{ organizer: { id: organizer.id }, permissionDetails }]
    yield { kind: 'clients', data: { id: client, name: `Balie ${name}`, secret: clientSecretOf(seed, index), permissions } }
  }
}

/** What the kiosk of a host sends as `x-custom-token`. */
export function deviceIdOf(seed: number, host: number): string {
  return uuid(seed, host, SECRET_SUBJECT.kiosk)
}

/** What the counter of a host gets its access tokens with. */
export function clientSecretOf(seed: number, host: number): string {
  return uuid(seed, host, SECRET_SUBJECT.client)
}

function organizerBody({ id, name, street, postalCode, city, ...organizer }: Organizer): Record<string, unknown> {
  const { cardSystems, linkedLocation, passholderTicketLimit: limit } = organizer
  return {
    id,
    name,
    address: { street, postalCode, city },
    linkedLocationId: linkedLocation,
    cardSystems: cardSystems.map((cardSystem) => ({ id: cardSystem })),
    ...(limit && { passholderTicketLimit: { volume: limit.volume, periodType: limit.period } }),
  }
}

function keyEntry({ id, name, cardSystem, kind, organizers, socialTariff, splits }: DistributionKey): RegistryEntry {
  return {
    kind: 'distribution-keys',
    data: {
      id,
      name,
      cardSystem: { id: cardSystem },
      kind,
      organizers: organizers.map((organizer) => ({ id: organizer })),
      ...(socialTariff && { conditions: { socialTariff } }),
      splits: splits.map(({ sameCity, otherCity }) => ({ sameCity: partsBody(sameCity), otherCity: partsBody(otherCity) })),
    },
  }
}

function partsBody({ participant, organizer, localGovernment, flemishGovernment }: CostParts): Record<string, unknown> {
  return {
    participant: partBody(participant),
    organizer: partBody(organizer),
    localGovernment: partBody(localGovernment),
    flemishGovernment: partBody(flemishGovernment),
  }
}

function partBody(part: CostPart): Record<string, unknown> {
  switch (part.type) {
    case 'FIXED':
      return { type: 'FIXED', amount: part.cents / 100 }
    case 'SHARE':
      return { type: 'PERCENTAGE', percentage: part.basisPoints / 100 }
    case 'REMAINDER_SHARE':
      return { type: 'PERCENTAGE_OF_REMAINDER', percentage: part.basisPoints / 100 }
  }
}

function couponEntry({ id, name, description, cardSystem, distributionKey, status, exchangeLimit }: Coupon): RegistryEntry {
  const rest = { description, status, ...(exchangeLimit && { exchangeConstraint: exchangeLimit }) }
  const data = { id, name, cardSystem: { id: cardSystem }, distributionKey: { id: distributionKey }, ...rest }
  return { kind: 'coupons', data }
}

function rewardEntry(reward: Reward): RegistryEntry {
  const { id, title, type, points, publication, unitsMax, redeemLimit, cardSystems, owningCardSystem, ...rest } = reward
  return {
    kind: 'rewards',
    data: {
      id,
      title,
      type,
      points,
      ...(publication && { publicationPeriod: { begin: formatInstant(publication.from) } }),
      ...(unitsMax !== undefined && { maxAvailableUnits: unitsMax }),
      ...(redeemLimit && { redeemConstraint: redeemLimit }),
      allCardSystems: cardSystems.length === 0,
      applicableCardSystems: cardSystems.map((cardSystem) => ({ id: cardSystem })),
      owningCardSystem: { id: owningCardSystem },
      organizers: rest.organizers.map((organizer) => ({ id: organizer })),
      categories: rest.categories,
      status: rest.status,
    },
  }
}
