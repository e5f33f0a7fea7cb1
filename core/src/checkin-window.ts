import { brusselsDay, DAY_MS, instantInBrussels, parseDay, startOfDay } from './brussels.ts'
import type { Calendar } from './calendar.ts'
import { type HoursCalendar, type Opening, OpeningDays } from './opening-days.ts'

/** Elapsed time around an occurrence during which points may be saved. */
export interface Grace {
  readonly beforeMs: number
  readonly afterMs: number
}

/** What publiq's manual says: 5 hours before the start until 5 hours after the end. */
export const DEFAULT_GRACE: Grace = { beforeMs: 5 * 3_600_000, afterMs: 5 * 3_600_000 }

/**
 * Instants in epoch ms; a window includes `opensAt` and excludes `closesAt`. Where days follow each other without a gap,
 * `opensAt` and `closesAt` are those of the days around the instant: it is open at least from and until then.
 */
export type CheckinWindow =
  | { readonly state: 'open'; readonly opensAt: number; readonly closesAt: number }
  | { readonly state: 'not-yet'; readonly opensAt: number }
  | { readonly state: 'over' }

/** Days that a search for the next opening looks ahead: a year with its summer and winter closure, and some. */
const NEXT_DAYS_MAX = 400

/** Windows that are remembered of one calendar: what the facts of a week offline fall into, and the gaps between. */
const WINDOWS_REMEMBERED_MAX = 16

/** Longest opening hours (24 h, over midnight) in days. */
const OPEN_DAYS_MAX = 1

type OccurrencesCalendar = Extract<Calendar, { occurrences: unknown }>

/** Part of a window that one occurrence brings. */
interface Span {
  readonly startsAt: number
  readonly opensAt: number
  readonly closesAt: number
}

/**
 * Windows of one calendar. From when and until when each is the answer stands in one list of numbers: a busy town asks thousands of calendars one after
 * the other, and what lies scattered in memory takes longer to look at than to work out.
 */
class RememberedWindows {
  readonly #windows: CheckinWindow[] = []
  /** Of each, the first instant and the first one after it. */
  readonly #bounds: number[] = []
  #latest = -1

  /** The latest comes first: traffic is mostly about now. */
  at(instant: number): CheckinWindow | undefined {
    const count = this.#windows.length
    for (let back = 0; back < count; back++) {
      const index = this.#latest >= back ? this.#latest - back : this.#latest - back + count
      if (instant >= (this.#bounds[index * 2] ?? 0) && instant < (this.#bounds[index * 2 + 1] ?? 0)) return this.#windows[index]
    }
    return undefined
  }

  /** In place of the oldest when there are enough. */
  add(window: CheckinWindow, { from, until }: { readonly from: number; readonly until: number }): void {
    this.#latest = (this.#latest + 1) % WINDOWS_REMEMBERED_MAX
    this.#windows[this.#latest] = window
    this.#bounds[this.#latest * 2] = from
    this.#bounds[this.#latest * 2 + 1] = until
  }
}

/**
 * The check-in window of events at an instant. It remembers each calendar's latest windows, so that a busy event costs a
 * few comparisons; calendars are values, a changed event brings another object.
 */
export class CheckinWindows {
  readonly grace: Grace
  readonly #remembered = new WeakMap<Calendar, RememberedWindows>()
  readonly #spans = new WeakMap<Calendar, readonly Span[]>()
  readonly #openings = new WeakMap<Calendar, OpeningDays>()

  constructor(grace: Grace = DEFAULT_GRACE) {
    this.grace = grace
  }

  at(calendar: Calendar, instant: number): CheckinWindow {
    let remembered = this.#remembered.get(calendar)
    if (!remembered) {
      remembered = new RememberedWindows()
      this.#remembered.set(calendar, remembered)
    }
    const known = remembered.at(instant)
    if (known) return known
    const spans = this.#spansAround(calendar, instant)
    const around = windowAt(spans, instant)
    const window = around.state === 'over' ? this.#nextOpening(calendar, instant) : around
    remembered.add(window, validity(window, spans, instant))
    return window
  }

  /** Start (epoch ms) of the occurrence that starts nearest to the instant, before or after it. */
  nearestStart(calendar: Calendar, instant: number): number | undefined {
    let nearest: number | undefined
    for (const { startsAt } of this.#spansAround(calendar, instant)) {
      if (nearest === undefined || Math.abs(startsAt - instant) < Math.abs(nearest - instant)) nearest = startsAt
    }
    return nearest
  }

  #spansAround(calendar: Calendar, instant: number): readonly Span[] {
    if (!hasOccurrences(calendar)) {
      const day = brusselsDay(instant)
      const around = OPEN_DAYS_MAX + Math.ceil(Math.max(this.grace.beforeMs, this.grace.afterMs) / DAY_MS)
      return spansOfDays(this.#openingsOf(calendar), { from: day - around, to: day + around, grace: this.grace })
    }
    let spans = this.#spans.get(calendar)
    if (!spans) {
      spans = spansOfOccurrences(calendar, this.grace)
      this.#spans.set(calendar, spans)
    }
    return spans
  }

  #openingsOf(calendar: HoursCalendar): OpeningDays {
    let openings = this.#openings.get(calendar)
    if (!openings) {
      openings = new OpeningDays(calendar)
      this.#openings.set(calendar, openings)
    }
    return openings
  }

  /** Nothing is open or about to open around the instant; opening hours may still begin later. */
  #nextOpening(calendar: Calendar, instant: number): CheckinWindow {
    if (hasOccurrences(calendar)) return { state: 'over' }
    const today = brusselsDay(instant)
    const first = Math.max(today, (calendar.startDay && parseDay(calendar.startDay)) || today)
    const openings = this.#openingsOf(calendar)
    for (let day = first; day <= first + NEXT_DAYS_MAX; day++) {
      const window = windowAt(spansOfDays(openings, { from: day, to: day, grace: this.grace }), instant)
      if (window.state === 'not-yet') return window
    }
    return { state: 'over' }
  }
}

