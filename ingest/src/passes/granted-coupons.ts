import { couponCounter, formatInstant, type GrantedCoupon, type Holder, isValidCoupon, periodGuard } from '@zuil/core'
import type { CouponsQuery, GrantedCouponBody } from '@zuil/core/contracts/http-coupon'
import type { Services } from '../services.ts'

type Needed = Pick<Services, 'registry' | 'counters' | 'now'>

/** The coupons that a holder was given, in the order of granting, with what is left of them in the running period. */
export async function grantedCoupons(holder: Holder, query: CouponsQuery, services: Needed): Promise<GrantedCouponBody[]> {
  const { registry, now } = services
  const { status: wanted = 'ACTIVE', organizerId } = query
  const cardSystems = organizerId === undefined ? undefined : registry.cardSystemsOf(organizerId)
  const bodies: GrantedCouponBody[] = []
  for (const granted of holder.coupons ?? []) {
    const coupon = registry.tariffs.coupon(granted.coupon)
    if (!coupon || coupon.status === 'DELETED' || cardSystems?.includes(coupon.cardSystem) === false) continue
    const status = isValidCoupon(granted, now()) ? 'ACTIVE' : 'EXPIRED'
    if (wanted !== 'ALL' && wanted !== status) continue
    const { id, name, description, exchangeLimit } = coupon
    bodies.push({
      id: granted.id,
      coupon: { id, name, ...(description !== '' && { description }) },
      validityPeriod: validityOf(granted),
      status,
      ...(exchangeLimit && { remaining: await remainingOf(granted, holder, { limit: exchangeLimit, services }) }),
    })
  }
  return bodies
}

function validityOf({ validFrom = 0, validUntil }: GrantedCoupon): GrantedCouponBody['validityPeriod'] {
  return { begin: formatInstant(validFrom), ...(validUntil !== undefined && { end: formatInstant(validUntil) }) }
}

interface Remainder {
  readonly limit: NonNullable<GrantedCouponBody['remaining']>
  readonly services: Needed
}

async function remainingOf({ id }: GrantedCoupon, holder: Holder, { limit, services }: Remainder) {
  const { volume, period } = limit
  const guard = periodGuard(couponCounter(id), holder.number, { period, instant: services.now() })
  const [taken = 0] = await services.counters.read([guard])
  return { volume: Math.max(0, volume - taken), period }
}
