import { setTimeout as delay } from 'node:timers/promises'
import {
  type ApiClient,
  type Card,
  type CardSystem,
  type Event,
  type EventCardSystem,
  entityId,
  type Holder,
  type Kiosk,
  type Municipality,
  type Organizer,
  type ProgrammeBook,
  type RegistryContext,
  type Reward,
  type TariffBook,
} from '@zuil/core'
import { laneKeys, laneOf } from '@zuil/core/contracts/redis-keys'
import type { Identity } from '@zuil/core/registry/passholder'
import type { Redis } from 'ioredis'
import { LedgerError } from '../ledger/ledger-error.ts'
import { ledgerErrorOf } from '../ledger/redis-error.ts'
import { isSameSecret, type Secrets } from '../secrets.ts'
import type { StoredReward } from './entity-draft.ts'
import { FieldReader } from './field-reader.ts'
import { RegistryFeed, registryLost } from './registry-feed.ts'
import { entityShelf, holderShelf, numberBucket } from './registry-writer.ts'
import { openEntry, type SealedCard } from './sealed-entry.ts'

/** How long a decision waits for the registry to catch up before it is given up. */
const REFRESH_TIMEOUT_MS = 2_000
const REFRESH_POLL_MS = 2
/** Without news from Redis for longer than this, the tables may be behind. */
const FRESH_MS = 1_500

export interface RegistryOptions {
  /** For bulk reads and identities, with a `commandTimeout`; the registry does not close it. */
  readonly redis: Redis
  /** Opens the connection on which changes are followed; the registry closes it. */
  readonly connect: () => Redis
  readonly lanes: number
  readonly secrets: Secrets
  /** Told when following fails; it goes on by itself. */
  readonly onError?: (error: unknown) => void
}

/** A card and, when it is assigned, its holder. */
export interface Pass {
  readonly card: Card
  readonly holder?: Holder
}

/** Who a holder is: read from Redis and decrypted on demand, never kept. */
export interface RegisteredIdentity extends Identity {
  /** Dense number. */
  readonly holder: number
  /** Every card the holder ever had, by its dense number. */
  readonly cards: readonly SealedCard[]
  /** The official body as it was put. */
  readonly data: unknown
}

/** The registry in memory: loaded at the start, then following every change. Look-ups are synchronous but for identities. */
export class Registry implements RegistryContext {
  readonly #options: RegistryOptions
  readonly #feed: RegistryFeed
  readonly #fields: FieldReader
  readonly #listeners = new Set<(entity: string) => void>()

