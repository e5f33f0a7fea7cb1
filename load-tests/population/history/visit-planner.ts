import { DAY_MS, formatDay, instantInBrussels, startOfDay } from '@zuil/core'
import { type Dice, indexAbove } from '../dice.ts'
import { drawShare } from '../draw.ts'
import { CATEGORIES, categoryIndex, type Pattern } from '../offer/category.ts'
import { hoursOn } from '../offer/offers.ts'
import { PREDECESSOR } from '../place/place.ts'
import type { World } from '../world.ts'
import { ACTION, type HistoryQueue, plan } from './actions.ts'
import { Board } from './board.ts'
import type { HolderState } from './holder-state.ts'
import { BUSYNESS_MAX, busyness } from './rhythm.ts'

/** Where people go and how they register; all assumptions (README). */
const AT_HOME_SHARE = 0.72
const TICKET_SHARE = 0.85
/** A ticket for a series of lessons or a week is bought once. */
const SERIES_TICKET_SHARE = 0.4
const SERIES: ReadonlySet<Pattern> = new Set(['weekly', 'camp'])
const COUPON_TICKET_SHARE = 0.25
/** Of those with the social tariff who are in another region, where they have no right to it. */
const ASKED_ELSEWHERE_SHARE = 0.05
const OFFLINE_SHARE = 0.06
const OUT_OF_HOURS_SHARE = 0.004
/** Of all holders, each day of a festival; who lives around it goes. */
const FESTIVAL_ASKED_SHARE = 0.05
/** Cards that go round, by holder, and of their visits those that become a day of everything around. */
const ROUND_SUBJECT = 302
const ROUND_CARD_SHARE = 1 / 200
const ROUND_SHARE = 0.1
const ROUND_OFFERS_MAX = 16
/** In each place around. */
const ROUND_DRAWS = 40
const GROUP_AGE = 40
const YEAR_DAYS = 365.25
/** Tickets are sold at the door, a little before. */
const TICKET_LEAD_MS = 20 * 60_000
const NOBODY = -1
const MINUTE_MS = 60_000

/** Plans the visits of each day. A holder waits in the list of the day of the next visit, so a day costs what happens in it. */
export class VisitPlanner {
  readonly #world: World
  readonly #state: HolderState
  readonly #queue: HistoryQueue
  readonly #dice: Dice
  readonly #board: Board
  /** First holder of each day's list, and the next one of each holder. */
  readonly #heads: Int32Array
  readonly #next: Int32Array
  /** Days and parts of a day. */
  readonly #dueAt: Float64Array
  readonly #festivals: readonly number[]

  constructor(world: World, parts: { readonly state: HolderState; readonly queue: HistoryQueue; readonly dice: Dice }) {
    const { options, people, offers, hosts, geography, holidays } = world
    this.#world = world
    this.#state = parts.state
    this.#queue = parts.queue
    this.#dice = parts.dice
    this.#board = new Board(offers, hosts, { places: geography.places.length, holidays })
    this.#heads = new Int32Array(options.until - options.from).fill(NOBODY)
    this.#next = new Int32Array(people.count).fill(NOBODY)
    this.#dueAt = new Float64Array(people.count)
    this.#festivals = festivalsOf(world)
  }

  /** The holder is there from now on. */
  enrol(i: number, day: number): void {
    this.#schedule(i, Math.max(day, this.#world.options.from) + 0.5)
  }

