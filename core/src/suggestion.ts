import { entityId } from './identifiers.ts'
import type { Reward, RewardCategory } from './reward.ts'
import type { Transaction } from './transaction.ts'

/** What somebody did lately, as far as suggestions look at it. */
export interface Activity {
  /** Canonical ids of the organizers where it was. */
  readonly organizers: ReadonlySet<string>
  /** Of rewards that were redeemed. */
  readonly categories: ReadonlySet<RewardCategory>
}

/** The activity behind transactions; a grant or a bonus is nothing that somebody did. */
export function activityOf(
  transactions: readonly Pick<Transaction, 'kind' | 'organizer' | 'exchange'>[],
  rewardOf: (id: string) => Pick<Reward, 'categories'> | undefined,
): Activity {
  const done = transactions.filter(({ kind }) => kind !== 'GRANT' && kind !== 'BONUS')
  const redeemed = done.flatMap(({ exchange }) => rewardOf(exchange?.reward ?? '') ?? [])
  return {
    organizers: new Set(done.flatMap(({ organizer }) => (organizer === '' ? [] : entityId(organizer)))),
    categories: new Set(redeemed.flatMap(({ categories }) => categories)),
  }
}

/**
 * Whether a reward is suggested: it can be had where somebody was (one that names no organizer can be had everywhere), or is of a kind that was redeemed before. To who did nothing
 * lately everything is.
 */
export function isSuggested({ organizers, categories }: Pick<Reward, 'organizers' | 'categories'>, activity: Activity): boolean {
  if (activity.organizers.size === 0 || organizers.length === 0) return true
  if (organizers.some((organizer) => activity.organizers.has(entityId(organizer)))) return true
  return categories.some((category) => activity.categories.has(category))
}
