import type { PeriodLimit } from './event.ts'

/** An organizer is also a counter: same id in UiTdatabank and UiTPAS. */
export interface Organizer {
  readonly id: string
  readonly name: string
  readonly street?: string
  readonly postalCode?: string
  readonly city?: string
  /** NIS code; 0 when unknown. */
  readonly nis: number
  readonly cardSystems: readonly number[]
  /** Place whose events this organizer may also check in for. */
  readonly linkedLocation?: string
  /** Tickets that one passholder may buy at the social tariff at all its events together; absent: no limit. */
  readonly passholderTicketLimit?: PeriodLimit
}
