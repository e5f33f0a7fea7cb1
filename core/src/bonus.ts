import { brusselsDay, formatDay } from './brussels.ts'
import { pointsGuard, takenGuard, takeOf } from './counters.ts'
import { NO_EVENT, NO_EXCHANGE } from './exchange.ts'
import type { Card, Holder } from './holder.ts'
import { holderFacts } from './holder-facts.ts'
import type { Proposal } from './ledger.ts'
import type { Bonus } from './registry/bonus.ts'
import type { Take, Transaction } from './transaction.ts'

export interface BonusCommand {
  /** Epoch ms. */
  readonly now: number
  readonly bonus: Bonus
  readonly holder: Holder
  /** Number 0 when the bonus names a person and no card. */
  readonly card: Pick<Card, 'number'>
}

/**
 * Gives points that no check-in gave, once for each id of a bonus: the second guard fails when it was given before. The third
 * is there when the holder's own points of another scheme are taken in: it fails when they were carried over to somebody.
 */
export function bonusProposal(command: BonusCommand): Proposal {
  const { bonus } = command
  const given = givenTake(bonus)
  const transaction = bonusTransaction(command, [given])
  const once = { ...takenGuard(given, transaction), atMost: 1 }
  const notCarried = { ...takenGuard(carriedTake(bonus), transaction), add: 0, atMost: 0 }
  return {
    guards: [pointsGuard(transaction), once, ...(bonus.from ? [notCarried] : [])],
    record: { kind: 'transaction', transaction },
  }
}

export interface CarryCommand extends BonusCommand {
  /** Dense number of the holder who is to get the points. */
  readonly to: number
  /** Id of the programme of `holder`. */
  readonly programme: string
}

/** Guards of {@link carryProposal}, in their order. */
export const CARRY_GUARDS = ['to-the-same', 'once', 'not-given'] as const

/**
 * Marks that the points of `holder` go to another holder as a bonus, which is given next: a transaction of 0 points. A guard
 * fails when they were carried to that holder before (then the bonus may still be due), to another one, or given to `holder`.
 */
export function carryProposal(command: CarryCommand): Proposal {
  const { bonus, to, programme } = command
  const takes = [takeOf(`carried/${shortHash(`${bonus.id.toLowerCase()} ${to}`)}`, 'ABSOLUTE'), carriedTake(bonus)]
  const transaction = bonusTransaction({ ...command, bonus: { ...bonus, programme, points: 0 } }, takes)
  return {
    guards: [
      ...takes.map((take) => ({ ...takenGuard(take, transaction), atMost: 1 })),
      { ...takenGuard(givenTake(bonus), transaction), add: 0, atMost: 0 },
    ],
    record: { kind: 'transaction', transaction },
  }
}

function bonusTransaction({ now, bonus, holder, card }: BonusCommand, takes: readonly Take[]): Transaction {
  return {
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
    exchange: { ...NO_EXCHANGE, label: bonus.label, takes },
  }
}

function givenTake({ id }: Bonus): Take {
  return takeOf(`bonus/${shortHash(id.toLowerCase())}`, 'ABSOLUTE')
}

function carriedTake({ id }: Bonus): Take {
  return takeOf(`carried/${shortHash(id.toLowerCase())}`, 'ABSOLUTE')
}

const FNV_OFFSET = 0xcbf29ce484222325n
const FNV_PRIME = 0x100000001b3n

/** 64 bits (FNV-1a) of a text: a holder has a few bonuses, so two of them do not meet. */
function shortHash(text: string): string {
  let hash = FNV_OFFSET
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * FNV_PRIME)
  return hash.toString(36)
}
