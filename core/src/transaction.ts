import type { PeriodType } from './period.ts'

/** Kinds of transaction; ticket sales and redemptions join with their rules. */
export const TRANSACTION_KINDS = ['CHECKIN'] as const
export type TransactionKind = (typeof TRANSACTION_KINDS)[number]

/** How a transaction came in. BATCH: a device that was offline brought it later. */
export const CHANNELS = ['COUNTER', 'KIOSK', 'SELF', 'BATCH'] as const
export type Channel = (typeof CHANNELS)[number]

/** The holder's social tariff at the moment of the transaction, best membership first. GRACE is active past its end. */
export const SOCIAL_TARIFF_STATES = ['NONE', 'ACTIVE', 'GRACE', 'EXPIRED', 'SUSPENDED'] as const
export type SocialTariffState = (typeof SOCIAL_TARIFF_STATES)[number]

/** Why a fact is out of the ordinary. A flagged fact earns no points and takes no part of a limit. */
export const FLAGS = ['LIMIT_REACHED', 'OUTSIDE_WINDOW', 'LATE', 'CARD_NOT_ACTIVE', 'NO_ACTIVE_MEMBERSHIP', 'CLOCK'] as const
export type Flag = (typeof FLAGS)[number]

/**
 * A point transaction with all that a figure needs, frozen when it is decided. Numbers of holder and card are dense
 * numbers of the registry: nothing here leads to a person without it.
 */
export interface Transaction {
  readonly kind: TransactionKind
  readonly programme: string
  /** Epoch ms, UTC: the registration, or the scan of a fact that a device brought later. */
  readonly occurredAt: number
  /** Day in Brussels of `occurredAt`, `yyyy-mm-dd`. */
  readonly occurredOn: string
  readonly channel: Channel
  readonly holder: number
  readonly card: number
  /** NIS code of the holder's municipality; 0 when abroad or unknown. */
  readonly homeNis: number
  readonly homePostalCode: string
  /** 0 when unknown. */
  readonly birthYear: number
  readonly socialTariff: SocialTariffState
  /** Ids of the card systems of the holder's active memberships, ascending. */
  readonly memberships: readonly number[]
  /** Id of the event in UiTdatabank. */
  readonly event: string
  readonly eventNumber: number
  /** Ids of UiTdatabank terms; empty when unknown. */
  readonly eventType: string
  readonly eventTheme: string
  /** Ids of the card systems enabled for the event, ascending. */
  readonly eventCardSystems: readonly number[]
  readonly organizer: string
  readonly location: string
  /** NIS code of the municipality where the event takes place; 0 when unknown. */
  readonly venueNis: number
  /** Id of the kiosk; empty for other channels. */
  readonly device: string
  /** Id of the API client; empty for kiosks. */
  readonly client: string
  readonly points: number
  /** Calendar period of the event's check-in limit at that moment; empty without limit. Says which counter it took. */
  readonly limitPeriod: PeriodType | ''
  readonly flags: readonly Flag[]
  /** Id and fingerprint of the request key, joined by a dot; empty without one. */
  readonly request: string
}
