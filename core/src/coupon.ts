import type { Event, PeriodLimit } from './event.ts'
import { entityId } from './identifiers.ts'

/** A discount that is given to holders: its distribution key makes the price. Instants in epoch ms. */
export interface Coupon {
  readonly id: string
  readonly name: string
  /** Empty when there is none. */
  readonly description: string
  readonly cardSystem: number
  /** Id of a key of kind COUPON. */
  readonly distributionKey: number
  /** STOPPED: no longer given out, but good where it was. DELETED: good nowhere. */
  readonly status: 'ACTIVE' | 'STOPPED' | 'DELETED'
  /** Canonical ids; empty: all. */
  readonly organizers: readonly string[]
  readonly events: readonly string[]
  /** Places of UiTdatabank; absent: all. */
  readonly locations?: readonly string[]
  /** Tickets of one holder, at all events together. */
  readonly exchangeLimit?: PeriodLimit
  /** Tickets of one holder at one event. */
  readonly eventLimit?: PeriodLimit
}

/** A coupon that a holder was given. */
export interface GrantedCoupon {
  readonly id: number
  /** Id of the coupon. */
  readonly coupon: string
  readonly validFrom?: number
  /** Last instant at which it is good. */
  readonly validUntil?: number
}

/** Whether a granted coupon is good at an instant; the API calls it ACTIVE then. */
export function isValidCoupon({ validFrom = 0, validUntil = Number.POSITIVE_INFINITY }: GrantedCoupon, at: number): boolean {
  return validFrom <= at && at <= validUntil
}

/** Whether the coupon is for tickets of the event. */
export function isForEvent(coupon: Coupon, event: Pick<Event, 'id' | 'organizer' | 'location'>): boolean {
  if (coupon.status === 'DELETED') return false
  if (coupon.locations && !coupon.locations.includes(entityId(event.location))) return false
  if (coupon.organizers.length > 0 && !coupon.organizers.includes(entityId(event.organizer))) return false
  return coupon.events.length === 0 || coupon.events.includes(entityId(event.id))
}

/** The coupon's tariff, e.g. `COUPON_1079`. */
export function couponTariffId({ id }: Pick<Coupon, 'id'>): string {
  return id.startsWith('COUPON') ? id : `COUPON_${id}`
}
