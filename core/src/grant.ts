import { brusselsDay, formatDay } from './brussels.ts'
import { takenGuard, takeOf } from './counters.ts'
import { NO_EVENT, rewardExchange } from './exchange.ts'
import type { Card, Holder } from './holder.ts'
import { holderFacts } from './holder-facts.ts'
import type { Proposal } from './ledger.ts'
import type { ProgrammeBook } from './programme.ts'
import { grantedCounter, STOCK_TAKE } from './redemption.ts'
import { isWithin, type Reward } from './reward.ts'
import type { Transaction } from './transaction.ts'

/** Since when a holder is a member of a card system. */
export interface Joined {
  readonly cardSystem: number
  /** Epoch ms. */
  readonly since: number
}

interface JoinedHolder extends Pick<Holder, 'homeNis'> {
  readonly programmes: ProgrammeBook
}

/**
 * Whether joining a card system brings a welcome reward: one that names the card system, or one for all of its programme that
 * the card system owns; in its granting period, and for residents only where it says so.
 */
export function isGrantedOn(reward: Reward, { cardSystem, since }: Joined, { homeNis, programmes }: JoinedHolder): boolean {
  if (reward.type !== 'WELCOME' || reward.status !== 'ACTIVE' || !isWithin(reward.granting, since)) return false
  const { cardSystems, owningCardSystem, residentsOf } = reward
  if (programmes.programmeOf(cardSystem) !== reward.programme) return false
  if (programmes.programme(reward.programme)?.hasRewards !== true) return false
  if (residentsOf.length > 0 && !residentsOf.includes(homeNis)) return false
  if (cardSystems.length > 0) return cardSystems.includes(cardSystem)
  return owningCardSystem === 0 || owningCardSystem === cardSystem
}

export interface GrantCommand {
  /** Epoch ms. */
  readonly now: number
  readonly reward: Reward
  readonly holder: Holder
  /** The card of the membership. */
  readonly card: Pick<Card, 'number'>
}

/** Grants a welcome reward, once for each person and while there is stock: a guard fails otherwise, the first when it was granted. */
export function grantProposal({ now, reward, holder, card }: GrantCommand): Proposal {
  const granted = takeOf(grantedCounter(reward.number), 'ABSOLUTE')
  const transaction: Transaction = {
    ...NO_EVENT,
    kind: 'GRANT',
    programme: reward.programme,
    occurredAt: now,
    occurredOn: formatDay(brusselsDay(now)),
    channel: 'REGISTRY',
    ...holderFacts(holder, card),
    organizer: reward.organizers[0] ?? '',
    venueNis: 0,
    client: '',
    points: 0,
    request: '',
    exchange: rewardExchange(reward, [granted, STOCK_TAKE]),
  }
  const stock = takenGuard(STOCK_TAKE, transaction)
  return {
    guards: [
      { ...takenGuard(granted, transaction), atMost: 1 },
      reward.unitsMax === undefined ? stock : { ...stock, atMost: reward.unitsMax },
    ],
    record: { kind: 'transaction', transaction },
  }
}
