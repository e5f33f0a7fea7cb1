import type { Card, Holder, Membership } from './holder.ts'
import type { SocialTariffState, Transaction } from './transaction.ts'

type HolderFacts = Pick<
  Transaction,
  'holder' | 'card' | 'homeNis' | 'homePostalCode' | 'birthYear' | 'socialTariff' | 'memberships'
>

/** What a transaction freezes of the person: later moves and renewals must not change what happened. */
export function holderFacts(holder: Holder, card: Pick<Card, 'number'>): HolderFacts {
  const active = holder.memberships.every(isActive) ? holder.memberships : holder.memberships.filter(isActive)
  return {
    holder: holder.number,
    card: card.number,
    homeNis: holder.homeNis,
    homePostalCode: holder.homePostalCode,
    birthYear: holder.birthYear,
    socialTariff: bestSocialTariff(active),
    memberships: cardSystemsOf(active),
  }
}

function isActive({ status }: Membership): boolean {
  return status === 'ACTIVE'
}

/** Ascending. Nearly everybody has one. */
function cardSystemsOf(memberships: readonly Membership[]): readonly number[] {
  const [first] = memberships
  if (memberships.length === 1 && first) return [first.cardSystem]
  return memberships.map((membership) => membership.cardSystem).sort((a, b) => a - b)
}

/** Best first: somebody with a right in one card system and an expired one in another has the right. */
const BEST_FIRST = ['ACTIVE', 'GRACE', 'SUSPENDED', 'EXPIRED'] as const satisfies readonly SocialTariffState[]

function bestSocialTariff(memberships: readonly Membership[]): SocialTariffState {
  if (memberships.every(({ socialTariff }) => socialTariff === 'NONE')) return 'NONE'
  return BEST_FIRST.find((state) => memberships.some((membership) => membership.socialTariff === state)) ?? 'NONE'
}
