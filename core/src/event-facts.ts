import type { Event } from './event.ts'
import type { Transaction } from './transaction.ts'

type EventFacts = Pick<
  Transaction,
  'event' | 'eventNumber' | 'eventType' | 'eventTheme' | 'eventCardSystems' | 'organizer' | 'location' | 'venueNis'
>

/** What a transaction freezes of the event: a later version of the event must not change what happened. */
export function eventFacts(event: Event): EventFacts {
  return {
    event: event.id,
    eventNumber: event.number,
    eventType: event.type,
    eventTheme: event.theme,
    eventCardSystems: event.cardSystems,
    organizer: event.organizer,
    location: event.location,
    venueNis: event.venueNis,
  }
}
