import type {
  ApiClient,
  Event,
  EventOverlay,
  Kiosk,
  Parsed,
  RegistryContext,
  RegistryKind,
  Reward,
  RewardTexts,
  SettingKind,
} from '@zuil/core'
import { entityId, overlaid } from '@zuil/core'
import type { JournalRecord } from '@zuil/core/contracts/journal'
import {
  projectionOfCardSystem,
  projectionOfDistributionKey,
  projectionOfEvent,
  projectionOfKiosk,
  projectionOfMunicipality,
  projectionOfOrganizer,
  projectionOfProgramme,
  projectionOfReward,
  projectionOfSettlementAgreement,
} from '@zuil/core/contracts/projection'
import { parseCardSystem } from '@zuil/core/registry/card-system'
import { type ClientEntry, parseClient } from '@zuil/core/registry/client'
import { parseCoupon } from '@zuil/core/registry/coupon'
import { parseDistributionKey } from '@zuil/core/registry/distribution-key'
import { eventFromUitdatabank } from '@zuil/core/registry/event'
import { parseEventCardSystems, parseEventSales, parseEventSettings } from '@zuil/core/registry/event-settings'
import { parseKiosk } from '@zuil/core/registry/kiosk'
import { parseMunicipality } from '@zuil/core/registry/municipality'
import { parseOrganizer } from '@zuil/core/registry/organizer'
import { parseProgramme } from '@zuil/core/registry/programme'
import { type OurRewardMembers, parseReward } from '@zuil/core/registry/reward'
import { parseSettlementAgreement } from '@zuil/core/registry/settlement-agreement'
import type { Secrets } from '../secrets.ts'

/** Kinds that stand in lane 0 by their id; persons and cards have their own ways in. */
export type EntityKind =
  | Exclude<RegistryKind, 'passholders' | 'group-passes' | 'cards' | 'accounts' | 'data-tokens' | 'bonuses'>
  | SettingKind

export interface StoredEvent {
  readonly event: Event
  /** What kiosks show as a QR code. */
  readonly checkinCode?: string
}

export interface StoredReward {
  readonly reward: Reward
  readonly texts: RewardTexts
  /** Members that the official API does not have, as they were put. */
  readonly ours: OurRewardMembers
}

export interface StoredClient {
  readonly client: ApiClient
  /** Keyed hash; absent: the client cannot get a token of the built-in issuer. */
  readonly secretHash?: string
}

/** An entity as the registry takes it in, before it has a number and before it is compared with what is there. */
export interface EntityDraft {
  /** Field in the kind's hash. */
  readonly key: string
  /** Whether it needs a dense number. */
  readonly isNumbered: boolean
  readonly finish: (known: KnownEntity) => FinishedEntity
  /** What the sealed entry keeps of the body that was put. */
  readonly data: unknown
}

export interface KnownEntity {
  /** 0 when it has none. */
  readonly number: number
  /** The stored value as it is now; undefined when it is new. */
  readonly prior: unknown
  /** What the API says beside it: events only. */
  readonly overlay: EventOverlay
}

export interface FinishedEntity {
  readonly value: unknown
  /** For the set of changed entities. */
  readonly entity: string
  readonly record?: JournalRecord
}

