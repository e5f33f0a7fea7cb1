import { type Calendar, DEFAULT_PROGRAMME, type Event, formatDay, instantInBrussels, weekdayOf } from '@zuil/core'
import { Dice } from '../dice.ts'
import { draw } from '../draw.ts'
import { uuid } from '../identifiers.ts'
import type { Holidays } from '../place/holiday.ts'
import { type Geography, PREDECESSOR } from '../place/place.ts'
import { CATEGORIES, type Category, categoryIndex, type Hours } from './category.ts'
import type { Host } from './organizers.ts'
import { schoolKeyOf } from './price-book.ts'

/** What takes place, in the order in which it was published: the offer of index i is event number i + 1. Days as in People. */
export interface Offers {
  readonly count: number
  readonly host: Int32Array
  readonly category: Uint8Array
  readonly theme: Uint8Array
  readonly publishedOn: Int32Array
  readonly firstDay: Int32Array
  readonly lastDay: Int32Array
  /** Regular price in cents. */
  readonly price: Int32Array
  /** 1: in the programme that was there before the pass. */
  readonly ofPredecessor: Uint8Array
}

export interface OffersOptions {
  readonly seed: number
  readonly from: number
  /** Exclusive. */
  readonly until: number
  /** Share of Flanders that the people are. */
  readonly scale: number
  readonly holidays: Holidays
}

interface Draft {
  readonly host: number
  readonly category: number
  readonly theme: number
  readonly publishedOn: number
  readonly firstDay: number
  readonly lastDay: number
  readonly price: number
  readonly ofPredecessor: number
}

const SUBJECT = 103
const EVENT_ID_SUBJECT = 211
const YEAR_DAYS = 365
/** Where nothing ends an offer. */
const NO_END = 0x7fff_fffe
const LEAD_DAYS = 45
const WEEKS_OF_SERIES = 10
const EXHIBITION_DAYS = 60
const FESTIVAL_DAYS = 3
/** Eighteenth of July: around it falls the festival of the largest place. */
const FESTIVAL_DAY_OF_YEAR = 198

export function makeOffers(geography: Geography, hosts: readonly Host[], options: OffersOptions): Offers {
  const { from, until, scale } = options
  const dice = new Dice(options.seed, SUBJECT)
  const density = Math.min(1, Math.max(0.15, scale ** 0.3))
  const drafts: Draft[] = []
  for (const [host, { categories, offersPerYear, onboardedOn, place }] of hosts.entries()) {
    if (onboardedOn >= until) continue
    for (const category of categories) {
      const kind = CATEGORIES[category]
      if (!kind) continue
      if (kind.pattern === 'permanent') {
        drafts.push(permanentOffer(host, category, { since: onboardedOn, dice }))
        continue
      }
      const first = Math.max(from - EXHIBITION_DAYS, onboardedOn)
      const wanted = dice.count((((until - first) * offersPerYear) / YEAR_DAYS) * density)
      for (let i = 0; i < wanted; i++) drafts.push(datedOffer(host, category, { first, until, dice, holidays: options.holidays }))
    }
    if (isWithPredecessor(geography, place, categories)) drafts.push(...predecessorOffers(host, categories, geography))
  }
  drafts.push(...festivals(geography, hosts, options))
  return columnsOf(drafts.sort((a, b) => a.publishedOn - b.publishedOn || a.host - b.host))
}

interface PermanentOptions {
  readonly since: number
  readonly dice: Dice
}

function permanentOffer(host: number, category: number, { since, dice }: PermanentOptions): Draft {
  const price = priceOf(category, dice)
  return { host, category, theme: 0, publishedOn: since, firstDay: since, lastDay: NO_END, price, ofPredecessor: 0 }
}

interface DatedOptions {
  readonly first: number
  readonly until: number
  readonly dice: Dice
  readonly holidays: Holidays
}

