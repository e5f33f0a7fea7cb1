import { shareCosts } from '@zuil/core'
import { parseCoupon } from '@zuil/core/registry/coupon'
import { parseDistributionKey } from '@zuil/core/registry/distribution-key'
import { expect, test } from 'vitest'
import { CONTEXT, entryOf, faultsOf } from './context.ts'

const share = (percentage: number) => ({ type: 'PERCENTAGE', percentage })
const KEY = {
  id: 1,
  name: 'Kansentarief',
  cardSystem: { id: 5 },
  kind: 'AUTOMATIC',
  splits: [{ sameCity: { participant: share(20), localGovernment: share(40), organizer: share(40) } }],
}

test('a key needs the social tariff unless a coupon carries it, and elsewhere costs the same when nothing is said', () => {
  const key = entryOf(parseDistributionKey(KEY, CONTEXT))
  expect(key.socialTariff).toBe('MY_CARDSYSTEM')
  expect(key.splits[0]?.otherCity).toEqual(key.splits[0]?.sameCity)
  expect(key.splits[0] && shareCosts(1200, key.splits[0].sameCity).participant).toBe(240)
  expect(entryOf(parseDistributionKey({ ...KEY, kind: 'COUPON' }, CONTEXT))).not.toHaveProperty('socialTariff')
})

test('parts above the whole and periods that end before they begin are faults', () => {
  const [split] = KEY.splits
  const tooMuch = { sameCity: { ...split?.sameCity, participant: share(21) } }
  expect(faultsOf(parseDistributionKey({ ...KEY, splits: [tooMuch] }, CONTEXT))[0]?.jsonPointer).toBe('/splits/0/sameCity')
  const validityPeriod = { begin: '2026-02-01T00:00:00Z', end: '2026-01-01T00:00:00Z' }
  expect(faultsOf(parseDistributionKey({ ...KEY, splits: [{ ...split, validityPeriod }] }, CONTEXT))[0]?.jsonPointer).toBe(
    '/splits/0/validityPeriod/end',
  )
  expect(faultsOf(parseDistributionKey({ ...KEY, splits: [] }, CONTEXT))).not.toEqual([])
})

test('a coupon is active and unlimited unless something else is said', () => {
  const coupon = { id: 'COUPON_1', name: 'Bon', cardSystem: { id: 5 }, distributionKey: { id: 1 } }
  expect(entryOf(parseCoupon(coupon, CONTEXT))).toMatchObject({ status: 'ACTIVE', organizers: [], events: [] })
  expect(faultsOf(parseCoupon({ ...coupon, buyConstraint: { volume: 0, period: 'DAY' } }, CONTEXT))).not.toEqual([])
})
