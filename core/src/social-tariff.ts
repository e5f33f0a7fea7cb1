import type { Holder, Membership } from './holder.ts'
import { MESSAGES } from './messages.ts'
import type { Refusal } from './refusal.ts'

/**
 * Whether the membership gives a right to the social tariff: by its stored state, never by its end date, because it stays
 * active past that during grace.
 */
export function hasSocialTariff({ status, socialTariff }: Membership): boolean {
  return status === 'ACTIVE' && (socialTariff === 'ACTIVE' || socialTariff === 'GRACE')
}

/**
 * Why a holder who once had the social tariff does not have it in these card systems: expired or suspended. Undefined for
 * somebody who has the right there, never had it, or has it in another region, which is another reason.
 */
export function lostSocialTariff({ memberships }: Pick<Holder, 'memberships'>, at: readonly number[]): Refusal | undefined {
  const active = memberships.filter((membership) => membership.status === 'ACTIVE')
  const here = active.filter((membership) => at.includes(membership.cardSystem))
  if (here.some(hasSocialTariff)) return undefined
  const lostHere = refusalOf(here)
  if (lostHere) return lostHere
  return active.some(hasSocialTariff) ? undefined : refusalOf(active)
}

/** A right that is only suspended comes back by itself, so that is said first. */
function refusalOf(memberships: readonly Membership[]): Refusal | undefined {
  if (memberships.some(({ socialTariff }) => socialTariff === 'SUSPENDED')) {
    return {
      code: 'social-tariff-suspended',
      detail: 'Social tariff suspended: KANSENSTATUUT_SUSPENDED',
      endUserMessage: MESSAGES.socialTariffSuspended(),
    }
  }
  if (!memberships.some(({ socialTariff }) => socialTariff === 'EXPIRED')) return undefined
  return {
    code: 'social-tariff-expired',
    detail: 'Social tariff expired: KANSENSTATUUT_EXPIRED',
    endUserMessage: MESSAGES.socialTariffExpired(),
  }
}
