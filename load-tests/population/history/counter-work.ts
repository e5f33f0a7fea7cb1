import {
  brusselsDay,
  type CheckinChannel,
  type CheckinCommand,
  CheckinWindows,
  DAY_MS,
  DEFAULT_PROGRAMME,
  decide,
  decideRedemption,
  decideTicketSale,
  type Entry,
  OFFLINE_DAYS_MAX,
  type Position,
  pointsCounter,
  type Refusal,
  type Reward,
  redemptionConstraints,
  refusalOfConstraint,
  refusalOfGuard,
  SOCIAL_TARIFF_ID,
  type Transaction,
  ticketLimitRefusal,
  voidTransaction,
} from '@zuil/core'
import { couponOf } from '../offer/price-book.ts'
import { TRAIT } from '../people/people.ts'
import { PROGRAMMES } from '../place/programmes.ts'
import { ACTION, type HistoryAction, plan, type Steps } from './actions.ts'
import type { RefusalLog } from './refusal-log.ts'
import type { Scene } from './scene.ts'

const MINUTE_MS = 60_000
const RULES = { windows: new CheckinWindows(), offlineDaysMax: OFFLINE_DAYS_MAX, programmes: PROGRAMMES }

/** Assumptions (README). */
const TAKEN_BACK_SHARE = 0.003
const TICKET_TAKEN_BACK_SHARE = 0.01
const REDEEM_SHARE = 0.18
const SELF_SHARE = 0.15
const KIOSK_SHARE = 0.7
const SELF_SINCE = Date.UTC(2021, 5, 1)
const GROUP_TICKETS_MAX = 12
const VOID_DELAY_MS = 3 * DAY_MS

interface Voidable {
  readonly position: Position
  readonly transaction: Transaction
}

/** Check-ins, tickets and rewards: every one decided by core, committed by the ledger. */
export class CounterWork {
  readonly steps = {
    [ACTION.checkin]: (action) => this.#checkIn(action),
    [ACTION.upload]: (action) => this.#checkIn(action),
    [ACTION.sale]: (action) => this.#sell(action),
    [ACTION.redeem]: (action) => this.#redeem(action),
    [ACTION.collectWelcome]: (action) => this.#redeem(action),
    [ACTION.takeBack]: (action) => this.#takeBack(action),
  } satisfies Steps
  readonly #scene: Scene
  readonly #refusals: RefusalLog
  /** Rewards for points by card system, and NIS codes of organizers. */
  readonly #rewardsOf: ReadonlyMap<number, readonly Reward[]>
  readonly #venues: ReadonlyMap<string, number>

