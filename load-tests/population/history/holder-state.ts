import { type Card, type Holder, type Membership, SOCIAL_TARIFF_STATES, type SocialTariffState } from '@zuil/core'
import { draw } from '../draw.ts'
import { couponOf } from '../offer/price-book.ts'
import { type People, TRAIT } from '../people/people.ts'
import { nisOn, type Place } from '../place/place.ts'

const SUBJECT = 301
const GROUP_TICKETS_PER_YEAR = 60
const COUPON_DAYS = 365

/** Positions in SOCIAL_TARIFF_STATES. */
export const TARIFF = { none: 0, active: 1, grace: 2, expired: 3, suspended: 4 } as const
export type TariffIndex = (typeof TARIFF)[keyof typeof TARIFF]

/** What changes of the holders, in columns; makes the holders and cards that decisions see. */
export class HolderState {
  readonly home: Uint16Array
  /** Card system of the membership with the social tariff, and of an older one (0: none). */
  readonly system: Uint16Array
  readonly olderSystem: Uint16Array
  readonly tariff: Uint8Array
  /** Epoch ms at which the social tariff ends. */
  readonly tariffEndsAt: Float64Array
  /** Dense number of the card in use; 0 before the registration. */
  readonly card: Uint32Array
  /** Day on which a coupon was given; 0 without one. */
  readonly couponOn: Int32Array
  /** Who got each card, and in which card system, in the order in which they were given: number n stands at n - 1. */
  readonly cardHolders: number[] = []
  readonly cardSystems: number[] = []
  readonly #people: People
  readonly #places: readonly Place[]
  readonly #seed: number

  constructor(people: People, places: readonly Place[], seed: number) {
    this.#people = people
    this.#places = places
    this.#seed = seed
    this.home = Uint16Array.from(people.place)
    this.system = new Uint16Array(people.count)
    this.olderSystem = new Uint16Array(people.count)
    this.tariff = new Uint8Array(people.count)
    this.tariffEndsAt = new Float64Array(people.count)
    this.card = new Uint32Array(people.count)
    this.couponOn = new Int32Array(people.count)
  }

  /** Gives the holder a new card of the current card system; numbers are in the order in which cards were given. */
  giveCard(i: number): void {
    this.card[i] = this.cardHolders.push(i)
    this.cardSystems.push(this.system[i] ?? 0)
  }

  isGroup(i: number): boolean {
    return this.has(i, TRAIT.group)
  }

  has(i: number, trait: number): boolean {
    return ((this.#people.traits[i] ?? 0) & trait) !== 0
  }

  tariffOf(i: number): SocialTariffState {
    return SOCIAL_TARIFF_STATES[this.tariff[i] ?? 0] ?? 'NONE'
  }

  hasSocialTariff(i: number): boolean {
    const tariff = this.tariff[i]
    return tariff === TARIFF.active || tariff === TARIFF.grace
  }

  homeNis(i: number, day: number): number {
    const place = this.#places[this.home[i] ?? 0]
    if (!place) return 0
    return place.mergedFrom.length === 0 ? place.nis : nisOn(place, day, draw(this.#seed, i, SUBJECT))
  }

  /** Written out: this runs for every transaction, and spreading costs more than it. */
  holder(i: number, day: number): Holder {
    const number = i + 1
    const homeNis = this.homeNis(i, day)
    const homePostalCode = this.#postalCode(i)
    const memberships = this.#memberships(i)
    if (this.isGroup(i)) {
      const ticketsPerYear = GROUP_TICKETS_PER_YEAR
      return { number, homeNis, homePostalCode, memberships, passType: 'GROUP', birthYear: 0, ticketsPerYear }
    }
    const birthYear = this.#people.birthYear[i] ?? 0
    const couponOn = this.couponOn[i] ?? 0
    const coupon = couponOn === 0 ? undefined : couponOf(this.system[i] ?? 0)
    if (!coupon) return { number, homeNis, homePostalCode, memberships, passType: 'INDIVIDUAL', birthYear }
    const coupons = [{ id: number, coupon, validUntil: (couponOn + COUPON_DAYS) * 86_400_000 }]
    return { number, homeNis, homePostalCode, memberships, passType: 'INDIVIDUAL', birthYear, coupons }
  }

  #postalCode(i: number): string {
    const postalCodes = this.#places[this.home[i] ?? 0]?.postalCodes
    if (!postalCodes) return ''
    return postalCodes[draw(this.#seed, i, SUBJECT + 1) % Math.max(1, postalCodes.length)] ?? ''
  }

  cardOf(i: number): Card {
    return { number: this.card[i] ?? 0, holder: i + 1, cardSystem: this.system[i] ?? 0, status: 'ACTIVE' }
  }

  #memberships(i: number): readonly Membership[] {
    const socialTariff = this.tariffOf(i)
    const endsAt = this.tariffEndsAt[i] ?? 0
    const cardSystem = this.system[i] ?? 0
    const current: Membership =
      socialTariff !== 'NONE' && endsAt > 0
        ? { cardSystem, status: 'ACTIVE', socialTariff, socialTariffEndsAt: endsAt }
        : { cardSystem, status: 'ACTIVE', socialTariff }
    const older = this.olderSystem[i] ?? 0
    return older === 0 ? [current] : [{ cardSystem: older, status: 'ACTIVE', socialTariff: 'NONE' }, current]
  }
}
