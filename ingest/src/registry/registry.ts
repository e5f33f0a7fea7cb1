import type { ApiClient, Card, CardSystem, Event, Holder, Kiosk, Municipality, Organizer } from '@zuil/core'
import type { Redis } from 'ioredis'
import type { Secrets } from '../secrets.ts'

export interface RegistryOptions {
  /** For bulk reads and identities; the registry does not close it. */
  readonly redis: Redis
  /** Opens the connection on which changes are followed; the registry closes it. */
  readonly connect: () => Redis
  readonly lanes: number
  readonly secrets: Secrets
}

/** A card and, when it is assigned, its holder. */
export interface Pass {
  readonly card: Card
  readonly holder?: Holder
}

export interface IdentityCard {
  /** Dense number. */
  readonly number: number
  readonly uitpasNumber: string
  /** Upper case; absent for a digital card. */
  readonly chipNumber?: string
  readonly cardType: 'NFC_CARD' | 'DIGITAL'
  readonly cardSystem: number
}

/** Who a holder is: read from Redis and decrypted on demand, never kept. */
export interface RegisteredIdentity {
  readonly holder: number
  /** Passholder or group pass id. */
  readonly id: string
  readonly firstName: string
  readonly name: string
  readonly dateOfBirth: string
  readonly postalCode: string
  readonly city: string
  /** Number of the oldest active membership with an active card; empty without one. */
  readonly uitpasNumber: string
  /** Every card the holder ever had. */
  readonly cards: readonly IdentityCard[]
}

/** The registry in memory: loaded at the start, then following every change within a second. All look-ups are synchronous but identities. */
export class Registry {
  constructor(_options: RegistryOptions) {}
  /** Loads everything and starts to follow. @throws {LedgerError} */
  async load(): Promise<void> {}
  async close(): Promise<void> {}
  /** Tells after each applied change; returns the way to stop. */
  onChange(_listener: (entity: string) => void): () => void {
    return () => {}
  }
  /** True when changes are being followed; false after the connection is lost for longer than a second. */
  get isFresh(): boolean {
    return false
  }
  /** Version of the lane that the tables show; for {@link CommitItem.registryVersion}. */
  version(_lane: number): number {
    return 0
  }
  /** Waits (bounded) until the lane's version is at least what Redis has now; after a `stale` outcome, then decide again. */
  async refresh(_lane: number): Promise<void> {}
  byUitpasNumber(_uitpasNumber: string): Pass | undefined {
    return undefined
  }
  byChip(_chipNumber: string): Pass | undefined {
    return undefined
  }
  holder(_number: number): Holder | undefined {
    return undefined
  }
  async holderNumberOf(_passholderId: string): Promise<number | undefined> {
    return undefined
  }
  async identity(_holder: number): Promise<RegisteredIdentity | undefined> {
    return undefined
  }
  event(_id: string): Event | undefined {
    return undefined
  }
  /** Events of an organizer or at a location, for a kiosk that finds its event itself. */
  eventsOf(_where: { readonly organizer: string } | { readonly location: string }): readonly Event[] {
    return []
  }
  organizer(_id: string): Organizer | undefined {
    return undefined
  }
  kiosk(_id: string): Kiosk | undefined {
    return undefined
  }
  kioskByDevice(_deviceId: string): Kiosk | undefined {
    return undefined
  }
  kioskByConfigurationCode(_code: string): Kiosk | undefined {
    return undefined
  }
  client(_id: string): ApiClient | undefined {
    return undefined
  }
  verifyClientSecret(_id: string, _secret: string): boolean {
    return false
  }
  cardSystem(_id: number): CardSystem | undefined {
    return undefined
  }
  municipality(_nis: number): Municipality | undefined {
    return undefined
  }
}

/** Names of entities for {@link CommitItem.entities}: `holder/12`, `event/4711`, `organizer/<id>`, `kiosk/<id>`. */
export function entityName(kind: 'holder' | 'event' | 'organizer' | 'kiosk', key: number | string): string {
  return `${kind}/${key}`
}
