import { formatDay, weekdayOf } from '@zuil/core'
import type { Category } from '../offer/category.ts'
import type { Holidays } from '../place/holiday.ts'

/** No monthly or weekday pattern is published (calibration: seasonality NOT FOUND): everything here is an assumption. */
const WEEKDAYS = [0.75, 0.85, 1.25, 0.9, 1.0, 1.4, 0.85] as const
const MONTHS = [1.0, 1.0, 1.1, 1.0, 1.0, 0.95, 0.8, 0.8, 1.05, 1.15, 1.15, 0.95] as const
const HOLIDAY = 1.1

/** Share of the usual visits while the doors were closed or half open. */
const PANDEMIC: readonly { readonly from: string; readonly until: string; readonly share: number }[] = [
  { from: '2020-03-14', until: '2020-06-08', share: 0.02 },
  { from: '2020-06-08', until: '2020-10-29', share: 0.6 },
  { from: '2020-10-29', until: '2021-05-08', share: 0.12 },
  { from: '2021-05-08', until: '2021-09-01', share: 0.65 },
  { from: '2021-09-01', until: '2022-02-14', share: 0.8 },
]

/** Highest value of {@link busyness}. */
export const BUSYNESS_MAX = 1.4 * 1.15 * HOLIDAY

/** How many visits a day has beside an average one. */
export function busyness(day: number, holidays: Holidays): number {
  const text = formatDay(day)
  const month = Number(text.slice(5, 7)) - 1
  const usual = (WEEKDAYS[weekdayOf(day) - 1] ?? 1) * (MONTHS[month] ?? 1) * (holidays.isSchoolFree(day) ? HOLIDAY : 1)
  return usual * (PANDEMIC.find(({ from, until }) => text >= from && text < until)?.share ?? 1)
}

/** Pull of a category on a day. */
export function seasonOf(category: Category, day: number, holidays: Holidays): number {
  const month = formatDay(day).slice(5, 7)
  if (month === '07' || month === '08') return category.summer
  return holidays.isSchoolFree(day) ? category.holidays : 1
}
