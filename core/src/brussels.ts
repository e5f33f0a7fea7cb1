/**
 * The calendar in Europe/Brussels. Days are numbers (days since 1 January 1970), so that calendar arithmetic is integer
 * arithmetic; instants are epoch ms. Offsets come from the runtime's time zone data, an hour at a time.
 */
export const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const DAY_HOURS = 24
const MINUTE_MS = 60_000

/** Hours whose offset is remembered: years of days, then the cache starts again. */
const OFFSET_HOURS_MAX = 4_096
const DAY_TEXTS_MAX = 4_096

const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/
const FORMAT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Brussels',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})

const offsets = new Map<number, number>()

/** Days whose offset is remembered at hand, each in the place of its number: ten years of history ask for one after the other. */
const STEADY_DAYS = 4_096
/** Clocks change on that day or beside it. */
const NOT_STEADY = 0x7fff_ffff
const steadyDays = new Int32Array(STEADY_DAYS).fill(NOT_STEADY)
const steadyOffsets = new Int32Array(STEADY_DAYS)

/** Ms that Brussels is ahead of UTC at an instant. Clocks change on a whole hour, so an hour has one offset. */
export function brusselsOffset(instant: number): number {
  const offset = steadyOffset(Math.floor(instant / DAY_MS))
  return offset === NOT_STEADY ? rememberedOffset(Math.floor(instant / HOUR_MS)) : offset
}

/** Offset of a day of UTC, of the one before it and the one after it: three days that begin and end alike have one. */
function steadyOffset(day: number): number {
  const place = day & (STEADY_DAYS - 1)
  if (steadyDays[place] !== day) {
    const [before, after] = [rememberedOffset((day - 1) * DAY_HOURS), rememberedOffset((day + 2) * DAY_HOURS)]
    steadyDays[place] = day
    steadyOffsets[place] = before === after ? before : NOT_STEADY
  }
  return steadyOffsets[place] ?? NOT_STEADY
}

function rememberedOffset(hour: number): number {
  let offset = offsets.get(hour)
  if (offset === undefined) {
    offset = offsetByFormat(hour * HOUR_MS)
    if (offsets.size >= OFFSET_HOURS_MAX) offsets.clear()
    offsets.set(hour, offset)
  }
  return offset
}

/** Day in Brussels of an instant. */
export function brusselsDay(instant: number): number {
  return Math.floor((instant + brusselsOffset(instant)) / DAY_MS)
}

/** Instant at which a day in Brussels begins. It ends where the next one begins: after 23, 24 or 25 hours. */
export function startOfDay(day: number): number {
  return instantInBrussels(day, 0)
}

/**
 * Instant of a clock time in Brussels. `minutes` after midnight, 1440 and above are on later days. A time that happens
 * twice (autumn) is the first one; a time that does not exist (spring) is as far after the gap as it is into it.
 */
export function instantInBrussels(day: number, minutes: number): number {
  const local = day * DAY_MS + minutes * MINUTE_MS
  const offset = steadyOffset(Math.floor(local / DAY_MS))
  if (offset !== NOT_STEADY) return local - offset
  const before = brusselsOffset(local - DAY_MS)
  const after = brusselsOffset(local + DAY_MS)
  const early = local - Math.max(before, after)
  if (early + brusselsOffset(early) === local) return early
  const late = local - Math.min(before, after)
  return late + brusselsOffset(late) === local ? late : local - before
}

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

const dayTexts = new Map<number, string>()

/** `yyyy-mm-dd`. */
export function formatDay(day: number): string {
  let text = dayTexts.get(day)
  if (text === undefined) {
    text = new Date(day * DAY_MS).toISOString().slice(0, 10)
    if (dayTexts.size >= DAY_TEXTS_MAX) dayTexts.clear()
    dayTexts.set(day, text)
  }
  return text
}

/** The day that `yyyy-mm-dd` names, or undefined when there is no such day. */
export function parseDay(text: string): number | undefined {
  const match = DAY_PATTERN.exec(text)
  if (!match) return undefined
  const day = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / DAY_MS
  return formatDay(day) === text ? day : undefined
}

function offsetByFormat(instant: number): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const part of FORMAT.formatToParts(instant)) parts[part.type] = Number(part.value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant
}
