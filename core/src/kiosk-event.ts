import { DAY_MS } from './brussels.ts'
import type { CheckinWindows } from './checkin-window.ts'
import { type Event, isCheckinEvent } from './event.ts'
import { isSameEntity } from './identifiers.ts'
import type { Kiosk } from './kiosk.ts'

/** Staff at a kiosk may fix it on events of the coming days only. */
export const KIOSK_EVENT_DAYS_MAX = 3

export interface KioskMoment {
  readonly kiosk: Kiosk
  /** Epoch ms. */
  readonly instant: number
  readonly windows: CheckinWindows
}

/**
 * The event that a kiosk saves points for at this moment: its fixed event when points can be saved for it now, else the
 * only event of its organizers and locations for which they can, else the one of these that starts nearest.
 *
 * `candidates` may hold any events, also others than the kiosk's.
 */
export function kioskEvent(moment: KioskMoment, fixed: Event | undefined, candidates: readonly Event[]): Event | undefined {
  if (fixed && isOpen(fixed, moment)) return fixed
  let nearest: Event | undefined
  let nearestMs = Number.POSITIVE_INFINITY
  for (const event of candidates) {
    if (!isEventOfKiosk(event, moment.kiosk) || !isOpen(event, moment)) continue
    const start = moment.windows.nearestStart(event.calendar, moment.instant) ?? Number.POSITIVE_INFINITY
    const distanceMs = Math.abs(start - moment.instant)
    // Two that start together: the lower number, so that the answer is always the same.
    const isNearer = distanceMs < nearestMs || (distanceMs === nearestMs && event.number < (nearest?.number ?? 0))
    if (nearest && !isNearer) continue
    nearest = event
    nearestMs = distanceMs
  }
  return nearest
}

/** Whether staff may fix the kiosk on the event: one of its own, open now or within {@link KIOSK_EVENT_DAYS_MAX} days. */
export function mayFixKioskOn(event: Event, moment: KioskMoment): boolean {
  if (!isEventOfKiosk(event, moment.kiosk) || !isCheckinEvent(event)) return false
  const window = moment.windows.at(event.calendar, moment.instant)
  return (
    window.state === 'open' || (window.state === 'not-yet' && window.opensAt < moment.instant + KIOSK_EVENT_DAYS_MAX * DAY_MS)
  )
}

/** Whether the event is of one of the organizers of the kiosk, or at one of its locations. */
export function isEventOfKiosk(event: Event, kiosk: Kiosk): boolean {
  return (
    kiosk.organizers.some((id) => isSameEntity(id, event.organizer)) ||
    kiosk.locations.some(({ id }) => isSameEntity(id, event.location))
  )
}

function isOpen(event: Event, { windows, instant }: KioskMoment): boolean {
  return isCheckinEvent(event) && windows.at(event.calendar, instant).state === 'open'
}
