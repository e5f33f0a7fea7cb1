import {
  type ApiClient,
  type CardSystem,
  type Coupon,
  type DistributionKey,
  type Event,
  type EventCardSystem,
  entityId,
  type Kiosk,
  type Municipality,
  type Organizer,
  type Programme,
  type RemovableKind,
} from '@zuil/core'
import { numberedReward } from '../rewards/numbered-reward.ts'
import type { Secrets } from '../secrets.ts'
import type { StoredClient, StoredEvent, StoredReward } from './entity-draft.ts'
import { decodeCardRow, decodeHolderEntry } from './holder-entry.ts'
import { PassTable } from './pass-table.ts'
import { ProgrammeTable } from './programme-table.ts'
import { CONTENT_HASH_LENGTH } from './registry-writer.ts'
import { openEntry } from './sealed-entry.ts'
import { TariffTable } from './tariff-table.ts'

/** Everything the registry says, in memory: passes in typed arrays, the rest in maps by canonical id. */
export class RegistryTables {
  readonly passes: PassTable
  readonly events = new Map<string, StoredEvent>()
  readonly organizers = new Map<string, Organizer>()
  readonly kiosks = new Map<string, Kiosk>()
  readonly rewards = new Map<string, StoredReward>()
  readonly clients = new Map<string, StoredClient>()
  readonly tariffs = new TariffTable()
  readonly programmes = new ProgrammeTable()
  readonly cardSystems = new Map<number, CardSystem>()
  readonly municipalities = new Map<number, Municipality>()
  /** Card systems that were put through the API, also of events that are not known yet. */
  readonly eventCardSystems = new Map<string, readonly EventCardSystem[]>()
  /** Events that a ticket was sold for. */
  readonly soldEvents = new Set<string>()
  readonly #eventsByOrganizer = new Map<string, Set<string>>()
  readonly #eventsByLocation = new Map<string, Set<string>>()
  readonly #organizersByLocation = new Map<string, Set<string>>()
  readonly #kiosksByDevice = new Map<string, string>()
  readonly #kiosksByCode = new Map<string, string>()
  readonly #municipalitiesByPostalCode = new Map<string, Set<number>>()
  readonly #secrets: Secrets

  constructor(secrets: Secrets, expectedCards: number) {
    this.#secrets = secrets
    this.passes = new PassTable(expectedCards)
  }

  /** Takes the text that stands in a kind's hash. Returns the entity that it changes, as decisions name it. */
  take(kind: string, key: string, text: string): string {
    const shown = text.slice(CONTENT_HASH_LENGTH + 1)
    // What stands in the registry's hashes was written by its store, in the types of the kind.
    switch (kind) {
      case 'holders':
        this.passes.setHolder(Number(key), decodeHolderEntry(shown))
        return `holder/${key}`
      case 'cards':
        this.passes.setCard(decodeCardRow(JSON.parse(shown) as Parameters<typeof decodeCardRow>[0]), 0)
        return `card/${key}`
      case 'events':
        return this.#takeEvent(key, JSON.parse(shown) as StoredEvent)
      case 'kiosks':
        this.#takeKiosk(key, JSON.parse(openEntry(this.#secrets, { kind, key }, shown).stored) as Kiosk)
        return removableEntity(kind, key)
      case 'organizers':
        this.#takeOrganizer(key, JSON.parse(shown) as Organizer)
        return `organizer/${key}`
      case 'clients':
        this.clients.set(key, JSON.parse(shown) as StoredClient)
        return removableEntity(kind, key)
      case 'rewards':
        return this.#takeReward(key, numberedReward(JSON.parse(shown)))
      case 'card-systems':
        this.cardSystems.set(Number(key), JSON.parse(shown) as CardSystem)
        return `card-system/${key}`
      case 'programmes':
        this.programmes.set(JSON.parse(shown) as Programme)
        return `programme/${key}`
      case 'distribution-keys':
        this.tariffs.setKey(JSON.parse(shown) as DistributionKey)
        return `distribution-key/${key}`
      case 'coupons':
        this.tariffs.setCoupon(JSON.parse(shown) as Coupon)
        return `coupon/${key}`
      case 'settlement-agreements':
        // Nothing is decided by it: settlements read it from the warehouse.
        return `settlement-agreement/${key}`
      case 'event-card-systems':
        this.eventCardSystems.set(key, JSON.parse(shown) as readonly EventCardSystem[])
        return `${kind}/${key}`
      case 'event-sales':
        this.soldEvents.add(key)
        return `${kind}/${key}`
      case 'event-settings':
        // They stand in the event itself.
        return `${kind}/${key}`
      case 'accounts':
        // Not kept: there may be as many as passholders.
        return removableEntity(kind, key)
      case 'data-tokens':
        return `data-token/${key}`
      case 'municipalities':
        this.#takeMunicipality(JSON.parse(shown) as Municipality)
        return `municipality/${key}`
      default:
        throw new TypeError(`The registry has an entry of an unknown kind: ${kind}`)
    }
  }