/** The check-in window of one calendar, without memory; for hot paths see {@link CheckinWindows}. */
export function checkinWindow(calendar: Calendar, instant: number, grace: Grace = DEFAULT_GRACE): CheckinWindow {
  return new CheckinWindows(grace).at(calendar, instant)
}

function hasOccurrences(calendar: Calendar): calendar is OccurrencesCalendar {
  return 'occurrences' in calendar
}

/** How long a window is the answer: while it is open, or from the last closing before the instant. */
function validity(window: CheckinWindow, spans: readonly Span[], instant: number): { from: number; until: number } {
  if (window.state === 'open') return { from: window.opensAt, until: window.closesAt }
  let from = Number.NEGATIVE_INFINITY
  for (const { closesAt } of spans) if (closesAt <= instant && closesAt > from) from = closesAt
  const until = window.state === 'over' ? Number.POSITIVE_INFINITY : window.opensAt
  // Before the days that were looked at there may be other openings.
  return { from: from === Number.NEGATIVE_INFINITY ? instant : from, until }
}

/** The union of the spans around or after an instant: overlapping and touching spans are one window. */
function windowAt(spans: readonly Span[], instant: number): CheckinWindow {
  let opensAt = Number.NaN
  let closesAt = Number.NaN
  for (const span of spans) {
    if (span.opensAt <= closesAt) {
      closesAt = Math.max(closesAt, span.closesAt)
      continue
    }
    if (instant < closesAt) break
    opensAt = span.opensAt
    closesAt = span.closesAt
  }
  if (!(instant < closesAt)) return { state: 'over' }
  return instant < opensAt ? { state: 'not-yet', opensAt } : { state: 'open', opensAt, closesAt }
}

/** In the order in which they open. */
function spansOfOccurrences(calendar: OccurrencesCalendar, grace: Grace): readonly Span[] {
  return calendar.occurrences
    .filter((occurrence) => occurrence.available)
    .map(({ startsAt, endsAt, hasHours }) =>
      hasHours ? spanOfHours(startsAt, endsAt, grace) : spanOfWholeDays(brusselsDay(startsAt), brusselsDay(endsAt)),
    )
    .sort((a, b) => a.opensAt - b.opensAt)
}

/** In the order in which they open. `from` and `to` are days, inclusive. */
function spansOfDays(openings: OpeningDays, { from, to, grace }: { from: number; to: number; grace: Grace }): readonly Span[] {
  const spans: Span[] = []
  let isInOrder = true
  let before = Number.NEGATIVE_INFINITY
  for (let day = from; day <= to; day++) {
    for (const opening of openings.on(day)) {
      const span = spanOfOpening(day, opening, grace)
      isInOrder &&= span.opensAt >= before
      before = span.opensAt
      spans.push(span)
    }
  }
  return isInOrder ? spans : spans.sort((a, b) => a.opensAt - b.opensAt)
}

function spanOfOpening(day: number, { opens, closes, isWholeDay }: Opening, grace: Grace): Span {
  return isWholeDay
    ? spanOfWholeDays(day, day)
    : spanOfHours(instantInBrussels(day, opens), instantInBrussels(day, closes), grace)
}

function spanOfHours(startsAt: number, endsAt: number, grace: Grace): Span {
  return { startsAt, opensAt: startsAt - grace.beforeMs, closesAt: endsAt + grace.afterMs }
}

function spanOfWholeDays(first: number, last: number): Span {
  const startsAt = startOfDay(first)
  return { startsAt, opensAt: startsAt, closesAt: startOfDay(last + 1) }
}