  constructor(scene: Scene, refusals: RefusalLog) {
    const { rewards, hosts } = scene.world
    this.#scene = scene
    this.#refusals = refusals
    this.#rewardsOf = Map.groupBy(
      rewards.filter(({ type }) => type === 'POINTS'),
      ({ owningCardSystem }) => owningCardSystem,
    )
    this.#venues = new Map(hosts.map(({ organizer }) => [organizer.id, organizer.nis]))
  }

  #checkIn(action: HistoryAction): void {
    const { world, state, ledger, dice } = this.#scene
    const { at, holder: i, subject: offer, occurredAt } = action
    const host = world.hosts[world.offers.host[offer] ?? 0]
    if (!host || (state.card[i] ?? 0) === 0) return
    const channel = action.kind === ACTION.upload ? 'BATCH' : this.#channelOf(host.kiosk !== '', at)
    const event = world.events.event(offer)
    const command: CheckinCommand = {
      kind: 'CHECKIN',
      channel,
      now: at,
      occurredAt,
      eventId: event.id,
      event,
      card: state.cardOf(i),
      holder: state.holder(i, brusselsDay(occurredAt)),
      device: channel === 'KIOSK' || channel === 'BATCH' ? host.kiosk : '',
      client: channel === 'KIOSK' || channel === 'BATCH' ? '' : host.client,
      request: '',
    }
    const decision = decide(command, RULES)
    const place = { channel, organizer: event.organizer, venueNis: event.venueNis }
    if (decision.kind === 'refused') {
      this.#refuse(decision.refusal, place, at)
      return
    }
    const outcome = ledger.commit(decision.proposal, at)
    if (outcome.kind === 'failed') {
      this.#refuse(refusalOfGuard(command, outcome.index), place, at)
      return
    }
    this.#emit(outcome, at, TAKEN_BACK_SHARE)
    if (state.has(i, TRAIT.redeemer) && dice.chance(REDEEM_SHARE)) this.#planRedemption(i, at)
  }

  #channelOf(hasKiosk: boolean, at: number): CheckinChannel {
    const drawn = this.#scene.dice.share()
    if (at >= SELF_SINCE && drawn < SELF_SHARE) return 'SELF'
    return hasKiosk && drawn < SELF_SHARE + KIOSK_SHARE ? 'KIOSK' : 'COUNTER'
  }

  /** Somebody at the counter who has enough for one of the rewards there. */
  #planRedemption(i: number, at: number): void {
    const { state, ledger, dice, queue } = this.#scene
    const balance = ledger.value({ counter: pointsCounter(DEFAULT_PROGRAMME), owner: i + 1, period: '' }, at)
    const system = state.system[i] ?? 0
    const own = this.#rewardsOf.get(system) ?? []
    const wanted = own[dice.below(own.length)]
    if (!wanted || balance < wanted.points) return
    queue.push(plan(ACTION.redeem, at + (2 + dice.below(20)) * MINUTE_MS, { holder: i, subject: wanted.number - 1 }))
  }

  #redeem({ at, holder: i, subject }: HistoryAction): void {
    const { world, state, ledger } = this.#scene
    const reward = world.rewards[subject]
    if (!reward) return
    const [organizer = ''] = reward.organizers
    const venueNis = this.#venues.get(organizer) ?? 0
    const decision = decideRedemption({
      kind: 'REDEMPTION',
      channel: 'COUNTER',
      now: at,
      rewardId: reward.id,
      reward,
      card: state.cardOf(i),
      holder: state.holder(i, brusselsDay(at)),
      organizer,
      venueNis,
      code: '',
      client: '',
      request: '',
      programmes: PROGRAMMES,
    })
    const place = { channel: 'COUNTER', organizer, venueNis }
    if (decision.kind === 'refused') {
      this.#refuse(decision.refusal, place, at)
      return
    }
    const outcome = ledger.commit(decision.proposal, at)
    if (outcome.kind === 'committed') {
      this.#emit(outcome, at, TAKEN_BACK_SHARE)
      return
    }
    const constraint = redemptionConstraints(reward)[outcome.index]
    if (constraint) this.#refuse(refusalOfConstraint(constraint, reward), place, at)
  }

  #sell({ at, holder: i, subject: offer }: HistoryAction): void {
    const { world, state, ledger, dice } = this.#scene
    const host = world.hosts[world.offers.host[offer] ?? 0]
    if (!host || (state.card[i] ?? 0) === 0) return
    const event = world.events.event(offer)
    const coupon = state.hasSocialTariff(i) ? undefined : couponOf(state.system[i] ?? 0)
    const count = state.isGroup(i) ? 2 + dice.below(GROUP_TICKETS_MAX) : 1
    const line = {
      isNumberValid: true,
      eventId: event.id,
      event,
      organizer: host.organizer,
      card: state.cardOf(i),
      holder: state.holder(i, brusselsDay(at)),
      tariff: coupon ? `COUPON_${coupon}` : SOCIAL_TARIFF_ID,
      price: world.offers.price[offer] ?? 0,
      label: 'Basistarief',
    }
    const lines = Array.from({ length: count }, () => line)
    const decision = decideTicketSale({
      lines,
      now: at,
      client: host.client,
      request: '',
      book: world.book,
      programmes: PROGRAMMES,
    })
    const place = { channel: 'COUNTER', organizer: event.organizer, venueNis: event.venueNis }
    if (decision.kind === 'refused') {
      this.#refuse(decision.refusal, place, at)
      return
    }
    const outcome = ledger.commit(decision.proposal, at)
    if (outcome.kind === 'committed') {
      this.#emit(outcome, at, TICKET_TAKEN_BACK_SHARE)
      return
    }
    const guarded = decision.guarded[outcome.index]
    if (guarded) this.#refuse(ticketLimitRefusal(guarded, outcome.value), place, at)
  }

  /** Journals what was committed; some of it is taken back within days. */
  #emit({ position, entry }: { position: Position; entry: Entry }, at: number, takenBackShare: number): void {
    this.#emitRecord(position, entry.record, { at, takenBackShare })
    if (!entry.further) return
    let { sequence } = position
    for (const record of entry.further) {
      sequence += 1
      this.#emitRecord({ ...position, sequence }, record, { at, takenBackShare })
    }
  }

  #emitRecord(position: Position, record: Entry['record'], { at, takenBackShare }: { at: number; takenBackShare: number }): void {
    const { emit, dice, queue, endsAt } = this.#scene
    const voidedAt = at + 60_000 + dice.below(VOID_DELAY_MS)
    const isTakenBack = record.kind === 'transaction' && dice.chance(takenBackShare) && voidedAt < endsAt
    emit({ position, record, isTakenBack })
    if (!isTakenBack) return
    const voidable: Voidable = { position, transaction: record.transaction }
    queue.push({ ...plan(ACTION.takeBack, voidedAt, { holder: record.transaction.holder - 1 }), subjectRecord: voidable })
  }

  #takeBack({ at, subjectRecord }: HistoryAction): void {
    const { ledger, emit } = this.#scene
    const { position, transaction } = subjectRecord as Voidable // only #emit plans these
    const outcome = ledger.commit(voidTransaction(position, transaction), at)
    if (outcome.kind === 'committed') emit({ position: outcome.position, record: outcome.entry.record, isTakenBack: false })
  }

  #refuse({ code }: Refusal, place: { channel: string; organizer: string; venueNis: number }, at: number): void {
    this.#refusals.add({ reason: code, ...place }, at)
  }
}
