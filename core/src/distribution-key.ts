import type { CostParts } from './cost-sharing.ts'
import type { Event } from './event.ts'
import type { Holder } from './holder.ts'
import { entityId } from './identifiers.ts'
import type { Organizer } from './organizer.ts'
import { hasSocialTariff } from './social-tariff.ts'

/** AUTOMATIC: by its conditions. MANUAL: where it was enabled for the event. COUPON: through a coupon that carries it. */
export const KEY_KINDS = ['AUTOMATIC', 'MANUAL', 'COUPON'] as const
export type KeyKind = (typeof KEY_KINDS)[number]

export const PRICE_COMPARISONS = ['LESS_THAN', 'EQUAL_TO', 'MORE_THAN'] as const
export type PriceComparison = (typeof PRICE_COMPARISONS)[number]

/** Where the holder must have a right to the social tariff. */
export const SOCIAL_TARIFF_CONDITIONS = ['MY_CARDSYSTEM', 'AT_LEAST_ONE_CARDSYSTEM'] as const
export type SocialTariffCondition = (typeof SOCIAL_TARIFF_CONDITIONS)[number]

/** How the costs of a ticket are shared within a card system. */
export interface DistributionKey {
  readonly id: number
  readonly name: string
  readonly cardSystem: number
  readonly kind: KeyKind
  /** Canonical ids of the organizers it is attached to; empty: the whole card system. */
  readonly organizers: readonly string[]
  /** All of them hold; empty: for every price. */
  readonly prices: readonly { readonly comparison: PriceComparison; readonly cents: number }[]
  /** Absent (coupons only): no right is needed. */
  readonly socialTariff?: SocialTariffCondition
  /** Whether the holder must live in the organizer's municipality, or elsewhere. */
  readonly city?: 'IN' | 'NOT_IN'
  readonly splits: readonly KeySplit[]
}

/** A split and when it holds: from the first instant on, until before the last (epoch ms). */
export interface KeySplit {
  readonly from?: number
  readonly until?: number
  /** For a holder who lives in the organizer's municipality. */
  readonly sameCity: CostParts
  readonly otherCity: CostParts
}

/** A ticket that somebody wants, as far as keys look at it. */
export interface Ticket {
  readonly event: Pick<Event, 'cardSystems' | 'organizer' | 'manualKeys'>
  /** Undefined when the registry does not know it: then nobody lives in its municipality. */
  readonly organizer: Pick<Organizer, 'nis'> | undefined
  readonly holder: Pick<Holder, 'homeNis' | 'memberships'>
  /** Regular price in cents. */
  readonly price: number
  /** Epoch ms of the sale. */
  readonly at: number
}

/** The parts by which a key shares the costs of a ticket; undefined when the key is not for it. */
export function partsFor(key: DistributionKey, ticket: Ticket): CostParts | undefined {
  const { event, price, at } = ticket
  if (!event.cardSystems.includes(key.cardSystem)) return undefined
  if (key.kind === 'MANUAL' && !event.manualKeys?.includes(key.id)) return undefined
  if (key.organizers.length > 0 && !key.organizers.includes(entityId(event.organizer))) return undefined
  if (!key.prices.every(({ comparison, cents }) => compares(price, comparison, cents))) return undefined
  if (!meetsSocialTariff(key, ticket)) return undefined
  const isSameCity = livesWithOrganizer(ticket)
  if (key.city !== undefined && (key.city === 'IN') !== isSameCity) return undefined
  const split = key.splits.find(({ from = 0, until = Number.POSITIVE_INFINITY }) => from <= at && at < until)
  return isSameCity ? split?.sameCity : split?.otherCity
}

function compares(price: number, comparison: PriceComparison, cents: number): boolean {
  switch (comparison) {
    case 'LESS_THAN':
      return price < cents
    case 'EQUAL_TO':
      return price === cents
    case 'MORE_THAN':
      return price > cents
  }
}

function meetsSocialTariff({ socialTariff, cardSystem }: DistributionKey, { holder }: Ticket): boolean {
  if (socialTariff === undefined) return true
  switch (socialTariff) {
    case 'MY_CARDSYSTEM':
      return holder.memberships.some((membership) => membership.cardSystem === cardSystem && hasSocialTariff(membership))
    case 'AT_LEAST_ONE_CARDSYSTEM':
      return holder.memberships.some(hasSocialTariff)
  }
}

function livesWithOrganizer({ organizer, holder }: Ticket): boolean {
  return holder.homeNis !== 0 && holder.homeNis === organizer?.nis
}