export function draftEntity(kind: EntityKind, document: unknown, { context, secrets }: DraftContext): Parsed<EntityDraft> {
  switch (kind) {
    case 'municipalities':
      return drafted(parseMunicipality(document, context), document, (municipality) => ({
        key: String(municipality.nis),
        finish: () => plain('municipality', municipality.nis, municipality, projectionOfMunicipality(municipality)),
      }))
    case 'card-systems':
      return drafted(parseCardSystem(document, context), document, (cardSystem) => ({
        key: String(cardSystem.id),
        finish: () => plain('card-system', cardSystem.id, cardSystem, projectionOfCardSystem(cardSystem)),
      }))
    case 'programmes':
      return drafted(parseProgramme(document, context), document, (programme) => ({
        key: programme.id,
        finish: () => plain('programme', programme.id, programme, projectionOfProgramme(programme)),
      }))
    case 'organizers':
      return drafted(parseOrganizer(document, context), document, (organizer) => ({
        key: entityId(organizer.id),
        finish: () => plain('organizer', entityId(organizer.id), organizer, projectionOfOrganizer(organizer)),
      }))
    case 'distribution-keys':
      return drafted(parseDistributionKey(document, context), document, (key) => ({
        key: String(key.id),
        finish: () => plain('distribution-key', key.id, key, projectionOfDistributionKey(key)),
      }))
    case 'settlement-agreements':
      return drafted(parseSettlementAgreement(document, context), document, (agreement) => ({
        key: String(agreement.cardSystem),
        finish: () => plain('settlement-agreement', agreement.cardSystem, agreement, projectionOfSettlementAgreement(agreement)),
      }))
    case 'coupons':
      return drafted(parseCoupon(document, context), document, (coupon) => ({
        key: entityId(coupon.id),
        finish: () => ({ value: coupon, entity: `coupon/${entityId(coupon.id)}` }),
      }))
    case 'rewards':
      return drafted(parseReward(document, context), document, ({ reward, texts, ours }) => ({
        key: entityId(reward.id),
        isNumbered: true,
        finish: ({ number }) => finishedReward({ reward: { ...reward, number }, texts, ours }),
      }))
    case 'kiosks':
      return drafted(parseKiosk(document, context), document, (kiosk: Kiosk) => ({
        key: entityId(kiosk.id),
        finish: () => plain('kiosk', entityId(kiosk.id), kiosk, projectionOfKiosk(kiosk)),
      }))
    case 'events':
      return drafted(eventFromUitdatabank(document, context), document, ({ event, checkinCode }) => ({
        key: entityId(event.id),
        isNumbered: true,
        finish: ({ number, overlay }) => numberedEvent(overlaid({ ...event, number }, overlay), checkinCode),
      }))
    case 'event-settings':
      return drafted(parseEventSettings(document, context), document, ({ id, settings }) => ({
        key: entityId(id),
        finish: () => setting(kind, id, settings),
      }))
    case 'event-card-systems':
      return drafted(parseEventCardSystems(document, context), document, ({ id, cardSystems }) => ({
        key: entityId(id),
        finish: () => setting(kind, id, cardSystems),
      }))
    case 'event-sales':
      return drafted(parseEventSales(document, context), document, ({ id }) => ({
        key: entityId(id),
        finish: () => setting(kind, id, true),
      }))
    case 'clients':
      return drafted(parseClient(document, context), withoutSecret(document), (entry) => ({
        key: entry.client.id,
        finish: ({ prior }) => ({
          value: storedClient(entry, prior, secrets),
          entity: `client/${encodeURIComponent(entry.client.id)}`,
        }),
      }))
  }
}

export interface DraftContext {
  readonly context: RegistryContext
  readonly secrets: Secrets
}

type Draft = Omit<EntityDraft, 'data' | 'isNumbered'> & { readonly isNumbered?: boolean }

function drafted<T>(parsed: Parsed<T>, data: unknown, draft: (value: T) => Draft): Parsed<EntityDraft> {
  return parsed.ok ? { ok: true, value: { isNumbered: false, data, ...draft(parsed.value) } } : parsed
}

function plain(kind: string, id: string | number, value: unknown, record: JournalRecord): FinishedEntity {
  return { value, entity: `${kind}/${id}`, record }
}

/** What stands beside an event. The journal gets the event itself, which is written anew with it. */
function setting(kind: SettingKind, id: string, value: unknown): FinishedEntity {
  return { value, entity: `${kind}/${entityId(id)}` }
}

/** An event of the registry once more, with what the API says of it now. Only for events that are there. */
export function redraftEvent(key: string): EntityDraft {
  return {
    key,
    isNumbered: true,
    finish: ({ number, prior, overlay }) => {
      // What stands under the key of an event was written here.
      const { event, checkinCode } = prior as StoredEvent
      return numberedEvent(overlaid({ ...event, number }, overlay), checkinCode)
    },
    data: undefined,
  }
}

function numberedEvent(event: Event, checkinCode: string | undefined): FinishedEntity {
  const value: StoredEvent = { event, ...(checkinCode !== undefined && { checkinCode }) }
  return { value, entity: `event/${event.number}`, record: projectionOfEvent(event) }
}

function finishedReward(value: StoredReward): FinishedEntity {
  return { value, entity: `reward/${value.reward.number}`, record: projectionOfReward(value.reward) }
}

function storedClient({ client, secret }: ClientEntry, prior: unknown, secrets: Secrets): StoredClient {
  // What stands under a client's key was made here.
  const secretHash =
    secret === undefined ? (prior as StoredClient | undefined)?.secretHash : secrets.clientSecretHash(client.id, secret)
  return { client, ...(secretHash !== undefined && { secretHash }) }
}

function withoutSecret(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || !('secret' in document)) return document
  const { secret: _secret, ...rest } = document
  return rest
}
