import type { Calendar } from './calendar.ts'
import type { PeriodType } from './period.ts'

export interface PeriodLimit {
  readonly volume: number
  readonly period: PeriodType
}

/** An event of UiTdatabank with its settings in UiTPAS. Ids are opaque: a UUID or an older 35-character id. */
export interface Event {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly organizer: string
  /** Id of the UiTdatabank place; empty when unknown. */
  readonly location: string
  readonly locationName: string
  /** NIS code of the municipality of the location; 0 when unknown. */
  readonly venueNis: number
  /** Ids of UiTdatabank terms; empty when absent. */
  readonly type: string
  readonly theme: string
  readonly calendar: Calendar
  readonly workflowStatus: 'DRAFT' | 'READY_FOR_VALIDATION' | 'APPROVED' | 'REJECTED' | 'DELETED'
  /** False when the whole event is `Unavailable`. */
  readonly available: boolean
  /** Ids of the card systems enabled for the event, ascending. None: not a UiTPAS event. */
  readonly cardSystems: readonly number[]
  /** Ids of the manual distribution keys that are enabled for the event, ascending; absent: none. */
  readonly manualKeys?: readonly number[]
  readonly programme: string
  readonly checkinPoints: number
  /** Absent: no limit. */
  readonly checkinLimit?: PeriodLimit
  readonly passholderTicketLimit?: PeriodLimit
  /** Tickets at the social tariff for all passholders together, whoever comes first; absent: no bound. */
  readonly ticketsMax?: number
}

/** Whether the event takes place at all: not cancelled as a whole, not removed or turned down by UiTdatabank. */
export function takesPlace(event: Event): boolean {
  return event.available && event.workflowStatus !== 'DELETED' && event.workflowStatus !== 'REJECTED'
}

/** Whether points can ever be saved for the event: it takes place, and a card system is enabled for it. */
export function isCheckinEvent(event: Event): boolean {
  return event.cardSystems.length > 0 && takesPlace(event)
}
