import type { Card, Holder, Membership } from './holder.ts'
import type { SocialTariffState, Transaction } from './transaction.ts'

type HolderFacts = Pick<
  Transaction,
  'holder' | 'card' | 'homeNis' | 'homePostalCode' | 'birthYear' | 'socialTariff' | 'memberships'
>

/** What a transaction freezes of the person: later moves and renewals must not change what happened. */
export function holderFacts(holder: Holder, card: Pick<Card, 'number'>): HolderFacts {
  const memberships = holder.memberships.filter((membership) => membership.status === 'ACTIVE')
  return {
    holder: holder.number,
    card: card.number,
    homeNis: holder.homeNis,
    homePostalCode: holder.homePostalCode,
    birthYear: holder.birthYear,
    socialTariff: bestSocialTariff(memberships),
    memberships: memberships.map((membership) => membership.cardSystem).sort((a, b) => a - b),
  }
}

/** Best first: somebody with a right in one card system and an expired one in another has the right. */
const BEST_FIRST = ['ACTIVE', 'GRACE', 'SUSPENDED', 'EXPIRED'] as const satisfies readonly SocialTariffState[]

function bestSocialTariff(memberships: readonly Membership[]): SocialTariffState {
  return BEST_FIRST.find((state) => memberships.some((membership) => membership.socialTariff === state)) ?? 'NONE'
}
