import { formatInstant, isLastChance, type Span } from '@zuil/core'
import type { RewardBody } from '@zuil/core/contracts/http-reward'
import { cardSystemBody } from '../checkins/card-system-view.ts'
import type { StoredReward } from '../registry/entity-draft.ts'
import type { Registry } from '../registry/registry.ts'

export interface RewardView {
  readonly registry: Pick<Registry, 'cardSystem' | 'organizer'>
  /** Units that were given out. */
  readonly unitsTaken: number
  /** Epoch ms. */
  readonly now: number
}

/** A reward as the API shows it. Its code is for who redeems it. */
export function rewardBody({ reward, texts }: StoredReward, { registry, unitsTaken, now }: RewardView): RewardBody {
  const { cardSystems, redeemLimit, granting, redeem, owningCardSystem } = reward
  const isForPoints = reward.type === 'POINTS'
  return {
    id: reward.id,
    title: reward.title,
    type: reward.type,
    promotionalDescription: texts.promotionalDescription,
    publicationPeriod: periodBody(reward.publication ?? { from: 0 }),
    ...(isForPoints && { points: reward.points, categories: [...reward.categories] }),
    ...(texts.moreInfoUrl !== undefined && { moreInfoURL: texts.moreInfoUrl }),
    ...(granting && { grantingPeriod: periodBody(granting) }),
    ...(owningCardSystem > 0 && { owningCardSystem: cardSystemBody(registry, owningCardSystem) }),
    ...(cardSystems.length > 0 && { applicableCardSystems: cardSystems.map((id) => cardSystemBody(registry, id)) }),
    allCardSystems: cardSystems.length === 0,
    organizers: reward.organizers.map((id) => {
      const name = registry.organizer(id)?.name
      return { id, ...(name !== undefined && { name }) }
    }),
    status: reward.status,
    maxAvailableUnits: reward.unitsMax ?? 0,
    unitsTaken,
    ...(texts.practicalInfo !== undefined && { practicalInfo: texts.practicalInfo }),
    pictures: [...texts.pictures],
    ...(redeem && { redeemPeriod: periodBody(redeem) }),
    forKids: reward.forKids,
    sport: reward.sport,
    featured: reward.featured,
    online: reward.online,
    lastChance: isLastChance(reward, now),
    ...(redeemLimit && { redeemConstraint: { volume: redeemLimit.volume, period: redeemLimit.period } }),
  }
}

function periodBody({ from, until }: Span): { begin: string; end?: string } {
  return { begin: formatInstant(from), ...(until !== undefined && { end: formatInstant(until) }) }
}
