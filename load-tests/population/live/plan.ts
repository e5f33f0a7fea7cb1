import { brusselsDay, type Reward } from '@zuil/core'
import { Dice } from '../dice.ts'
import { ActionQueue } from '../history/action-queue.ts'
import { type HolderState, TARIFF } from '../history/holder-state.ts'
import { tariffEnd } from '../history/tariff-rounds.ts'
import { TRAIT } from '../people/people.ts'
import type { World } from '../world.ts'
import type { LiveAction } from './action.ts'
import type { LiveOutcome } from './answer.ts'
import { AppPeople } from './app-people.ts'
import { Crowd } from './crowd.ts'
import { Visits } from './visits.ts'

const SUBJECT = 501
/** Assumptions, as those of the history (README); what takes days there takes a minute here. */
const REGISTRATION_SHARE = 0.02
const REDEEM_SHARE = 0.18
const TAKEN_BACK_SHARE = 0.003
const TICKET_TAKEN_BACK_SHARE = 0.01
const REDEEM_AFTER_MS = 60_000
const TAKE_BACK_AFTER_MS = 120_000
/** Until every process of the API knows a new member. */
const KNOWN_AFTER_MS = 3_000
/** Draws before it is believed that nobody has anything to do. */
const DRAWS_MAX = 200

/** What waits for its moment; the queue orders by time only. */
const DUE = 0

export interface LivePlanOptions {
  /** The holders as they are now. */
  readonly state: HolderState
  /** Epoch ms. */
  readonly now: number
  /** Whether people register, get accounts, and events are published: that takes the operator of the installation. */
  readonly mayRegister: boolean
}

/**
 * What the population does now: an action at a time, and what follows from how it ended. Rewards follow from points, cancellations
 * from what was made, visits of new members from their registration.
 */
export class LivePlan {
  readonly #world: World
  readonly #state: HolderState
  readonly #dice: Dice
  readonly #visits: Visits
  readonly #crowd: Crowd
  /** Undefined: nobody can get an account. */
  readonly #app: AppPeople | undefined
  readonly #due = new ActionQueue<typeof DUE>()
  readonly #newcomers: { readonly holder: number; readonly knownAt: number }[] = []
  readonly #rewardsOf: ReadonlyMap<number, readonly Reward[]>
  readonly #hosts: ReadonlyMap<string, number>
  #waiting: LiveAction[] = []
  #day: number
  /** The next one who registers, and the next offer that is published. */
  #next: number
  #published = 0
  readonly #mayRegister: boolean
  #knownUntil: number

  /** The registry has everybody of `state`, and what was published until `now`. */
  constructor(world: World, { state, now, mayRegister }: LivePlanOptions) {
    this.#world = world
    this.#state = state
    this.#day = brusselsDay(now)
    this.#dice = new Dice(world.options.seed ^ Math.floor(now / 1_000), SUBJECT)
    this.#visits = new Visits(world, { state, dice: this.#dice })
    this.#visits.begin(this.#day, this.#day)
    this.#knownUntil = this.#day
    this.#crowd = new Crowd(world, state, this.#day)
    this.#app = mayRegister ? new AppPeople(world, this.#dice) : undefined
    this.#rewardsOf = Map.groupBy(
      world.rewards.filter(({ type }) => type === 'POINTS'),
      ({ owningCardSystem }) => owningCardSystem,
    )
    this.#hosts = new Map(world.hosts.map(({ organizer }, index) => [organizer.id, index]))
    this.#mayRegister = mayRegister
    this.#next = state.card.indexOf(0)
    const { publishedOn, count } = world.offers
    while (this.#published < count && (publishedOn[this.#published] ?? 0) <= this.#day) this.#published += 1
  }

