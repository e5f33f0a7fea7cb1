import type { GrantedCoupon } from './coupon.ts'
import type { SocialTariffState } from './transaction.ts'

/** Membership of a holder in a card system. The social tariff is a right within this card system only. */
export interface Membership {
  readonly cardSystem: number
  readonly status: 'ACTIVE' | 'BLOCKED'
  readonly socialTariff: SocialTariffState
  /** Epoch ms of the end of the social tariff; absent without one. Never decides entitlement (domain: grace). */
  readonly socialTariffEndsAt?: number
}

/** A passholder or a group pass as decisions see it: dense numbers, nothing that names a person. */
export interface Holder {
  readonly number: number
  readonly passType: 'INDIVIDUAL' | 'GROUP'
  /** NIS code of the main municipality; 0 abroad or unknown. */
  readonly homeNis: number
  readonly homePostalCode: string
  /** 0 when unknown. */
  readonly birthYear: number
  readonly memberships: readonly Membership[]
  /** Coupons that it was given; absent: none. */
  readonly coupons?: readonly GrantedCoupon[]
  /** Tickets at the social tariff that a group may buy in a calendar year; absent: no quota. */
  readonly ticketsPerYear?: number
}

/** Whether the card system blocked the holder, which it does for abuse. */
export function hasBlockedMembership({ memberships }: Pick<Holder, 'memberships'>, cardSystem: number): boolean {
  return memberships.some((membership) => membership.cardSystem === cardSystem && membership.status === 'BLOCKED')
}

export const CARD_STATUSES = ['PROVISIONED', 'LOCAL_STOCK', 'ACTIVE', 'BLOCKED', 'DELETED'] as const
export type CardStatus = (typeof CARD_STATUSES)[number]

/** A card (a UiTPAS number and perhaps a chip), by its dense number. */
export interface Card {
  readonly number: number
  /** Dense number of the holder; 0 while the card is not assigned. */
  readonly holder: number
  readonly cardSystem: number
  readonly status: CardStatus
}
