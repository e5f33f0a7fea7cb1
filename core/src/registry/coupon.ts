import Type, { type Static } from 'typebox'
import type { Coupon, GrantedCoupon } from '../coupon.ts'
import type { PeriodLimit } from '../event.ts'
import { entityId } from '../identifiers.ts'
import { PERIOD_TYPES } from '../period.ts'
import { CardSystemRef, EntityId, EntityRef, type Faults, Instant, LIST_LENGTH_MAX, parserOf, Text } from './shape.ts'

/** Coupons that one holder keeps at the same time; the largest regions have a handful. */
const GRANTED_COUPONS_MAX = 50

const Constraint = Type.Object({
  volume: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  period: Type.Enum([...PERIOD_TYPES]),
})

/** A coupon: what `GrantedCoupon` of the official API shows of it, and what it takes to price a ticket. */
const Shape = Type.Object({
  id: EntityId,
  name: Text,
  description: Type.Optional(Text),
  cardSystem: CardSystemRef,
  distributionKey: Type.Object({ id: Type.Integer({ minimum: 1, maximum: 0xffff_ffff }) }),
  status: Type.Optional(Type.Enum(['ACTIVE', 'STOPPED', 'DELETED'])),
  organizers: Type.Optional(Type.Array(EntityRef, { maxItems: LIST_LENGTH_MAX })),
  events: Type.Optional(Type.Array(EntityRef, { maxItems: LIST_LENGTH_MAX })),
  locations: Type.Optional(Type.Array(EntityRef, { maxItems: LIST_LENGTH_MAX })),
  exchangeConstraint: Type.Optional(Constraint),
  buyConstraint: Type.Optional(Constraint),
})

export const parseCoupon = parserOf(Shape, (document, _faults, _context: unknown): Coupon => {
  const {
    id,
    name,
    description = '',
    cardSystem,
    distributionKey,
    status = 'ACTIVE',
    organizers = [],
    events = [],
    locations = [],
  } = document
  return {
    id,
    name,
    description,
    cardSystem: cardSystem.id,
    distributionKey: distributionKey.id,
    status,
    organizers: organizers.map((organizer) => entityId(organizer.id)),
    events: events.map((event) => entityId(event.id)),
    ...(locations.length > 0 && { locations: locations.map((location) => entityId(location.id)) }),
    ...(document.exchangeConstraint && { exchangeLimit: limitOf(document.exchangeConstraint) }),
    ...(document.buyConstraint && { eventLimit: limitOf(document.buyConstraint) }),
  }
})

function limitOf({ volume, period }: Static<typeof Constraint>): PeriodLimit {
  return { volume, period }
}

/** `GrantedCoupon` of the official API; status and what remains follow from the rest. */
export const GrantedCouponsShape = Type.Array(
  Type.Object({
    id: Type.Integer({ minimum: 1, maximum: 0xffff_ffff }),
    coupon: EntityRef,
    validityPeriod: Type.Optional(Type.Object({ begin: Type.Optional(Instant), end: Type.Optional(Instant) })),
  }),
  { maxItems: GRANTED_COUPONS_MAX },
)

export function grantedCouponsOf(documents: Static<typeof GrantedCouponsShape>, faults: Faults): readonly GrantedCoupon[] {
  return documents.map(({ id, coupon, validityPeriod = {} }, index) => {
    const { begin, end } = validityPeriod
    const pointer = `/coupons/${index}/validityPeriod`
    return {
      id,
      coupon: coupon.id,
      ...(begin !== undefined && { validFrom: faults.instant(`${pointer}/begin`, begin) }),
      ...(end !== undefined && { validUntil: faults.instant(`${pointer}/end`, end) }),
    }
  })
}
