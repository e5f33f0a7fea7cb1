import { brusselsDay, formatDay } from './brussels.ts'
import type { CardSystem } from './card-system.ts'
import type { Holder, Membership } from './holder.ts'
import { hasSocialTariff } from './social-tariff.ts'

export const MEMBERSHIP_PREVIEWS = ['NOT_POSSIBLE', 'NEW_MEMBERSHIP', 'REPLACE_MEMBERSHIP'] as const

/** What would happen if a membership were created. */
export interface MembershipPreview {
  readonly type: (typeof MEMBERSHIP_PREVIEWS)[number]
  /** `yyyy-mm-dd`: until when the social tariff would hold; absent when none would begin. */
  readonly socialTariffEndDate?: string
  /** The social tariff is for residents of the card system. */
  readonly addressChangeRequired: boolean
  readonly replaced?: Membership
}

export interface MembershipWish {
  readonly cardSystem: Pick<CardSystem, 'id' | 'cities'>
  readonly socialTariff: boolean
  /** Epoch ms. */
  readonly now: number
}

/**
 * What a new membership would do to the ones that are there: nothing when there is the same already; the one in the card
 * system is replaced when the right to the social tariff is given or taken; and a right that somebody has in another card
 * system ends when it begins in this one, because it is a right of residents (docs/decisions/0015).
 */
export function previewMembership(
  holder: Pick<Holder, 'memberships' | 'homePostalCode'>,
  wish: MembershipWish,
): MembershipPreview {
  const { cardSystem, socialTariff, now } = wish
  const here = holder.memberships.find((membership) => membership.cardSystem === cardSystem.id)
  if (here && isRightHeld(here) === socialTariff) return { type: 'NOT_POSSIBLE', addressChangeRequired: false }
  if (!socialTariff) return { addressChangeRequired: false, ...typeOf(here) }
  return {
    addressChangeRequired: !cardSystem.cities.some(({ postalCode }) => postalCode === holder.homePostalCode),
    socialTariffEndDate: defaultEndDate(now),
    ...typeOf(here ?? holder.memberships.find(hasSocialTariff)),
  }
}

function typeOf(replaced: Membership | undefined): Pick<MembershipPreview, 'type' | 'replaced'> {
  return replaced ? { type: 'REPLACE_MEMBERSHIP', replaced } : { type: 'NEW_MEMBERSHIP' }
}

/** Whatever became of the membership: a blocked one is no reason for a second one like it. */
function isRightHeld({ socialTariff }: Membership): boolean {
  return socialTariff === 'ACTIVE' || socialTariff === 'GRACE'
}

/** 30 April of the next year, as at registration. */
function defaultEndDate(now: number): string {
  return `${Number(formatDay(brusselsDay(now)).slice(0, 4)) + 1}-04-30`
}