function datedOffer(host: number, category: number, { first, until, dice, holidays }: DatedOptions): Draft {
  const kind = CATEGORIES[category] as Category // the caller looked it up
  let firstDay = first + dice.below(until - first)
  let lastDay = firstDay
  switch (kind.pattern) {
    case 'camp':
      for (let tries = 0; tries < 40 && !holidays.isSchoolFree(firstDay); tries++) firstDay += 7
      firstDay -= weekdayOf(firstDay) - 1
      lastDay = firstDay + 4
      break
    case 'weekly':
      lastDay = firstDay + 7 * (WEEKS_OF_SERIES - 1)
      break
    case 'periodic':
      lastDay = firstDay + EXHIBITION_DAYS
      break
    case 'single':
    case 'permanent':
      while (!isOpenDay(kind.hours, firstDay)) firstDay += 1
      lastDay = firstDay
  }
  const publishedOn = Math.max(first, firstDay - LEAD_DAYS)
  return {
    host,
    category,
    theme: dice.below(Math.max(1, kind.themes.length)),
    publishedOn: Math.min(publishedOn, firstDay),
    firstDay,
    lastDay,
    price: priceOf(category, dice),
    ofPredecessor: 0,
  }
}

/** In steps of half a euro. */
function priceOf(category: number, dice: Dice): number {
  const [least = 0, most = 0] = CATEGORIES[category]?.price ?? []
  return Math.round((least + (most - least) * dice.share()) / 50) * 50
}

function isWithPredecessor({ places }: Geography, place: number, categories: readonly number[]): boolean {
  const saves = ['library', 'sport', 'stage'].map(categoryIndex)
  return places[place]?.cardSystem === PREDECESSOR.replacedBy && categories.some((category) => saves.includes(category))
}

/** The old card was for culture and sport: one offer in each, until the day on which the pass came. */
function predecessorOffers(host: number, categories: readonly number[], { places, regions }: Geography): Draft[] {
  const region = regions.find(({ id }) => id === PREDECESSOR.replacedBy)
  const lastDay = Math.min(...(region?.places ?? []).map((index) => places[index]?.since ?? NO_END)) - 1
  const [category = 0] = categories
  const day = PREDECESSOR.since
  return [
    { host, category: openCategory(category), theme: 0, publishedOn: day, firstDay: day, lastDay, price: 0, ofPredecessor: 1 },
  ]
}

/** Offers of the old card are open every week of the year, so they have the hours of one that is. */
function openCategory(category: number): number {
  return CATEGORIES[category]?.pattern === 'permanent' ? category : categoryIndex('museum')
}

function festivals({ places }: Geography, hosts: readonly Host[], { from, until }: OffersOptions): Draft[] {
  const largest = places.reduce((best, place, index) => (place.inhabitants > (places[best]?.inhabitants ?? 0) ? index : best), 0)
  const host = hosts.findIndex(({ place, kind }) => place === largest && kind === 'municipal')
  const category = categoryIndex('festival')
  const drafts: Draft[] = []
  for (let year = Number(formatDay(from).slice(0, 4)); year <= Number(formatDay(until).slice(0, 4)); year++) {
    const firstDay = Date.UTC(year, 0, 1) / 86_400_000 + FESTIVAL_DAY_OF_YEAR
    const common = { host, category, theme: year % 3, price: 0, ofPredecessor: 0 }
    const isThere = firstDay >= Math.max(from, places[largest]?.since ?? 0) && firstDay + FESTIVAL_DAYS <= until
    if (isThere) drafts.push({ ...common, publishedOn: firstDay - 1, firstDay, lastDay: firstDay + FESTIVAL_DAYS - 1 })
  }
  return drafts
}

function columnsOf(drafts: readonly Draft[]): Offers {
  return {
    count: drafts.length,
    host: Int32Array.from(drafts, ({ host }) => host),
    category: Uint8Array.from(drafts, ({ category }) => category),
    theme: Uint8Array.from(drafts, ({ theme }) => theme),
    publishedOn: Int32Array.from(drafts, ({ publishedOn }) => publishedOn),
    firstDay: Int32Array.from(drafts, ({ firstDay }) => firstDay),
    lastDay: Int32Array.from(drafts, ({ lastDay }) => lastDay),
    price: Int32Array.from(drafts, ({ price }) => price),
    ofPredecessor: Uint8Array.from(drafts, ({ ofPredecessor }) => ofPredecessor),
  }
}

/** Hours on a day, or undefined when the offer is closed then. */
export function hoursOn(category: Category, day: number): Hours | undefined {
  const weekday = weekdayOf(day)
  return category.hours.find(({ weekdays }) => weekdays.includes(weekday))
}

