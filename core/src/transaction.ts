import type { PeriodType } from './period.ts'

/**
 * Kinds of transaction. GRANT: a welcome reward that somebody may collect later; BONUS: points that no check-in gave, at
 * registration or carried over from another scheme.
 */
export const TRANSACTION_KINDS = ['CHECKIN', 'TICKET_SALE', 'REDEMPTION', 'GRANT', 'BONUS'] as const
export type TransactionKind = (typeof TRANSACTION_KINDS)[number]

/** How a transaction came in. BATCH: a device that was offline brought it later. REGISTRY: it followed from a registration. */
export const CHANNELS = ['COUNTER', 'KIOSK', 'SELF', 'BATCH', 'REGISTRY'] as const
export type Channel = (typeof CHANNELS)[number]
export type CheckinChannel = Exclude<Channel, 'REGISTRY'>

/** The holder's social tariff at the moment of the transaction, best membership first. GRACE is active past its end. */
export const SOCIAL_TARIFF_STATES = ['NONE', 'ACTIVE', 'GRACE', 'EXPIRED', 'SUSPENDED'] as const
export type SocialTariffState = (typeof SOCIAL_TARIFF_STATES)[number]

/**
 * Why a fact is out of the ordinary. A flagged fact earns no points and takes no part of a limit. PASS_NOT_VALID: the event is
 * of another programme than the pass, or the programme does not run on that day or for that age.
 */
export const FLAGS = [
  'LIMIT_REACHED',
  'OUTSIDE_WINDOW',
  'LATE',
  'CARD_NOT_ACTIVE',
  'NO_ACTIVE_MEMBERSHIP',
  'CLOCK',
  'PASS_NOT_VALID',
] as const
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
  /** Of everything but a check-in. */
  readonly exchange?: Exchange
}

/** What changed hands beside points: a ticket at a tariff, a reward, a bonus. Amounts in cents; what does not apply is 0 or ''. */
export interface Exchange {
  /** Id and dense number of the reward. */
  readonly reward: string
  readonly rewardNumber: number
  /** Tariff of a ticket as it was sold, e.g. `SOCIALTARIFF` or `COUPON_12`. */
  readonly tariff: string
  /** Of a ticket: label of the regular price; of a bonus: why it was given; of an online redemption: its code. */
  readonly label: string
  readonly regularPrice: number
  /** What the participant pays. It and the three shares add up to the regular price. */
  readonly price: number
  readonly organizerShare: number
  readonly localGovernmentShare: number
  readonly flemishGovernmentShare: number
  /** Id of the distribution key that made the shares. */
  readonly distributionKey: number
  /** Limits, quota and stock that one unit was taken of; see {@link Take}. */
  readonly takes: readonly Take[]
}

/**
 * A counter and the period it counts in, e.g. `sales/4711 WEEK` of the holder, `~stock ABSOLUTE` of the reward (with the tilde) or
 * `@tickets ABSOLUTE` of the event (with the at sign). One unit was taken; a void gives it back, and a rebuild counts them again.
 */
export type Take = `${string} ${PeriodType}`
