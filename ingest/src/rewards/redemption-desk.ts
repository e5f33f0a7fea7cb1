import { randomInt } from 'node:crypto'
import {
  type CommitItem,
  type Decision,
  decideRedemption,
  type Guard,
  guardHolds,
  type RedemptionCommand,
  type Refusal,
  type RequestKey,
  type Reward,
  redemptionConstraints,
  refusalOfConstraint,
  STOCK_COUNTER,
} from '@zuil/core'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import { LedgerError } from '../ledger/ledger-error.ts'
import { entityName } from '../registry/registry.ts'
import type { Services } from '../services.ts'
import { encodeRedemptionAnswer, type RedemptionAnswer, type SettledRedemption, settleRedemption } from './redemption-answer.ts'

/** How often a decision is made again because the registry moved on meanwhile. Each round waits for the registry. */
const STALE_ROUNDS_MAX = 5
/** Letters and digits that nobody mistakes for each other. */
const CODE_LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
/** 60 bits: nobody guesses one. */
const CODE_LENGTH = 12

/** A redemption as it comes in. */
export interface RedemptionSource {
  readonly rewardId: string
  readonly uitpasNumber: string
  /** For whom it is done. */
  readonly organizer: string
  /** Id of the API client. */
  readonly client: string
  readonly request?: RequestKey
}

type Needed = Pick<Services, 'registry' | 'ledger' | 'counters' | 'refusals' | 'now' | 'lanes'>

/** Decides redemptions and commits them: looks up, decides, commits, and decides again when the registry moved on. */
export class RedemptionDesk {
  readonly #services: Needed

  constructor(services: Needed) {
    this.#services = services
  }

  /** @throws {LedgerError} when the ledger takes no work; with a request key it is safe to send everything again */
  async take(source: RedemptionSource): Promise<SettledRedemption> {
    const { registry, ledger, lanes } = this.#services
    for (let round = 0; round <= STALE_ROUNDS_MAX; round++) {
      const { command, decision } = this.consider(source)
      if (decision.kind === 'refused' && !source.request) return this.#refused(command, decision.refusal)
      const answer = answerOf(command, decision)
      const owner = command.holder?.number ?? 0
      const item: CommitItem = {
        owner,
        entities: entitiesOf(command),
        registryVersion: registry.version(laneOf(owner, lanes)),
        ...(decision.kind === 'proposed' && { proposal: decision.proposal }),
        ...(source.request && { request: source.request, answer: encodeRedemptionAnswer(answer) }),
      }
      const [outcome] = await ledger.commit([item])
      if (!outcome) throw new Error('A redemption ended without an answer')
      const end = settleRedemption(outcome, answer)
      if (end?.kind === 'refused' && !end.replayed) return this.#refused(command, end.refusal)
      if (end) return end
      await registry.refresh(laneOf(owner, lanes))
    }
    throw new LedgerError('overloaded', 'The registry changes faster than redemptions are decided')
  }

  /** What would be decided now, without what stands in the guards of the proposal. */
  consider(source: RedemptionSource): { readonly command: RedemptionCommand; readonly decision: Decision } {
    const { registry, now } = this.#services
    const pass = registry.byUitpasNumber(source.uitpasNumber)
    const stored = registry.storedReward(source.rewardId)
    const command: RedemptionCommand = {
      kind: 'REDEMPTION',
      channel: 'COUNTER',
      now: now(),
      isNumberValid: registry.isPassNumber(source.uitpasNumber),
      rewardId: source.rewardId,
      reward: stored?.reward,
      card: pass?.card,
      holder: pass?.holder,
      organizer: source.organizer,
      venueNis: registry.organizer(source.organizer)?.nis ?? 0,
      code: stored?.reward.online ? (stored.texts.redeemCode ?? newCode()) : '',
      client: source.client,
      request: source.request ? `${source.request.id}.${source.request.fingerprint}` : '',
      programmes: registry.programmes,
    }
    return { command, decision: decideRedemption(command) }
  }

  /** Why it would be refused at this moment; undefined when it would be accepted. @throws {LedgerError} */
  async refusalNow(source: RedemptionSource): Promise<Refusal | undefined> {
    const { command, decision } = this.consider(source)
    if (decision.kind === 'refused') return decision.refusal
    return await this.#failedConstraint(command.reward, decision.proposal.guards)
  }

  /** Units of each reward that were given out. @throws {LedgerError} */
  async unitsTaken(rewards: readonly Pick<Reward, 'number'>[]): Promise<readonly number[]> {
    return await this.#services.counters.read(
      rewards.map(({ number }) => ({ counter: STOCK_COUNTER, owner: number, period: '' })),
    )
  }

  async #failedConstraint(reward: Reward | undefined, guards: readonly Guard[]): Promise<Refusal | undefined> {
    if (!reward) return undefined
    const values = await this.#services.counters.read(guards)
    const failed = guards.findIndex((guard, index) => !guardHolds(guard, values[index] ?? 0))
    const constraint = redemptionConstraints(reward)[failed]
    return constraint && refusalOfConstraint(constraint, reward)
  }

  #refused({ channel, organizer, venueNis }: RedemptionCommand, refusal: Refusal): SettledRedemption {
    this.#services.refusals.count({ reason: refusal.code, channel, organizer, venueNis })
    return { kind: 'refused', replayed: false, refusal }
  }
}

function answerOf({ reward, code }: RedemptionCommand, decision: Decision): RedemptionAnswer {
  const limits = reward
    ? { type: reward.type, points: reward.points, ...(reward.redeemLimit && { redeemLimit: reward.redeemLimit }) }
    : { type: 'POINTS' as const, points: 0 }
  return { code, limits, ...(decision.kind === 'refused' && { refusal: decision.refusal }) }
}

function entitiesOf({ holder, card, reward }: RedemptionCommand): readonly string[] {
  const entities: string[] = []
  if (holder) entities.push(entityName('holder', holder.number))
  if (card) entities.push(entityName('card', card.number))
  if (reward) entities.push(entityName('reward', reward.number), `programme/${reward.programme}`)
  return entities
}

function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')
}