  constructor(options: RegistryOptions) {
    this.#options = options
    const { redis, lanes, secrets, onError = () => {} } = options
    this.#fields = new FieldReader(redis)
    this.#feed = new RegistryFeed({
      redis,
      follower: options.connect(),
      lanes,
      secrets,
      onError,
      onChange: (entity) => {
        for (const listener of this.#listeners) listener(entity)
      },
      elapsed: () => performance.now(),
    })
  }

  /** Loads everything and starts to follow. @throws {LedgerError} */
  async load(): Promise<void> {
    try {
      await this.#feed.load()
    } catch (error) {
      throw ledgerErrorOf(error)
    }
    this.#feed.follow()
  }

  async close(): Promise<void> {
    await this.#feed.stop()
  }

  /** Tells after each applied change which entity it was; returns the way to stop. */
  onChange(listener: (entity: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** True while changes are being followed; false when Redis has not been heard of for longer than a second. */
  get isFresh(): boolean {
    return this.#feed.ageMs <= FRESH_MS
  }

  /** Version of the lane that the tables show; for {@link CommitItem.registryVersion}. */
  version(lane: number): number {
    return this.#feed.version(lane)
  }

  /**
   * Waits until the tables show what Redis has now; after a `stale` outcome, then decide again.
   * @throws {LedgerError} `unavailable` when that takes longer than two seconds, `unhealthy` when Redis has lost what it held
   */
  async refresh(lane: number): Promise<void> {
    // before Redis is asked: meanwhile the tables may get ahead of its answer
    const known = this.version(lane)
    const target = Number((await this.#read(() => this.#options.redis.get(laneKeys(lane).registryVersion))) ?? 0)
    if (target < known) throw registryLost(lane, target, known)
    const until = performance.now() + REFRESH_TIMEOUT_MS
    while (this.version(lane) < target) {
      if (performance.now() > until) throw new LedgerError('unavailable', 'The registry does not catch up with its changes')
      await delay(REFRESH_POLL_MS)
    }
  }

  byUitpasNumber(uitpasNumber: string): Pass | undefined {
    return this.#passOf(this.#feed.tables.passes.byCardHash(this.#options.secrets.cardHead(uitpasNumber)))
  }

  byChip(chipNumber: string): Pass | undefined {
    return this.#passOf(this.#feed.tables.passes.byChipHash(this.#options.secrets.chipHead(chipNumber)))
  }

  card(number: number): Card | undefined {
    return this.#feed.tables.passes.card(number)
  }

  holder(number: number): Holder | undefined {
    return this.#feed.tables.passes.holder(number)
  }

  /** Passholders and group passes that are known. */
  get holders(): number {
    return this.#feed.tables.passes.holders
  }

  /** Dense number of a passholder or group pass, by the official id. @throws {LedgerError} */
  async holderNumberOf(passholderId: string): Promise<number | undefined> {
    const name = this.#options.secrets.holderHash(passholderId).toString('base64url')
    const text = await this.#field(numberBucket('holders', name), name)
    return text === null || this.holder(Number(text)) === undefined ? undefined : Number(text)
  }

  /** @throws {LedgerError} @throws {SecretError} when it was sealed with another secret */
  async identity(holder: number): Promise<RegisteredIdentity | undefined> {
    const key = String(holder)
    const { sealed = '' } = holderShelf(laneOf(holder, this.#options.lanes))
    const text = await this.#field(sealed, key)
    if (text === null) return undefined
    const { identity, cards = [], data } = openEntry(this.#options.secrets, { kind: 'holders', key }, text)
    return identity && { ...identity, holder, cards, data }
  }

  /** Who has an INSZ number. Only what the identity itself says counts. @throws {LedgerError} @throws {SecretError} */
  async identityByInsz(insz: string): Promise<RegisteredIdentity | undefined> {
    const name = this.#options.secrets.inszHash(insz).toString('base64url')
    const text = await this.#field(numberBucket('insz', name), name)
    const identity = text === null ? undefined : await this.identity(Number(text))
    return identity?.inszNumber === insz ? identity : undefined
  }

  /** Numbers of a card, whether it is assigned or not. @throws {LedgerError} @throws {SecretError} */
  async cardNumbers({ number, holder }: Pick<Card, 'number' | 'holder'>): Promise<SealedCard | undefined> {
    if (holder !== 0) return (await this.identity(holder))?.cards.find((card) => card.number === number)
    const key = String(number)
    const { sealed = '' } = entityShelf('cards')
    const text = await this.#field(sealed, key)
    return text === null ? undefined : openEntry(this.#options.secrets, { kind: 'cards', key }, text).cards?.[0]
  }

  event(id: string): Event | undefined {
    const { events } = this.#feed.tables
    // Mostly it comes in the canonical form already.
    return (events.get(id) ?? events.get(entityId(id)))?.event
  }

  /** Every event. A change may come between two of them. */
  *events(): Generator<Event> {
    for (const { event } of this.#feed.tables.events.values()) yield event
  }

  /** What a kiosk shows as a QR code for the event; undefined when none was given. */
  checkinCodeOf(eventId: string): string | undefined {
    return this.#feed.tables.events.get(entityId(eventId))?.checkinCode
  }

  /** Events of an organizer or at a location, for a kiosk that finds its event itself. */
  eventsOf(where: { readonly organizer: string } | { readonly location: string }): readonly Event[] {
    return this.#feed.tables.eventsBy(where)
  }

  /** Card systems of an event as they were put through the API; undefined: never. Also of events that are not known yet. */
  eventCardSystems(eventId: string): readonly EventCardSystem[] | undefined {
    return this.#feed.tables.eventCardSystems.get(entityId(eventId))
  }

  /** Whether a ticket was ever sold for the event. */
  hasTicketSales(eventId: string): boolean {
    return this.#feed.tables.soldEvents.has(entityId(eventId))
  }

  /** Every organizer, in no order. */
  organizers(): readonly Organizer[] {
    return [...this.#feed.tables.organizers.values()]
  }

  /** Every kiosk, in no order. */
  kiosks(): readonly Kiosk[] {
    return [...this.#feed.tables.kiosks.values()]
  }

  /** Every card system, in no order. */
  cardSystems(): readonly CardSystem[] {
    return [...this.#feed.tables.cardSystems.values()]
  }

  organizer(id: string): Organizer | undefined {
    return this.#feed.tables.organizers.get(entityId(id))
  }

  /** Canonical ids of the organizers whose linked place it is: they may check in for what happens there. */
  organizersAt(location: string): ReadonlySet<string> {
    return this.#feed.tables.organizersAt(location)
  }

  kiosk(id: string): Kiosk | undefined {
    return this.#feed.tables.kiosks.get(entityId(id))
  }

  kioskByDevice(deviceId: string): Kiosk | undefined {
    return this.#feed.tables.kioskByDevice(deviceId)
  }

  kioskByConfigurationCode(code: string): Kiosk | undefined {
    return this.#feed.tables.kioskByConfigurationCode(code)
  }

  reward(id: string): Reward | undefined {
    return this.storedReward(id)?.reward
  }

  /** The reward with what only the API shows of it. */
  storedReward(id: string): StoredReward | undefined {
    return this.#feed.tables.rewards.get(entityId(id))
  }

  /** Every reward. A change may come between two of them. */
  rewards(): Iterable<StoredReward> {
    return this.#feed.tables.rewards.values()
  }

  /** Looks up what is there at that moment, also after everything was loaded again. */
  readonly programmes: ProgrammeBook = {
    programme: (id) => this.#feed.tables.programmes.programme(id),
    programmeOf: (cardSystem) => this.#feed.tables.programmes.programmeOf(cardSystem),
  }

  /** Whether a text can be the number of a pass: a UiTPAS number, or one of a programme with numbers of its own. */
  isPassNumber(text: string): boolean {
    return this.#feed.tables.programmes.isPassNumber(text)
  }

  /** Distribution keys and coupons. */
  get tariffs(): TariffBook {
    return this.#feed.tables.tariffs
  }

  client(id: string): ApiClient | undefined {
    return this.#feed.tables.client(id)
  }

  clients(): readonly ApiClient[] {
    return [...this.#feed.tables.clients.values()].map(({ client }) => client)
  }

  /** A client without one is an app that cannot keep one: it only brings people. */
  hasClientSecret(id: string): boolean {
    return this.#feed.tables.clients.get(id)?.secretHash !== undefined
  }

  /** Compares in constant time; false for an unknown client and for one without a secret. */
  verifyClientSecret(id: string, secret: string): boolean {
    const known = this.#feed.tables.clients.get(id)?.secretHash ?? ''
    return isSameSecret(known, this.#options.secrets.clientSecretHash(id, secret))
  }

  cardSystem(id: number): CardSystem | undefined {
    return this.#feed.tables.cardSystems.get(id)
  }

  municipality(nis: number): Municipality | undefined {
    return this.#feed.tables.municipalities.get(nis)
  }

  nisOf = (postalCode: string, town: string): number => this.#feed.tables.nisOf(postalCode, town)

  cardSystemsOf = (organizer: string): readonly number[] => this.organizer(organizer)?.cardSystems ?? []

  #passOf(card: Card | undefined): Pass | undefined {
    if (!card) return undefined
    const holder = this.holder(card.holder)
    return holder ? { card, holder } : { card }
  }

  #field(key: string, field: string): Promise<string | null> {
    return this.#read(() => this.#fields.read(key, field))
  }

  async #read<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (error) {
      throw ledgerErrorOf(error)
    }
  }
}

/** Names of entities for {@link CommitItem.entities}. */
export function entityName(kind: 'holder' | 'card' | 'event' | 'reward', key: number): string {
  return `${kind}/${key}`
}
