import { brusselsDay, formatDay } from './brussels.ts'
import { periodGuard, pointsGuard, STOCK_COUNTER, takenGuard, takeOf } from './counters.ts'
import type { Decision } from './decision.ts'
import { NO_EVENT, rewardExchange } from './exchange.ts'
import type { Guard } from './guard.ts'
import { type Card, type Holder, hasBlockedMembership } from './holder.ts'
import { holderFacts } from './holder-facts.ts'
import type { Proposal } from './ledger.ts'
import { MESSAGES } from './messages.ts'
import { type ProgrammeBook, programmeOfHolder, usedProgramme } from './programme.ts'
import type { Refusal } from './refusal.ts'
import { isWithin, type Reward } from './reward.ts'
import type { Take, Transaction } from './transaction.ts'

/** Somebody wants to exchange points for a reward, or to collect a welcome reward. */
export interface RedemptionCommand {
  readonly kind: 'REDEMPTION'
  readonly channel: 'COUNTER' | 'SELF'
  /** Epoch ms, by the caller's clock. */
  readonly now: number
  /** Whether the UiTPAS number that was sent is one; absent when a session names the card. */
  readonly isNumberValid?: boolean
  readonly rewardId: string
  readonly reward?: Reward | undefined
  readonly card?: Card | undefined
  readonly holder?: Holder | undefined
  /** Id of the organizer at whose counter it happens; NIS code of where that is, 0 when unknown. */
  readonly organizer: string
  readonly venueNis: number
  /** What an online redemption is paid with at its end; empty for others. */
  readonly code: string
  /** Id of the API client. */
  readonly client: string
  /** Id and fingerprint of the request key, joined by a dot; empty without one. */
  readonly request: string
  readonly programmes: ProgrammeBook
}

/** What a redemption leaves to the ledger. A guard that fails says which of these it was. */
export type RedemptionConstraint = 'stock' | 'granted' | 'volume' | 'points'

/** Counts how often a holder redeemed a reward in a period. */
export function redeemedCounter(rewardNumber: number): string {
  return `redeemed/${rewardNumber}`
}

/** 1 when the holder was granted the welcome reward. */
export function grantedCounter(rewardNumber: number): string {
  return `granted/${rewardNumber}`
}

/** One unit of a reward's stock; the guard fails when they are all gone. */
export const STOCK_TAKE: Take = takeOf(STOCK_COUNTER, 'ABSOLUTE', 'REWARD')

/** Decides by rule, in the order of the API; stock, volume and points are guards of the proposal, in that order. */
export function decideRedemption(command: RedemptionCommand): Decision {
  const { reward, card, holder } = command
  const refusal = refusalOfPass(command) ?? refusalOfReward(command)
  // Without these there is a refusal; the compiler cannot know.
  if (refusal || !reward || !card || !holder) return { kind: 'refused', refusal: refusal ?? unknownPass() }
  return { kind: 'proposed', proposal: proposalOf(command, { reward, card, holder }) }
}

/** What the guards of a redemption of the reward stand for, in their order. */
export function redemptionConstraints(reward: Pick<Reward, 'type' | 'points' | 'redeemLimit'>): readonly RedemptionConstraint[] {
  if (reward.type === 'WELCOME') return ['granted', 'volume']
  return ['stock', ...(reward.redeemLimit ? (['volume'] as const) : []), ...(reward.points > 0 ? (['points'] as const) : [])]
}

/** The refusal when the guard of a constraint failed. */
export function refusalOfConstraint(
  constraint: RedemptionConstraint,
  { type, points, redeemLimit }: Pick<Reward, 'type' | 'points' | 'redeemLimit'>,
): Refusal {
  switch (constraint) {
    case 'stock':
      return {
        code: 'reward-volume-constraint',
        detail: 'All units of the reward are taken: REWARD_VOLUME',
        endUserMessage: MESSAGES.rewardGone(),
      }
    case 'granted':
      return {
        code: 'reward-passholder-volume-constraint',
        detail: 'The welcome reward was not granted to the passholder: PASSHOLDER_VOLUME',
        endUserMessage: MESSAGES.rewardNotGranted(),
      }
    case 'volume': {
      const { volume, period } = (type === 'POINTS' && redeemLimit) || { volume: 1, period: 'ABSOLUTE' as const }
      return {
        code: 'reward-passholder-volume-constraint',
        detail: 'The passholder redeemed the reward often enough: PASSHOLDER_VOLUME',
        endUserMessage: MESSAGES.rewardTaken(volume, period),
      }
    }
    case 'points':
      return {
        code: 'reward-passholder-points-constraint',
        detail: 'The passholder has too few points: PASSHOLDER_POINTS',
        endUserMessage: MESSAGES.tooFewPoints(points),
      }
  }
}

/**
 * Whether a reward is for the holder's programme, members of its card systems, and people who live where it does. A membership
 * that was blocked stops the rewards of its card system, whatever other memberships there are.
 */
export function isFor(
  reward: Pick<Reward, 'programme' | 'cardSystems' | 'owningCardSystem' | 'residentsOf'>,
  holder: Pick<Holder, 'homeNis' | 'memberships'>,
  programmes: ProgrammeBook,
): boolean {
  const { programme, cardSystems, owningCardSystem, residentsOf } = reward
  if (hasBlockedMembership(holder, owningCardSystem)) return false
  if (programmeOfHolder(holder, programmes) !== programme) return false
  const isMember =
    cardSystems.length === 0 ||
    holder.memberships.some(({ status, cardSystem }) => status === 'ACTIVE' && cardSystems.includes(cardSystem))
  return isMember && (residentsOf.length === 0 || residentsOf.includes(holder.homeNis))
}

