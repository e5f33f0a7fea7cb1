import { type Dice, indexAbove } from '../dice.ts'
import { CATEGORIES } from '../offer/category.ts'
import { hoursOn, type Offers } from '../offer/offers.ts'
import type { Host } from '../offer/organizers.ts'
import type { Holidays } from '../place/holiday.ts'
import { seasonOf } from './rhythm.ts'

/** What takes place somewhere today, with the pull of each offer added up. */
export interface Today {
  readonly offers: readonly number[]
  readonly cumulative: readonly number[]
}

const NOTHING: Today = { offers: [], cumulative: [] }
/** Draws before somebody takes what there is, whatever it is for. */
const TRIES_MAX = 4
/** Of those with the social tariff who might go where hardly any of them goes. */
const ALOOF_VISIT_SHARE = 0.02

/** Who looks for something to do. */
export interface Visitor {
  readonly age: number
  readonly hasSocialTariff: boolean
}

/** What takes place in each place, day after day; days are asked for in order. */
export class Board {
  readonly #offers: Offers
  readonly #hosts: readonly Host[]
  readonly #holidays: Holidays
  /** Offers of each place by first day, and how many of them have begun. */
  readonly #byPlace: readonly number[][]
  readonly #begun: Int32Array
  readonly #running: number[][]
  #today: (Today | undefined)[]
  #day = 0

  constructor(offers: Offers, hosts: readonly Host[], { places, holidays }: { places: number; holidays: Holidays }) {
    this.#offers = offers
    this.#hosts = hosts
    this.#holidays = holidays
    const byPlace = Array.from({ length: places }, (): number[] => [])
    for (let index = 0; index < offers.count; index++) byPlace[hosts[offers.host[index] ?? 0]?.place ?? 0]?.push(index)
    for (const list of byPlace) list.sort((a, b) => (offers.firstDay[a] ?? 0) - (offers.firstDay[b] ?? 0))
    this.#byPlace = byPlace
    this.#begun = new Int32Array(places)
    this.#running = byPlace.map(() => [])
    this.#today = []
  }

  begin(day: number): void {
    this.#day = day
    this.#today = []
  }

  /** Something for somebody, or undefined when nothing takes place there. */
  pick(place: number, visitor: Visitor, dice: Dice): number | undefined {
    const { offers, cumulative } = this.#of(place)
    const total = cumulative.at(-1)
    if (total === undefined) return undefined
    for (let tries = 1; ; tries++) {
      const offer = offers[indexAbove(cumulative, dice.share() * total)] ?? 0
      if (this.#isFor(offer, visitor, dice)) return offer
      if (tries >= TRIES_MAX) return undefined
    }
  }

  #isFor(offer: number, { age, hasSocialTariff }: Visitor, dice: Dice): boolean {
    const [youngest = 0, oldest = 0] = CATEGORIES[this.#offers.category[offer] ?? 0]?.ages ?? []
    if (age < youngest || age > oldest) return false
    const isAloof = hasSocialTariff && this.#hosts[this.#offers.host[offer] ?? 0]?.isAloof === true
    return !isAloof || dice.chance(ALOOF_VISIT_SHARE)
  }

  #of(place: number): Today {
    const known = this.#today[place]
    if (known) return known
    const made = this.#make(place)
    this.#today[place] = made
    return made
  }

  #make(place: number): Today {
    this.#advance(place)
    const offers: number[] = []
    const cumulative: number[] = []
    let sum = 0
    for (const offer of this.#running[place] ?? []) {
      const pull = this.#pullOf(offer)
      if (pull === 0) continue
      sum += pull
      offers.push(offer)
      cumulative.push(sum)
    }
    return sum === 0 ? NOTHING : { offers, cumulative }
  }

  #advance(place: number): void {
    const list = this.#byPlace[place] ?? []
    let begun = this.#begun[place] ?? 0
    const running = (this.#running[place] ?? []).filter((offer) => (this.#offers.lastDay[offer] ?? 0) >= this.#day)
    for (; begun < list.length; begun++) {
      const offer = list[begun] ?? 0
      if ((this.#offers.firstDay[offer] ?? 0) > this.#day) break
      if ((this.#offers.lastDay[offer] ?? 0) >= this.#day) running.push(offer)
    }
    this.#begun[place] = begun
    this.#running[place] = running
  }

  /** 0 when it is closed today. */
  #pullOf(offer: number): number {
    const category = CATEGORIES[this.#offers.category[offer] ?? 0]
    if (!category || !hoursOn(category, this.#day)) return 0
    const isClosed = this.#holidays.isPublic(this.#day) && (category.pattern === 'permanent' || category.pattern === 'periodic')
    if (isClosed) return 0
    if (category.pattern === 'weekly') {
      const isItsDay = (this.#day - (this.#offers.firstDay[offer] ?? 0)) % 7 === 0
      if (!isItsDay || this.#holidays.isSchoolFree(this.#day)) return 0
    }
    return category.pull * seasonOf(category, this.#day, this.#holidays)
  }
}
