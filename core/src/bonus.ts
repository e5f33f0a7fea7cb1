import { brusselsDay, formatDay } from './brussels.ts'
import { pointsGuard, takenGuard, takeOf } from './counters.ts'
import { NO_EVENT, NO_EXCHANGE } from './exchange.ts'
import type { Card, Holder } from './holder.ts'
import { holderFacts } from './holder-facts.ts'
import type { Proposal } from './ledger.ts'
import type { Bonus } from './registry/bonus.ts'
import type { Transaction } from './transaction.ts'

export interface BonusCommand {
  /** Epoch ms. */
  readonly now: number
  readonly bonus: Bonus
  readonly holder: Holder
  /** Number 0 when the bonus names a person and no card. */
  readonly card: Pick<Card, 'number'>
}

/** Gives points that no check-in gave, once for each id of a bonus: the last guard fails when it was given before. */
export function bonusProposal({ now, bonus, holder, card }: BonusCommand): Proposal {
  const given = takeOf(`bonus/${shortHash(bonus.id.toLowerCase())}`, 'ABSOLUTE')
  const transaction: Transaction = {
    ...NO_EVENT,
    kind: 'BONUS',
    programme: bonus.programme,
    occurredAt: now,
    occurredOn: formatDay(brusselsDay(now)),
    channel: 'REGISTRY',
    ...holderFacts(holder, card),
    organizer: '',
    venueNis: 0,
    client: '',
    points: bonus.points,
    request: '',
    exchange: { ...NO_EXCHANGE, label: bonus.label, takes: [given] },
  }
  return {
    guards: [pointsGuard(transaction), { ...takenGuard(given, transaction), atMost: 1 }],
    record: { kind: 'transaction', transaction },
  }
}

const FNV_OFFSET = 0xcbf29ce484222325n
const FNV_PRIME = 0x100000001b3n

/** 64 bits (FNV-1a) of a text: a holder has a few bonuses, so two of them do not meet. */
function shortHash(text: string): string {
  let hash = FNV_OFFSET
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * FNV_PRIME)
  return hash.toString(36)
}
