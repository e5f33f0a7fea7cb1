import { type Calendar, type Event, formatInstant, parseDay, startOfDay } from '@zuil/core'
import type { Host } from '../offer/organizers.ts'
import type { RegistryEntry } from './entry.ts'

const UITDATABANK = 'https://io.uitdatabank.be'
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** An event as UiTdatabank publishes it (JSON-LD), with what UiTPAS knows of it. */
export function eventEntry(event: Event, host: Host): RegistryEntry {
  const { organizer, locationName } = host
  const { street = '', postalCode = '', city = '' } = organizer
  const terms = [{ id: event.type, domain: 'eventtype' }, ...(event.theme === '' ? [] : [{ id: event.theme, domain: 'theme' }])]
  const address = { addressCountry: 'BE', addressLocality: city, postalCode, streetAddress: street }
  return {
    kind: 'events',
    data: {
      '@id': `${UITDATABANK}/event/${event.id}`,
      '@type': 'Event',
      mainLanguage: 'nl',
      name: { nl: event.title },
      ...calendarMembers(event.calendar),
      status: { type: 'Available' },
      terms,
      location: { '@id': `${UITDATABANK}/place/${event.location}`, name: { nl: locationName }, address: { nl: address } },
      organizer: { '@id': `${UITDATABANK}/organizers/${event.organizer}`, name: { nl: organizer.name } },
      workflowStatus: event.workflowStatus,
      uitpas: { ...uitpasMembers(event), ...(hasPoster(host) && { checkinCode: posterCodeOf(event) }) },
    },
  }
}

/** Where no kiosk shows the code of the day, a poster with a code that stays hangs at the door. */
export function hasPoster({ kiosk }: Pick<Host, 'kiosk'>): boolean {
  return kiosk === ''
}

/** What a phone reads from the poster of an event. */
export function posterCodeOf({ id }: Pick<Event, 'id'>): string {
  return id.replaceAll('-', '').toUpperCase()
}

function uitpasMembers(event: Event): Record<string, unknown> {
  const { checkinPoints, checkinLimit, passholderTicketLimit, programme, cardSystems, manualKeys = [], ticketsMax } = event
  const manualDistributionKeys = manualKeys.map((id) => ({ id, enabled: true }))
  return {
    settings: {
      checkinPoints,
      ...(checkinLimit && { checkinLimit: { volume: checkinLimit.volume, periodType: checkinLimit.period } }),
      ...(passholderTicketLimit && {
        passholderTicketLimit: { volume: passholderTicketLimit.volume, periodType: passholderTicketLimit.period },
      }),
    },
    cardSystems: cardSystems.map((id) => ({
      id,
      enabled: true,
      ...(manualDistributionKeys.length > 0 && { manualDistributionKeys }),
    })),
    programme,
    ...(ticketsMax !== undefined && { ticketsMax }),
  }
}

function calendarMembers(calendar: Calendar): Record<string, unknown> {
  if ('occurrences' in calendar) {
    const parts = calendar.occurrences.map(({ startsAt, endsAt }) => ({
      startDate: formatInstant(startsAt),
      endDate: formatInstant(endsAt),
    }))
    const [first] = parts
    return calendar.type === 'single' ? { calendarType: 'single', ...first } : { calendarType: 'multiple', subEvent: parts }
  }
  const { type, startDay, endDay, openingHours, closedDays } = calendar
  return {
    calendarType: type,
    ...(startDay !== undefined && { startDate: dayInstant(startDay) }),
    ...(endDay !== undefined && { endDate: dayInstant(endDay) }),
    openingHours: openingHours.map(({ weekdays, opens, closes }) => ({
      opens,
      closes,
      dayOfWeek: weekdays.map((weekday) => WEEKDAYS[weekday - 1]),
    })),
    openingHoursClosedDays: closedDays.map(({ from, to }) => ({ startDate: dayInstant(from), endDate: dayInstant(to) })),
  }
}

/** UiTdatabank writes a day as its first instant in Brussels. */
function dayInstant(day: string): string {
  return formatInstant(startOfDay(parseDay(day) ?? 0))
}
