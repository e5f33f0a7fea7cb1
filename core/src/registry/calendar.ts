import Type, { type Static } from 'typebox'
import { brusselsDay, formatDay, parseDay, startOfDay } from '../brussels.ts'
import type { AdjustedDays, Calendar, DayRange, Occurrence, OpeningHours } from '../calendar.ts'
import { type Faults, Instant, LIST_LENGTH_MAX, Text } from './shape.ts'

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const Status = Type.Object({ type: Text })
const Time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })
const Hours = Type.Object({
  opens: Time,
  closes: Time,
  dayOfWeek: Type.Array(Type.Enum([...WEEKDAYS]), { maxItems: WEEKDAYS.length }),
})
const HoursList = Type.Array(Hours, { maxItems: LIST_LENGTH_MAX })
const Range = Type.Object({ startDate: Instant, endDate: Instant })

/** The calendar of an event in UiTdatabank. */
export const CalendarShape = Type.Object({
  calendarType: Type.Enum(['single', 'multiple', 'periodic', 'permanent']),
  startDate: Type.Optional(Instant),
  endDate: Type.Optional(Instant),
  subEvent: Type.Optional(
    Type.Array(Type.Object({ startDate: Instant, endDate: Instant, status: Type.Optional(Status) }), {
      maxItems: LIST_LENGTH_MAX,
    }),
  ),
  openingHours: Type.Optional(HoursList),
  openingHoursClosedDays: Type.Optional(Type.Array(Range, { maxItems: LIST_LENGTH_MAX })),
  openingHoursAdjustedDays: Type.Optional(
    Type.Array(Type.Object({ ...Range.properties, openingHours: Type.Optional(HoursList) }), { maxItems: LIST_LENGTH_MAX }),
  ),
})
type Document = Static<typeof CalendarShape>

export function calendarOf(document: Document, faults: Faults): Calendar {
  switch (document.calendarType) {
    case 'single':
    case 'multiple':
      return { type: document.calendarType, occurrences: occurrencesOf(document, faults) }
    case 'periodic':
    case 'permanent':
      return { type: document.calendarType, ...periodOf(document, faults), ...hoursOf(document, faults) }
  }
}

/** The parts of the event; an event without parts is one part itself. */
function occurrencesOf(document: Document, faults: Faults): readonly Occurrence[] {
  const { subEvent = [], startDate, endDate } = document
  if (subEvent.length > 0) {
    return subEvent.map((part, index) => {
      const available = part.status?.type !== 'Unavailable'
      return { ...occurrenceOf(part, `/subEvent/${index}`, faults), available }
    })
  }
  if (startDate === undefined || endDate === undefined) {
    faults.add('/', `Required property "${startDate === undefined ? 'startDate' : 'endDate'}" missing.`)
    return []
  }
  return [{ ...occurrenceOf({ startDate, endDate }, '', faults), available: true }]
}

function occurrenceOf(range: Static<typeof Range>, pointer: string, faults: Faults): Omit<Occurrence, 'available'> {
  const startsAt = faults.instant(`${pointer}/startDate`, range.startDate)
  const endsAt = faults.instant(`${pointer}/endDate`, range.endDate)
  if (endsAt < startsAt) faults.add(`${pointer}/endDate`, 'endDate should not be before startDate.')
  return { startsAt, endsAt, hasHours: !isWholeDays(startsAt, endsAt) }
}

/** UiTdatabank fills unknown hours with 00:00:00 and 23:59:59, Brussels time. */
function isWholeDays(startsAt: number, endsAt: number): boolean {
  return (
    startsAt === startOfDay(brusselsDay(startsAt)) &&
    Math.floor(endsAt / 1_000) * 1_000 === startOfDay(brusselsDay(endsAt) + 1) - 1_000
  )
}

function periodOf(document: Document, faults: Faults): { startDay?: string; endDay?: string } {
  if (document.calendarType === 'permanent') return {}
  const { startDate, endDate } = document
  if (startDate === undefined || endDate === undefined) {
    faults.add('/', `Required property "${startDate === undefined ? 'startDate' : 'endDate'}" missing.`)
    return {}
  }
  const { from, to } = dayRangeOf({ startDate, endDate }, '', faults)
  return { startDay: from, endDay: to }
}

function hoursOf(
  document: Document,
  faults: Faults,
): { openingHours: readonly OpeningHours[]; closedDays: readonly DayRange[]; adjustedDays: readonly AdjustedDays[] } {
  const { openingHours = [], openingHoursClosedDays = [], openingHoursAdjustedDays = [] } = document
  return {
    openingHours: openingHours.map(openingHoursOf),
    closedDays: openingHoursClosedDays.map((range, index) => dayRangeOf(range, `/openingHoursClosedDays/${index}`, faults)),
    adjustedDays: openingHoursAdjustedDays.map((range, index) => ({
      ...dayRangeOf(range, `/openingHoursAdjustedDays/${index}`, faults),
      openingHours: (range.openingHours ?? []).map(openingHoursOf),
    })),
  }
}

function openingHoursOf({ opens, closes, dayOfWeek }: Static<typeof Hours>): OpeningHours {
  return { weekdays: dayOfWeek.map((name) => WEEKDAYS.indexOf(name) + 1), opens, closes }
}

/** Days are written as `yyyy-mm-dd` or as an instant on that day in Brussels. */
function dayRangeOf(range: Static<typeof Range>, pointer: string, faults: Faults): DayRange {
  const from = dayOf(range.startDate, `${pointer}/startDate`, faults)
  const to = dayOf(range.endDate, `${pointer}/endDate`, faults)
  if (to < from) faults.add(`${pointer}/endDate`, 'endDate should not be before startDate.')
  return { from, to }
}

function dayOf(text: string, pointer: string, faults: Faults): string {
  if (parseDay(text) !== undefined) return text
  return formatDay(brusselsDay(faults.instant(pointer, text)))
}