  /** Takes out what does not stand in a kind's hash any more. Returns the entity that it was; undefined of kinds that stay. */
  remove(kind: string, key: string): string | undefined {
    switch (kind) {
      case 'kiosks':
        this.#removeKiosk(key)
        return removableEntity(kind, key)
      case 'clients':
        this.clients.delete(key)
        return removableEntity(kind, key)
      case 'accounts':
        return removableEntity(kind, key)
      default:
        return undefined
    }
  }

  eventsBy(where: { readonly organizer: string } | { readonly location: string }): readonly Event[] {
    const ids =
      'organizer' in where
        ? this.#eventsByOrganizer.get(entityId(where.organizer))
        : this.#eventsByLocation.get(entityId(where.location))
    return [...(ids ?? [])].flatMap((id) => this.events.get(id)?.event ?? [])
  }

  /** Canonical ids of the organizers whose linked place it is. */
  organizersAt(location: string): ReadonlySet<string> {
    return this.#organizersByLocation.get(entityId(location)) ?? NOBODY
  }

  kioskByDevice(deviceId: string): Kiosk | undefined {
    return this.kiosks.get(this.#kiosksByDevice.get(deviceId) ?? '')
  }

  kioskByConfigurationCode(code: string): Kiosk | undefined {
    return this.kiosks.get(this.#kiosksByCode.get(code) ?? '')
  }

  client(id: string): ApiClient | undefined {
    return this.clients.get(id)?.client
  }

  /** As {@link RegistryContext.nisOf}: the name decides where a postal code has several municipalities. */
  nisOf(postalCode: string, town: string): number {
    const candidates = [...(this.#municipalitiesByPostalCode.get(postalCode) ?? [])]
    if (candidates.length <= 1) return candidates[0] ?? 0
    const name = town.trim().toLowerCase()
    return candidates.find((nis) => this.municipalities.get(nis)?.name.toLowerCase() === name) ?? candidates[0] ?? 0
  }

  #takeEvent(key: string, stored: StoredEvent): string {
    const prior = this.events.get(key)?.event
    if (prior) {
      this.#eventsByOrganizer.get(entityId(prior.organizer))?.delete(key)
      this.#eventsByLocation.get(entityId(prior.location))?.delete(key)
    }
    this.events.set(key, stored)
    addTo(this.#eventsByOrganizer, entityId(stored.event.organizer), key)
    if (stored.event.location !== '') addTo(this.#eventsByLocation, entityId(stored.event.location), key)
    return `event/${stored.event.number}`
  }

  #takeReward(key: string, stored: StoredReward | undefined): string {
    if (!stored) return `reward/${key}`
    this.rewards.set(key, stored)
    return `reward/${stored.reward.number}`
  }

  #takeOrganizer(key: string, organizer: Organizer): void {
    const prior = this.organizers.get(key)?.linkedLocation
    if (prior !== undefined) this.#organizersByLocation.get(entityId(prior))?.delete(key)
    this.organizers.set(key, organizer)
    if (organizer.linkedLocation !== undefined) addTo(this.#organizersByLocation, entityId(organizer.linkedLocation), key)
  }

  #takeKiosk(key: string, kiosk: Kiosk): void {
    this.#removeKiosk(key)
    this.kiosks.set(key, kiosk)
    if (kiosk.deviceId !== undefined) this.#kiosksByDevice.set(kiosk.deviceId, key)
    if (kiosk.configurationCode !== undefined) this.#kiosksByCode.set(kiosk.configurationCode, key)
  }

  #removeKiosk(key: string): void {
    const prior = this.kiosks.get(key)
    if (prior?.deviceId !== undefined && this.#kiosksByDevice.get(prior.deviceId) === key)
      this.#kiosksByDevice.delete(prior.deviceId)
    if (prior?.configurationCode !== undefined && this.#kiosksByCode.get(prior.configurationCode) === key) {
      this.#kiosksByCode.delete(prior.configurationCode)
    }
    this.kiosks.delete(key)
  }

  #takeMunicipality(municipality: Municipality): void {
    for (const postalCode of this.municipalities.get(municipality.nis)?.postalCodes ?? []) {
      this.#municipalitiesByPostalCode.get(postalCode)?.delete(municipality.nis)
    }
    this.municipalities.set(municipality.nis, municipality)
    for (const postalCode of municipality.postalCodes) addTo(this.#municipalitiesByPostalCode, postalCode, municipality.nis)
  }
}

/** How decisions name an entry that can be removed, by its key. */
export function removableEntity(kind: RemovableKind, key: string): string {
  switch (kind) {
    case 'kiosks':
      return `kiosk/${key}`
    case 'clients':
      return `client/${encodeURIComponent(key)}`
    case 'accounts':
      return `account/${key}`
  }
}

const NOBODY: ReadonlySet<string> = new Set()

function addTo<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}