  planDay(day: number): void {
    const { options, holidays } = this.#world
    this.#board.begin(day)
    const accepted = busyness(day, holidays) / BUSYNESS_MAX
    let i = this.#heads[day - options.from] ?? NOBODY
    this.#heads[day - options.from] = NOBODY
    while (i !== NOBODY) {
      const following = this.#next[i] ?? NOBODY
      while ((this.#dueAt[i] ?? 0) < day + 1) {
        if (this.#dice.chance(accepted)) this.#planVisits(i, day)
        this.#delay(i)
      }
      this.#put(i)
      i = following
    }
    this.#planFestival(day)
  }

  #schedule(i: number, from: number): void {
    this.#dueAt[i] = from
    this.#delay(i)
    this.#put(i)
  }

  /** Moves the next visit on; candidates come as often as on the busiest day, other days refuse some. */
  #delay(i: number): void {
    const perDay = ((this.#world.people.visitsPerYear[i] ?? 0) * BUSYNESS_MAX) / YEAR_DAYS
    const waiting = perDay > 0 ? -Math.log(1 - this.#dice.share()) / perDay : Number.POSITIVE_INFINITY
    this.#dueAt[i] = (this.#dueAt[i] ?? 0) + waiting
  }

  #put(i: number): void {
    const { options, people } = this.#world
    const dueAt = this.#dueAt[i] ?? 0
    if (dueAt >= options.until || dueAt >= (people.lapsedOn[i] ?? 0)) return
    const place = Math.floor(dueAt) - options.from
    this.#next[i] = this.#heads[place] ?? NOBODY
    this.#heads[place] = i
  }

  /** At home or around it, where the pass is known already. */
  #placeOf(i: number, day: number): number {
    const { neighbours, geography } = this.#world
    const home = this.#state.home[i] ?? 0
    const around = neighbours[home]
    const isTied = this.#state.system[i] === PREDECESSOR.cardSystem
    if (!around || around.places.length === 0 || isTied || this.#dice.chance(AT_HOME_SHARE)) return home
    const total = around.cumulative.at(-1) ?? 0
    const place = around.places[indexAbove(around.cumulative, this.#dice.share() * total)] ?? home
    return (geography.places[place]?.since ?? 0) <= day ? place : home
  }

  #planVisits(i: number, day: number): void {
    if (this.#goesRound(i)) {
      this.#planRound(i, day)
      return
    }
    const offer = this.#pick(i, day, this.#placeOf(i, day))
    if (offer !== undefined) this.#planOffer(i, offer, day)
  }

  #pick(i: number, day: number, place: number): number | undefined {
    const age = Number(formatDay(day).slice(0, 4)) - (this.#world.people.birthYear[i] ?? 0)
    const visitor = { age: this.#state.isGroup(i) ? GROUP_AGE : age, hasSocialTariff: this.#state.hasSocialTariff(i) }
    return this.#board.pick(place, visitor, this.#dice)
  }

  #goesRound(i: number): boolean {
    const isOne = drawShare(this.#world.options.seed, i, ROUND_SUBJECT) < ROUND_CARD_SHARE
    return isOne && !this.#state.isGroup(i) && this.#dice.chance(ROUND_SHARE)
  }

  /** The card is held before every reader around on that day, by whoever has it. */
  #planRound(i: number, day: number): void {
    const home = this.#state.home[i] ?? 0
    const places = [home, ...(this.#world.neighbours[home]?.places ?? [])]
    const offers = new Set<number>()
    for (let draws = 0; draws < ROUND_DRAWS * places.length && offers.size < ROUND_OFFERS_MAX; draws++) {
      const place = places[draws % places.length] ?? home
      const isKnownThere = (this.#world.geography.places[place]?.since ?? 0) <= day
      const offer = isKnownThere ? this.#pick(i, day, place) : undefined
      if (offer !== undefined) offers.add(offer)
    }
    for (const offer of offers) this.#planOffer(i, offer, day)
  }

  #planOffer(i: number, offer: number, day: number): void {
    const { offers, hosts } = this.#world
    const category = CATEGORIES[offers.category[offer] ?? 0]
    const hours = category && hoursOn(category, day)
    if (!hours) return
    const minutes = this.#dice.chance(OUT_OF_HOURS_SHARE)
      ? this.#dice.share() * 1_440
      : category.pattern === 'single'
        ? hours.opens - 40 + this.#dice.share() * 60
        : hours.opens + this.#dice.share() * (hours.closes - hours.opens)
    const at = instantInBrussels(day, Math.floor(minutes)) + this.#dice.below(MINUTE_MS)
    if (this.#buysTicket(i, offer)) {
      const soldAt = Math.max(startOfDay(day), at - this.#dice.below(TICKET_LEAD_MS))
      this.#queue.push(plan(ACTION.sale, soldAt, { holder: i, subject: offer }))
    }
    if (this.#state.isGroup(i)) return
    const hasKiosk = (hosts[offers.host[offer] ?? 0]?.kiosk ?? '') !== ''
    if (!hasKiosk || !this.#dice.chance(OFFLINE_SHARE)) {
      this.#queue.push(plan(ACTION.checkin, at, { holder: i, subject: offer }))
      return
    }
    const told = { ...plan(ACTION.upload, at + this.#offlineMs(), { holder: i, subject: offer }), occurredAt: at }
    this.#queue.push(told)
  }

  #buysTicket(i: number, offer: number): boolean {
    const { offers } = this.#world
    if ((offers.price[offer] ?? 0) === 0 || offers.ofPredecessor[offer] === 1) return false
    if (this.#state.isGroup(i)) return true
    const [cardSystem] = this.#world.hosts[offers.host[offer] ?? 0]?.organizer.cardSystems ?? []
    if (cardSystem !== this.#state.system[i] && !this.#dice.chance(ASKED_ELSEWHERE_SHARE)) return false
    const isSeries = SERIES.has(CATEGORIES[offers.category[offer] ?? 0]?.pattern ?? 'permanent')
    if (this.#state.hasSocialTariff(i)) return this.#dice.chance(isSeries ? SERIES_TICKET_SHARE : TICKET_SHARE)
    return (this.#state.couponOn[i] ?? 0) > 0 && this.#dice.chance(COUPON_TICKET_SHARE)
  }

  /** Mostly until the evening, sometimes days, rarely longer than a device may wait. */
  #offlineMs(): number {
    const drawn = this.#dice.share()
    if (drawn < 0.85) return this.#dice.below(12 * 60) * MINUTE_MS
    if (drawn < 0.995) return this.#dice.below(6 * 1_440) * MINUTE_MS
    return 8 * DAY_MS + this.#dice.below(1_440) * MINUTE_MS
  }

  /** Many of those who live around go there, beside what they do otherwise. */
  #planFestival(day: number): void {
    const { offers, hosts, neighbours, people } = this.#world
    for (const offer of this.#festivals) {
      if (day < (offers.firstDay[offer] ?? 0) || day > (offers.lastDay[offer] ?? 0)) continue
      const place = hosts[offers.host[offer] ?? 0]?.place ?? 0
      const around = new Set([place, ...(neighbours[place]?.places ?? [])])
      for (let asked = Math.ceil(people.count * FESTIVAL_ASKED_SHARE); asked > 0; asked--) {
        const i = this.#dice.below(people.count)
        const isThere = (people.joinedOn[i] ?? 0) < day && (people.visitsPerYear[i] ?? 0) > 0 && !this.#state.isGroup(i)
        if (isThere && around.has(this.#state.home[i] ?? 0)) this.#planOffer(i, offer, day)
      }
    }
  }
}

function festivalsOf({ offers }: World): number[] {
  const festival = categoryIndex('festival')
  return Array.from({ length: offers.count }, (_, offer) => offer).filter((offer) => offers.category[offer] === festival)
}
