import { readTable } from '../facts/table.ts'

/** How an offer is spread over the days. */
export type Pattern =
  /** Always, at opening hours. */
  | 'permanent'
  /** Once. */
  | 'single'
  /** Once a week on the same weekday, not in school holidays. */
  | 'weekly'
  /** Every day of some weeks, at opening hours. */
  | 'periodic'
  /** The working days of one week in the school holidays. */
  | 'camp'

export interface Hours {
  /** ISO weekdays. */
  readonly weekdays: readonly number[]
  /** Minutes after midnight. */
  readonly opens: number
  readonly closes: number
}

export interface Category {
  readonly id: string
  readonly title: string
  /** Id of a type of UiTdatabank, and its themes. */
  readonly type: string
  readonly themes: readonly string[]
  readonly pattern: Pattern
  readonly hours: readonly Hours[]
  /** Pull of one offer beside others on the same day; fitted to "libraries and pools first". */
  readonly pull: number
  /** Regular price in cents, from and to; 0: free, so no ticket is sold. */
  readonly price: readonly [number, number]
  readonly limit: { readonly volume: number; readonly period: 'DAY' | 'WEEK' }
  /** Ages that come, from and up to. */
  readonly ages: readonly [number, number]
  /** Factor in July and August, and in the other school holidays. */
  readonly summer: number
  readonly holidays: number
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const DAILY = { volume: 1, period: 'DAY' } as const
const EVENING: readonly Hours[] = [{ weekdays: EVERY_DAY, opens: 20 * 60, closes: 22 * 60 + 30 }]
const AFTERNOON: readonly Hours[] = [{ weekdays: EVERY_DAY, opens: 14 * 60, closes: 17 * 60 }]
const LIBRARY_HOURS: readonly Hours[] = [
  { weekdays: [1], opens: 14 * 60, closes: 19 * 60 },
  { weekdays: [2, 3, 4, 5], opens: 10 * 60, closes: 18 * 60 },
  { weekdays: [6], opens: 10 * 60, closes: 13 * 60 },
]
const POOL_HOURS: readonly Hours[] = [
  { weekdays: [1, 2, 3, 4, 5], opens: 9 * 60, closes: 21 * 60 },
  { weekdays: [6, 7], opens: 9 * 60, closes: 18 * 60 },
]
const MUSEUM_HOURS: readonly Hours[] = [{ weekdays: [2, 3, 4, 5, 6, 7], opens: 10 * 60, closes: 17 * 60 }]

/** Themes of a type, as UiTdatabank pairs them; types of places have none. */
function themesOf(type: string): readonly string[] {
  return TERMS.filter((row) => row.type === type).map((row) => row.theme ?? '')
}
const TERMS = readTable('event-terms')

const LIBRARY = 'kI7uAyn2uUu9VV6Z3uWZTA'
const SPORTS_CENTRE = 'eBwaUAAhw0ur0Z02i5ttnw'
const SCHOOL = 'rJRFUqmd6EiqTD4c7HS90w'

interface Rest {
  readonly type: string
  readonly pattern: Pattern
  readonly hours: readonly Hours[]
  readonly pull: number
  readonly price: readonly [number, number]
  readonly ages?: readonly [number, number]
  readonly limit?: Category['limit']
  readonly summer?: number
  readonly holidays?: number
}

function category(id: string, title: string, rest: Rest): Category {
  return { id, title, themes: themesOf(rest.type), limit: DAILY, ages: [3, 99], summer: 1, holidays: 1, ...rest }
}

/** What people go to. Pulls, prices, hours and ages are assumptions (README). */
export const CATEGORIES: readonly Category[] = [
  category('library', 'Bibliotheekbezoek', {
    type: LIBRARY,
    pattern: 'permanent',
    hours: LIBRARY_HOURS,
    pull: 6,
    price: [0, 0],
    limit: { volume: 1, period: 'WEEK' },
    summer: 0.8,
  }),
  category('pool', 'Zwemmen', {
    type: SPORTS_CENTRE,
    pattern: 'permanent',
    hours: POOL_HOURS,
    pull: 3.6,
    price: [350, 700],
    summer: 1.2,
    holidays: 1.4,
  }),
  category('museum', 'Tentoonstelling', {
    type: '0.0.0.0.0',
    pattern: 'periodic',
    hours: MUSEUM_HOURS,
    pull: 0.9,
    price: [0, 1200],
    ages: [6, 99],
    holidays: 1.4,
  }),
  category('stage', 'Voorstelling', {
    type: '0.55.0.0.0',
    pattern: 'single',
    hours: EVENING,
    pull: 14,
    price: [800, 2200],
    ages: [6, 99],
    summer: 0.2,
  }),
  category('concert', 'Concert', {
    type: '0.50.4.0.0',
    pattern: 'single',
    hours: EVENING,
    pull: 12,
    price: [1000, 2600],
    ages: [10, 99],
  }),
  category('film', 'Film', {
    type: '0.50.6.0.0',
    pattern: 'permanent',
    hours: [{ weekdays: EVERY_DAY, opens: 14 * 60, closes: 23 * 60 }],
    pull: 1.6,
    price: [850, 1100],
    ages: [6, 99],
  }),
  category('sport', 'Sportles', {
    type: '0.59.0.0.0',
    pattern: 'weekly',
    hours: [{ weekdays: EVERY_DAY, opens: 18 * 60, closes: 20 * 60 }],
    pull: 13,
    price: [2500, 12_000],
    ages: [5, 75],
  }),
  category('course', 'Workshop', {
    type: '0.3.1.0.0',
    pattern: 'weekly',
    hours: AFTERNOON,
    pull: 3,
    price: [1200, 4500],
    ages: [6, 99],
  }),
  category('lecture', 'Lezing', {
    type: '0.3.2.0.0',
    pattern: 'single',
    hours: EVENING,
    pull: 4,
    price: [0, 900],
    ages: [25, 99],
  }),
  category('market', 'Feest in het dorp', { type: '0.37.0.0.0', pattern: 'single', hours: AFTERNOON, pull: 8, price: [0, 0] }),
  category('camp', 'Vakantiekamp', {
    type: '0.57.0.0.0',
    pattern: 'camp',
    hours: [{ weekdays: [1, 2, 3, 4, 5], opens: 9 * 60, closes: 16 * 60 }],
    pull: 9,
    price: [3000, 9000],
    ages: [4, 16],
  }),
  category('school', 'Schooluitstap', {
    type: SCHOOL,
    pattern: 'single',
    hours: [{ weekdays: [1, 2, 4, 5], opens: 9 * 60, closes: 12 * 60 }],
    pull: 6,
    price: [400, 900],
    ages: [5, 17],
  }),
  category('festival', 'Zomerfestival', {
    type: '0.5.0.0.0',
    pattern: 'periodic',
    hours: [{ weekdays: EVERY_DAY, opens: 13 * 60, closes: 23 * 60 + 30 }],
    pull: 60,
    price: [0, 0],
    ages: [5, 80],
  }),
]

/** @throws {RangeError} when there is none of that name. */
export function categoryIndex(id: string): number {
  const index = CATEGORIES.findIndex((known) => known.id === id)
  if (index < 0) throw new RangeError(`There is no category ${id}`)
  return index
}