  /** The next action; undefined when nothing can be done at this moment. */
  next(now: number): LiveAction | undefined {
    const day = brusselsDay(now)
    if (day > this.#day) this.#begin(day)
    while ((this.#newcomers[0]?.knownAt ?? Number.POSITIVE_INFINITY) <= now)
      this.#crowd.join(this.#newcomers.shift()?.holder ?? 0)
    const waiting = this.#waiting.shift()
    if (waiting) return waiting.kind === 'check-in' ? (this.#app?.actionOf(waiting, now) ?? waiting) : waiting
    const due = this.#due.popBefore(now)
    // Only #follow pushes.
    if (due) return due.subjectRecord as LiveAction
    if (this.#isSomebodyLeft() && this.#dice.chance(REGISTRATION_SHARE)) return this.#register(day)
    for (let draws = 0; draws < DRAWS_MAX; draws++) {
      const i = this.#crowd.pick(this.#dice)
      if (i === undefined) return undefined
      const [first, ...others] = this.#visits.draw(i, { now, day })
      if (!first) continue
      this.#waiting = others
      return first.kind === 'check-in' ? (this.#app?.actionOf(first, now) ?? first) : first
    }
    return undefined
  }

  /** Told of every action that was given out. */
  ended(action: LiveAction, outcome: LiveOutcome, now: number): void {
    if (outcome.kind !== 'accepted') return
    if (action.kind === 'registration') {
      this.#newcomers.push({ holder: action.holder, knownAt: now + KNOWN_AFTER_MS })
      return
    }
    if (action.kind === 'account') {
      this.#app?.join(action.holder)
      this.#follow({ ...action, kind: 'self-check-in' }, now)
      return
    }
    const isCheckin = action.kind === 'check-in' || action.kind === 'self-check-in'
    if (isCheckin && outcome.points !== undefined) this.#planRedemption(action.holder, outcome.points, now)
    if (!('host' in action)) return
    const share = action.kind === 'sale' ? TICKET_TAKEN_BACK_SHARE : TAKEN_BACK_SHARE
    for (const path of outcome.paths) {
      if (!this.#dice.chance(share)) continue
      this.#follow({ kind: 'cancellation', host: action.host, path }, now + this.#dice.below(TAKE_BACK_AFTER_MS))
    }
  }

  #isSomebodyLeft(): boolean {
    return this.#mayRegister && this.#next >= 0 && this.#next < this.#world.people.count
  }

  #begin(day: number): void {
    this.#day = day
    // what is published now is known in a moment, and counts from tomorrow on
    if (this.#mayRegister) this.#knownUntil = day - 1
    this.#visits.begin(day, this.#knownUntil)
    if (!this.#mayRegister) return
    const { publishedOn, count } = this.#world.offers
    for (; this.#published < count && (publishedOn[this.#published] ?? 0) <= day; this.#published++)
      this.#waiting.push({ kind: 'publication', offer: this.#published })
  }

  #register(day: number): LiveAction {
    const i = this.#next
    const { people, geography } = this.#world
    const place = geography.places[people.place[i] ?? 0]
    this.#state.system[i] = place?.cardSystem ?? 0
    this.#state.giveCard(i)
    if (this.#state.isGroup(i)) this.#state.tariff[i] = TARIFF.active
    else if (this.#state.has(i, TRAIT.socialTariff)) {
      this.#state.tariff[i] = TARIFF.active
      this.#state.tariffEndsAt[i] = tariffEnd(day, day)
    }
    this.#next += 1
    return { kind: 'registration', holder: i }
  }

  /** Somebody who has enough for one of the rewards of the region. */
  #planRedemption(holder: number, points: number, now: number): void {
    if (!this.#state.has(holder, TRAIT.redeemer) || !this.#dice.chance(REDEEM_SHARE)) return
    const own = this.#rewardsOf.get(this.#state.system[holder] ?? 0) ?? []
    const wanted = own[this.#dice.below(own.length)]
    const host = this.#hosts.get(wanted?.organizers[0] ?? '')
    if (!wanted || host === undefined || points < wanted.points) return
    this.#follow({ kind: 'redemption', host, holder, reward: wanted.number - 1 }, now + this.#dice.below(REDEEM_AFTER_MS))
  }

  #follow(action: LiveAction, at: number): void {
    this.#due.push({ at, kind: DUE, holder: 0, subject: 0, occurredAt: at, subjectRecord: action })
  }
}
