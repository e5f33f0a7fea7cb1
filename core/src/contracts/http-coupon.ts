import Type, { type Static } from 'typebox'
import { PERIOD_TYPES } from '../period.ts'

/** `GET /passholders/{passholderId}/coupons` and `GET /grouppasses/{passholderId}/coupons`. */
export const CouponsQuery = Type.Object({
  status: Type.Optional(Type.Enum(['ACTIVE', 'EXPIRED', 'ALL'])),
  organizerId: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
})
export type CouponsQuery = Static<typeof CouponsQuery>

/** `GrantedCoupon` of the official API. `remaining`: tickets that can still be bought in the running period. */
export const GrantedCouponBody = Type.Object(
  {
    id: Type.Integer(),
    coupon: Type.Object({ id: Type.String(), name: Type.String(), description: Type.Optional(Type.String()) }),
    validityPeriod: Type.Object({ begin: Type.String({ format: 'date-time' }), end: Type.Optional(Type.String()) }),
    status: Type.Enum(['ACTIVE', 'EXPIRED']),
    remaining: Type.Optional(Type.Object({ volume: Type.Integer(), period: Type.Enum([...PERIOD_TYPES]) })),
  },
  { title: 'GrantedCoupon' },
)
export type GrantedCouponBody = Static<typeof GrantedCouponBody>