function isOpenDay(hours: readonly Hours[], day: number): boolean {
  const weekday = weekdayOf(day)
  return hours.some(({ weekdays }) => weekdays.includes(weekday))
}

/** Makes the events of offers when they are needed: an event in full is a kilobyte, its columns are thirty bytes. */
export class Events {
  readonly #offers: Offers
  readonly #hosts: readonly Host[]
  readonly #seed: number
  /** Public holidays of the years of the world. */
  readonly #closedDays: readonly number[]
  readonly #made = new Map<number, Event>()

  constructor(offers: Offers, hosts: readonly Host[], { seed, holidays, from, until }: Omit<OffersOptions, 'scale'>) {
    this.#offers = offers
    this.#hosts = hosts
    this.#seed = seed
    this.#closedDays = holidays.publicDays.filter((day) => day >= from && day < until)
  }

  event(index: number): Event {
    const known = this.#made.get(index)
    if (known) return known
    const event = this.#make(index)
    if (this.#made.size >= EVENTS_KEPT_MAX) this.#made.clear()
    this.#made.set(index, event)
    return event
  }

  #make(index: number): Event {
    const offers = this.#offers
    const host = this.#hosts[offers.host[index] ?? 0]
    const category = CATEGORIES[offers.category[index] ?? 0]
    if (!host || !category) throw new RangeError(`There is no offer ${index}`)
    const isOld = offers.ofPredecessor[index] === 1
    const [cardSystem = 0] = host.organizer.cardSystems
    return {
      id: uuid(this.#seed, index, EVENT_ID_SUBJECT),
      number: index + 1,
      title: `${category.title} ${host.organizer.city ?? ''}`,
      organizer: host.organizer.id,
      location: host.location,
      locationName: host.locationName,
      venueNis: host.organizer.nis,
      type: category.type,
      theme: category.themes[offers.theme[index] ?? 0] ?? '',
      calendar: this.#calendar(index, category),
      workflowStatus: 'APPROVED',
      available: true,
      cardSystems: [isOld ? PREDECESSOR.cardSystem : cardSystem],
      ...(category.id === 'school' && { manualKeys: [schoolKeyOf(cardSystem)] }),
      programme: isOld ? PREDECESSOR.programme : DEFAULT_PROGRAMME,
      checkinPoints: 1,
      checkinLimit: category.limit,
      ...(draw(this.#seed, index, EVENT_ID_SUBJECT + 1) % 4 === 0 && { passholderTicketLimit: { volume: 4, period: 'MONTH' } }),
    }
  }

  #calendar(index: number, category: Category): Calendar {
    const [firstDay = 0, lastDay = 0] = [this.#offers.firstDay[index], this.#offers.lastDay[index]]
    if (category.pattern === 'single') {
      return { type: 'single', occurrences: [occurrence(firstDay, category.hours)] }
    }
    if (category.pattern === 'weekly') {
      const days = Array.from({ length: (lastDay - firstDay) / 7 + 1 }, (_, week) => firstDay + 7 * week)
      return { type: 'multiple', occurrences: days.map((day) => occurrence(day, category.hours)) }
    }
    const isPermanent = lastDay === NO_END
    const closed = this.#closedDays.filter((day) => day >= firstDay && day <= lastDay)
    return {
      type: isPermanent ? 'permanent' : 'periodic',
      ...(isPermanent ? {} : { startDay: formatDay(firstDay), endDay: formatDay(lastDay) }),
      openingHours: category.hours.map(({ weekdays, opens, closes }) => ({
        weekdays,
        opens: clock(opens),
        closes: clock(closes),
      })),
      closedDays: closed.map((day) => ({ from: formatDay(day), to: formatDay(day) })),
      adjustedDays: [],
    }
  }
}

/** More than takes place on one day anywhere; they are made again when they are needed again. */
const EVENTS_KEPT_MAX = 30_000

function occurrence(day: number, hours: readonly Hours[]) {
  const { opens, closes } = hours.find(({ weekdays }) => weekdays.includes(weekdayOf(day))) ?? { opens: 840, closes: 1_020 }
  return { startsAt: instantInBrussels(day, opens), endsAt: instantInBrussels(day, closes), hasHours: true, available: true }
}

/** `hh:mm`. */
function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
