import { type Problem, problem } from '@zuil/core'
import type { RewardRequest } from '@zuil/core/contracts/http-reward'
import type { OurRewardMembers } from '@zuil/core/registry/reward'
import type { StoredReward } from '../../registry/entity-draft.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Services } from '../../services.ts'

/** A detail repeats the id it was sent, but not a path's worth of it. */
export const REWARD_ID_SHOWN_MAX = 64
/** Lane in which everything but holders is kept. */
const ENTITIES_LANE = 0

type RewardDocument = RewardRequest &
  OurRewardMembers & { readonly id: string; readonly status: StoredReward['reward']['status'] }

/** Puts a reward into the registry and reads it back. @throws {LedgerError} */
export async function storeReward(
  { store, registry }: Pick<Services, 'store' | 'registry'>,
  document: RewardDocument,
): Promise<{ readonly reward: StoredReward } | { readonly problem: Problem }> {
  const faults = missingOf(document)
  if (faults.length > 0) return { problem: problem('body/invalid-data', { schemaErrors: faults }) }
  const [result] = await store.put('rewards', [document])
  if (!result?.ok) {
    const found = result?.problem
    return found?.code === 'body/invalid-data'
      ? { problem: problem('body/invalid-data', { schemaErrors: found.schemaErrors }) }
      : { problem: problem('overloaded', { detail: 'Others change this at the same moment' }) }
  }
  await registry.refresh(ENTITIES_LANE)
  const reward = registry.storedReward(document.id)
  return reward ? { reward } : { problem: problem('internal-error') }
}

/** The problem when the address names no reward. */
export function rewardNotFound(rewardId: string): Problem {
  return problem('reward-not-found', { detail: `Reward ${rewardId.slice(0, REWARD_ID_SHOWN_MAX)} not found`, onRead: true })
}

/** The problem when a reward names a card system that the registry does not know. */
export function unknownCardSystem(body: RewardRequest, registry: Pick<Registry, 'cardSystem'>): Problem | undefined {
  const named = [body.owningCardSystem, ...(body.applicableCardSystems ?? [])]
  const unknown = named.find((cardSystem) => cardSystem && !registry.cardSystem(cardSystem.id))
  return unknown && problem('invalid-card-system', { detail: `Card system ${unknown.id} is not known` })
}

/** What a reward for points has to have, which the schema cannot say. */
function missingOf(body: RewardRequest): readonly { readonly jsonPointer: string; readonly error: string }[] {
  if (body.type !== 'POINTS') return []
  const needed = ['points', 'categories', 'moreInfoURL'] as const
  return needed
    .filter((name) => body[name] === undefined)
    .map((name) => ({ jsonPointer: '/', error: `Required property "${name}" missing.` }))
}
