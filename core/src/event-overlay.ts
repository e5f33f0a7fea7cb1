import type { Event, PeriodLimit } from './event.ts'

/** What an organizer set for an event through the API. It is complete: a limit that is missing in it is no limit. */
export interface EventSettings {
  readonly checkinPoints: number
  readonly checkinLimit?: PeriodLimit
  readonly passholderTicketLimit?: PeriodLimit
}

/** A card system in an event, as it was put through the API. */
export interface EventCardSystem {
  readonly id: number
  readonly enabled: boolean
  /** Ids of the manual distribution keys that are enabled, ascending. */
  readonly manualKeys: readonly number[]
}

/** What the API says of an event beside UiTdatabank. It outlives every later version of the event. */
export interface EventOverlay {
  readonly settings?: EventSettings
  /** Every card system that is enabled or was named; those that are missing are disabled. */
  readonly cardSystems?: readonly EventCardSystem[]
}

/** The event as it holds: what came from UiTdatabank, and over it what was set through the API. */
export function overlaid<E extends Omit<Event, 'number'>>(event: E, { settings, cardSystems }: EventOverlay): E {
  return { ...(settings ? withSettings(event, settings) : event), ...(cardSystems && enabledOf(cardSystems)) }
}

function withSettings<E extends Omit<Event, 'number'>>(event: E, settings: EventSettings): E {
  const { checkinLimit: _checkin, passholderTicketLimit: _ticket, ...rest } = event
  // Both limits are optional: without them, and with those of the settings, it is still an E.
  return { ...rest, ...settings } as E
}

function enabledOf(cardSystems: readonly EventCardSystem[]): Pick<Event, 'cardSystems' | 'manualKeys'> {
  const enabled = cardSystems.filter((cardSystem) => cardSystem.enabled)
  const manualKeys = enabled.flatMap((cardSystem) => cardSystem.manualKeys).sort((a, b) => a - b)
  return { cardSystems: enabled.map(({ id }) => id).sort((a, b) => a - b), manualKeys }
}
