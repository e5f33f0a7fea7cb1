import {
  type Activity,
  activityOf,
  decideRedemption,
  entityId,
  guardHolds,
  type Holder,
  isFor,
  isSuggested,
  type Reward,
} from '@zuil/core'
import type { StoredReward } from '../registry/entity-draft.ts'
import type { Services } from '../services.ts'

type Needed = Pick<Services, 'registry' | 'counters' | 'hub'>

/** The latest of a passholder that suggestions look at: about a year of somebody who comes every week. */
const ACTIVITY_TRANSACTIONS_MAX = 100

export interface PassholderFilter {
  /** Id of a passholder who has to be able to redeem it now. */
  readonly redeemer: string | undefined
  /** Id of a passholder to whom it is suggested, by what that one did lately. */
  readonly reader: string | undefined
  /** Epoch ms. */
  readonly now: number
}

/**
 * Every reward that the passholders may have; undefined when one of them is unknown.
 * @throws {LedgerError} @throws {HubUnavailable} when what the reader did lately cannot be read
 */
export async function rewardsForPassholders(
  services: Needed,
  { redeemer, reader, now }: PassholderFilter,
): Promise<readonly StoredReward[] | undefined> {
  let left = [...services.registry.rewards()]
  if (reader !== undefined) {
    const holder = await holderOf(services, reader)
    if (!holder) return undefined
    const activity = await recentActivity(services, holder)
    left = left.filter(({ reward }) => isFor(reward, holder, services.registry.programmes) && isSuggested(reward, activity))
  }
  if (redeemer === undefined) return left
  const holder = await holderOf(services, redeemer)
  if (!holder) return undefined
  const may = await Promise.all(left.map(({ reward }) => isRedeemable(services, { reward, holder, now })))
  return left.filter((_, index) => may[index])
}

async function recentActivity({ hub, registry }: Needed, { number }: Holder): Promise<Activity> {
  const { transactions } = await hub.search({
    filter: { holder: number, kinds: ['CHECKIN', 'TICKET_SALE', 'REDEMPTION'] },
    range: { order: 'desc', start: 0, limit: ACTIVITY_TRANSACTIONS_MAX },
    after: [],
  })
  return activityOf(
    transactions.map(({ transaction }) => transaction),
    (id) => registry.reward(id),
  )
}

async function holderOf({ registry }: Needed, passholderId: string): Promise<Holder | undefined> {
  return registry.holder((await registry.holderNumberOf(entityId(passholderId))) ?? 0)
}

interface Moment {
  readonly reward: Reward
  readonly holder: Holder
  readonly now: number
}

/** As with a card of the passholder that is active. */
async function isRedeemable({ registry, counters }: Needed, { reward, holder, now }: Moment): Promise<boolean> {
  const decision = decideRedemption({
    kind: 'REDEMPTION',
    channel: 'COUNTER',
    now,
    rewardId: reward.id,
    reward,
    card: { number: 0, holder: holder.number, cardSystem: 0, status: 'ACTIVE' },
    holder,
    organizer: '',
    venueNis: 0,
    code: '',
    client: '',
    request: '',
    programmes: registry.programmes,
  })
  if (decision.kind === 'refused') return false
  const { guards } = decision.proposal
  const values = await counters.read(guards)
  return guards.every((guard, index) => guardHolds(guard, values[index] ?? 0))
}