function refusalOfPass({ isNumberValid, card, holder }: RedemptionCommand): Refusal | undefined {
  if (isNumberValid === false) {
    return {
      code: 'invalid-uitpas-number',
      detail: 'UiTPAS number invalid: PARSE_INVALID_UITPASNUMBER',
      endUserMessage: MESSAGES.invalidNumber(),
    }
  }
  if (!card || !holder || card.holder !== holder.number) return unknownPass()
  if (holder.passType === 'GROUP') {
    return {
      code: 'invalid-card',
      detail: 'A group pass redeems no rewards: INVALID_CARD',
      endUserMessage: MESSAGES.groupPassRedeem(),
    }
  }
  if (card.status !== 'ACTIVE') {
    return {
      code: 'invalid-card',
      detail: `The card is ${card.status}: INVALID_CARD`,
      endUserMessage: card.status === 'BLOCKED' ? MESSAGES.cardBlocked() : MESSAGES.cardNotActive(),
    }
  }
  if (holder.memberships.some(({ status }) => status === 'ACTIVE')) return undefined
  return {
    code: 'passholder-no-active-cardsystems',
    detail: 'Passholder has no active cardsystem memberships: PASSHOLDER_NO_ACTIVE_CARDSYSTEMS',
    endUserMessage: MESSAGES.noActiveMembership(),
  }
}

function unknownPass(): Refusal {
  return {
    code: 'passholder-not-found',
    detail: 'Passholder not found: UNKNOWN_UITPASNUMBER',
    endUserMessage: MESSAGES.passNotFound(),
  }
}

function refusalOfReward({ reward, holder, rewardId, now, programmes }: RedemptionCommand): Refusal | undefined {
  if (reward?.status !== 'ACTIVE' || programmes.programme(reward.programme)?.hasRewards !== true) {
    return { code: 'reward-not-found', detail: `Reward ${rewardId} not found`, endUserMessage: MESSAGES.rewardNotFound() }
  }
  if (!isWithin(reward.redeem, now)) {
    return {
      code: 'reward-period-constraint',
      detail: `Reward ${reward.id} is outside its redeem period: REWARD_PERIOD`,
      endUserMessage: MESSAGES.rewardNotNow(),
    }
  }
  if (!holder) return undefined
  if (!isFor(reward, holder, programmes)) {
    return {
      code: 'reward-passholder-no-applicable-cardsystems',
      detail: `Reward ${reward.id} is for others: PASSHOLDER_APPLICABLE_CARDSYSTEMS`,
      endUserMessage: MESSAGES.rewardElsewhere(),
    }
  }
  const used = usedProgramme({ programme: reward.programme, holder, at: now }, programmes)
  return 'refusal' in used ? used.refusal : undefined
}

interface Subject {
  readonly reward: Reward
  readonly card: Card
  readonly holder: Holder
}

function proposalOf(command: RedemptionCommand, { reward, card, holder }: Subject): Proposal {
  const transaction: Transaction = {
    ...NO_EVENT,
    kind: 'REDEMPTION',
    programme: reward.programme,
    occurredAt: command.now,
    occurredOn: formatDay(brusselsDay(command.now)),
    channel: command.channel,
    ...holderFacts(holder, card),
    organizer: command.organizer,
    venueNis: command.venueNis,
    client: command.client,
    points: 0 - reward.points,
    request: command.request,
    exchange: rewardExchange(reward, takesOf(reward), command.code),
  }
  const guards = redemptionConstraints(reward).map((constraint) => guardOf(constraint, reward, transaction))
  return { guards, record: { kind: 'transaction', transaction } }
}

/** What one redemption takes of: stock for points (the stock of a welcome reward went when it was granted), and volume. */
function takesOf(reward: Reward): readonly Take[] {
  const redeemed = redeemedCounter(reward.number)
  if (reward.type === 'WELCOME') return [takeOf(redeemed, 'ABSOLUTE')]
  return reward.redeemLimit ? [STOCK_TAKE, takeOf(redeemed, reward.redeemLimit.period)] : [STOCK_TAKE]
}

function guardOf(constraint: RedemptionConstraint, reward: Reward, transaction: Transaction): Guard {
  switch (constraint) {
    case 'stock':
      return { ...takenGuard(STOCK_TAKE, transaction), ...(reward.unitsMax !== undefined && { atMost: reward.unitsMax }) }
    case 'granted': {
      const place = { period: 'ABSOLUTE', instant: transaction.occurredAt } as const
      return { ...periodGuard(grantedCounter(reward.number), transaction.holder, place), add: 0, atLeast: 1 }
    }
    case 'volume': {
      const { volume, period } = (reward.type === 'POINTS' && reward.redeemLimit) || { volume: 1, period: 'ABSOLUTE' as const }
      return { ...takenGuard(takeOf(redeemedCounter(reward.number), period), transaction), atMost: volume }
    }
    case 'points':
      return { ...pointsGuard(transaction), atLeast: 0 }
  }
}
