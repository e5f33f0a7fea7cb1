import { CheckinWindows, formatDay, instantInBrussels, SOCIAL_TARIFF_ID } from '@zuil/core'
import { type Dice, indexAbove } from '../dice.ts'
import { Board } from '../history/board.ts'
import type { HolderState } from '../history/holder-state.ts'
import { CATEGORIES } from '../offer/category.ts'
import { hoursOn } from '../offer/offers.ts'
import { couponOf } from '../offer/price-book.ts'
import { TRAIT } from '../people/people.ts'
import type { World } from '../world.ts'
import type { LiveAction } from './action.ts'

/** Assumptions, as those of the history (README). */
const AT_HOME_SHARE = 0.72
const KIOSK_SHARE = 0.7
const OFFLINE_SHARE = 0.06
const TICKET_SHARE = 0.85
const COUPON_TICKET_SHARE = 0.25
const COUPON_DAYS = 365
const GROUP_TICKETS_MAX = 12
/** Devices tell of check-ins of these days at most; the API believes a week. */
const OFFLINE_DAYS = 5
const MINUTE_MS = 60_000
/** Age that a group is thought to have. */
const GROUP_AGE = 40

/** What a holder may do at this moment, given what takes place: one draw. */
export class Visits {
  readonly #world: World
  readonly #state: HolderState
  readonly #dice: Dice
  readonly #board: Board
  readonly #windows = new CheckinWindows()
  #publishedUntil = 0

  constructor(world: World, { state, dice }: { readonly state: HolderState; readonly dice: Dice }) {
    const { offers, hosts, geography, holidays } = world
    this.#world = world
    this.#state = state
    this.#dice = dice
    this.#board = new Board(offers, hosts, { places: geography.places.length, holidays })
  }

  /** Days come in their order. `publishedUntil`: last day of which the registry knows what was published. */
  begin(day: number, publishedUntil: number): void {
    this.#board.begin(day)
    this.#publishedUntil = publishedUntil
  }

  /** A check-in, a ticket, both, or what a device tells afterwards; empty when there is nothing for that holder. */
  draw(i: number, { now, day }: { readonly now: number; readonly day: number }): readonly LiveAction[] {
    const visitor = { age: this.#ageOf(i, day), hasSocialTariff: this.#state.hasSocialTariff(i) }
    const offer = this.#board.pick(this.#placeOf(i, day), visitor, this.#dice)
    if (offer === undefined || (this.#world.offers.publishedOn[offer] ?? 0) > this.#publishedUntil) return []
    const host = this.#world.offers.host[offer] ?? 0
    const window = this.#windows.at(this.#world.events.event(offer).calendar, now)
    const visit = { host, holder: i, offer }
    const actions: LiveAction[] = []
    const tariff = window.state === 'over' ? undefined : this.#tariffOf(i, offer, day)
    if (tariff !== undefined) actions.push({ kind: 'sale', ...visit, tickets: this.#ticketsOf(i), tariff })
    if (this.#state.isGroup(i)) return actions
    const scannedAt = this.#offlineAt(offer, { now, day, isOpen: window.state === 'open' })
    if (scannedAt !== undefined) actions.push({ kind: 'upload', ...visit, scannedAt })
    else if (window.state === 'open') actions.push({ kind: 'check-in', at: this.#deviceOf(i, host), ...visit })
    return actions
  }

  #ageOf(i: number, day: number): number {
    if (this.#state.isGroup(i)) return GROUP_AGE
    return Number(formatDay(day).slice(0, 4)) - (this.#world.people.birthYear[i] ?? 0)
  }

  /** At home or around it, where the pass is known already. */
  #placeOf(i: number, day: number): number {
    const { neighbours, geography } = this.#world
    const home = this.#state.home[i] ?? 0
    const around = neighbours[home]
    if (!around || around.places.length === 0 || this.#dice.chance(AT_HOME_SHARE)) return home
    const total = around.cumulative.at(-1) ?? 0
    const place = around.places[indexAbove(around.cumulative, this.#dice.share() * total)] ?? home
    return (geography.places[place]?.since ?? 0) <= day ? place : home
  }

  #deviceOf(i: number, host: number): 'KIOSK' | 'COUNTER' {
    const hasKiosk = (this.#world.hosts[host]?.kiosk ?? '') !== '' && !this.#state.has(i, TRAIT.digitalCard)
    return hasKiosk && this.#dice.chance(KIOSK_SHARE) ? 'KIOSK' : 'COUNTER'
  }

  /** Tariff at which the holder wants a ticket; undefined: none. */
  #tariffOf(i: number, offer: number, day: number): string | undefined {
    const { offers, hosts } = this.#world
    if ((offers.price[offer] ?? 0) === 0 || offers.ofPredecessor[offer] === 1) return undefined
    if (this.#state.isGroup(i)) return SOCIAL_TARIFF_ID
    const system = this.#state.system[i] ?? 0
    if (hosts[offers.host[offer] ?? 0]?.organizer.cardSystems.includes(system) !== true) return undefined
    if (this.#state.hasSocialTariff(i)) return this.#dice.chance(TICKET_SHARE) ? SOCIAL_TARIFF_ID : undefined
    const couponOn = this.#state.couponOn[i] ?? 0
    const coupon = couponOn > 0 && couponOn + COUPON_DAYS > day ? couponOf(system) : undefined
    return coupon && this.#dice.chance(COUPON_TICKET_SHARE) ? `COUPON_${coupon}` : undefined
  }

  #ticketsOf(i: number): number {
    return this.#state.isGroup(i) ? 2 + this.#dice.below(GROUP_TICKETS_MAX) : 1
  }

  /**
   * When a kiosk that was offline saw the holder: now and then while it is open, always when it is not, so that the night has
   * its work too. Undefined: it was not.
   */
  #offlineAt(offer: number, { now, day, isOpen }: { now: number; day: number; isOpen: boolean }): number | undefined {
    const { offers, hosts, events } = this.#world
    if ((hosts[offers.host[offer] ?? 0]?.kiosk ?? '') === '') return undefined
    if (isOpen && !this.#dice.chance(OFFLINE_SHARE)) return undefined
    const category = CATEGORIES[offers.category[offer] ?? 0]
    const before = day - this.#dice.below(OFFLINE_DAYS)
    const hours = category && before >= (offers.firstDay[offer] ?? 0) ? hoursOn(category, before) : undefined
    if (!hours) return undefined
    const minute = Math.floor(hours.opens + this.#dice.share() * (hours.closes - hours.opens))
    const at = instantInBrussels(before, minute) + this.#dice.below(60) * 1_000
    const wasOpen = at < now - MINUTE_MS && this.#windows.at(events.event(offer).calendar, at).state === 'open'
    return wasOpen ? at : undefined
  }
}
