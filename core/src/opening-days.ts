import { parseDay, weekdayOf } from './brussels.ts'
import type { Calendar, DayRange, OpeningHours } from './calendar.ts'

/** Opening hours of one day, in minutes after its midnight; `closes` is above 1,440 when that is after the next one. */
export interface Opening {
  readonly opens: number
  readonly closes: number
  readonly isWholeDay: boolean
}

/** Days as numbers, both inclusive. */
interface Days {
  readonly from: number
  readonly to: number
}

/** Openings by weekday: Monday comes first. */
type Week = readonly (readonly Opening[])[]

interface AdjustedWeek extends Days {
  readonly week: Week
}

export type HoursCalendar = Extract<Calendar, { openingHours: unknown }>

const CLOSED: readonly Opening[] = []
const WHOLE_DAY: readonly Opening[] = [{ opens: 0, closes: 1_440, isWholeDay: true }]
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

/** When a calendar with opening hours is open. It has numbers of what the calendar has as text: a busy town asks for every day of thousands. */
export class OpeningDays {
  readonly #first: number
  readonly #last: number
  readonly #closed: readonly Days[]
  readonly #adjusted: readonly AdjustedWeek[]
  readonly #week: Week

  constructor({ startDay, endDay, closedDays, adjustedDays, openingHours }: HoursCalendar) {
    this.#first = startDay === undefined ? Number.NEGATIVE_INFINITY : dayNumber(startDay)
    this.#last = endDay === undefined ? Number.POSITIVE_INFINITY : dayNumber(endDay)
    this.#closed = closedDays.map(daysOf)
    this.#adjusted = adjustedDays.map((range) => ({ ...daysOf(range), week: weekOf(range.openingHours) }))
    this.#week = weekOf(openingHours)
  }

  /** Closed days come before adjusted days, and these before the regular opening hours. */
  on(day: number): readonly Opening[] {
    if (day < this.#first || day > this.#last) return CLOSED
    for (const { from, to } of this.#closed) if (from <= day && day <= to) return CLOSED
    for (const { from, to, week } of this.#adjusted) if (from <= day && day <= to) return openingsOn(week, day)
    return openingsOn(this.#week, day)
  }
}

function openingsOn(week: Week, day: number): readonly Opening[] {
  return week[weekdayOf(day) - 1] ?? CLOSED
}

function daysOf({ from, to }: DayRange): Days {
  return { from: dayNumber(from), to: dayNumber(to) }
}

/** A day that has no four digits for its year is before all others, as its text is. */
function dayNumber(text: string): number {
  return parseDay(text) ?? Number.NEGATIVE_INFINITY
}

function weekOf(hours: readonly OpeningHours[]): Week {
  if (hours.length === 0) return WEEKDAYS.map(() => WHOLE_DAY)
  return WEEKDAYS.map((weekday) => hours.filter(({ weekdays }) => weekdays.includes(weekday)).map(openingOf))
}

function openingOf(hours: OpeningHours): Opening {
  const [opens, closes] = [minutesOf(hours.opens), minutesOf(hours.closes)]
  // UiTdatabank fills in 00:00 to 23:59 when it knows no hours
  const isWholeDay = opens === 0 && closes === 1_439
  return { opens, closes: closes <= opens ? closes + 1_440 : closes, isWholeDay }
}

/** Minutes after midnight of `hh:mm`. */
function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
