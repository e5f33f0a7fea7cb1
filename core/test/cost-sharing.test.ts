import { type CostPart, type CostParts, parsePrice, shareCosts } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const percent = (percentage: number): CostPart => ({ type: 'SHARE', basisPoints: percentage * 100 })
const NOTHING: CostPart = { type: 'FIXED', cents: 0 }
const split = (parts: Partial<CostParts>): CostParts => ({
  participant: NOTHING,
  organizer: NOTHING,
  localGovernment: NOTHING,
  flemishGovernment: NOTHING,
  ...parts,
})

const MECHELEN = split({ participant: percent(20), localGovernment: percent(40), organizer: percent(40) })
const MEETJESLAND = split({ participant: percent(25), localGovernment: percent(55), organizer: percent(20) })
const FIXED = split({ participant: { type: 'FIXED', cents: 150 }, localGovernment: percent(50) })

describe('sharing the costs of a ticket', () => {
  test.each([
    ['20/40/40', MECHELEN, 1200, [240, 480, 0, 480]],
    ['25/55/20', MEETJESLAND, 1000, [250, 550, 0, 200]],
    [
      '20/10/70',
      split({ participant: percent(20), localGovernment: percent(10), organizer: percent(70) }),
      1000,
      [200, 100, 0, 700],
    ],
    ['€ 1.50 fixed, half of the price from the town', FIXED, 1000, [150, 500, 0, 350]],
    ['€ 1.50 fixed of a ticket of € 1.00', FIXED, 100, [100, 0, 0, 0]],
    [
      '€ 1.50 fixed, the rest in halves of both governments',
      split({
        participant: { type: 'FIXED', cents: 150 },
        localGovernment: { type: 'REMAINDER_SHARE', basisPoints: 5000 },
        flemishGovernment: { type: 'REMAINDER_SHARE', basisPoints: 5000 },
      }),
      401,
      [150, 126, 125, 0],
    ],
    ['halves of a cent go up for the participant', split({ participant: percent(50) }), 3, [2, 0, 0, 1]],
  ] as const)('%s', (_name, parts, price, [participant, localGovernment, flemishGovernment, organizer]) => {
    expect(shareCosts(price, parts)).toEqual({ participant, localGovernment, flemishGovernment, organizer })
  })

  test('the shares are whole cents, none below 0, and add up to every price for every key', () => {
    const part: fc.Arbitrary<CostPart> = fc.oneof(
      fc.record({ type: fc.constant('FIXED' as const), cents: fc.nat(10_000) }),
      fc.record({ type: fc.constantFrom('SHARE' as const, 'REMAINDER_SHARE' as const), basisPoints: fc.nat(10_000) }),
    )
    const parts = fc.record({ participant: part, organizer: part, localGovernment: part, flemishGovernment: part })
    fc.assert(
      fc.property(fc.nat(10_000_000), parts, (price, key) => {
        const shares = Object.values(shareCosts(price, key))
        expect(shares.every((cents) => Number.isInteger(cents) && cents >= 0)).toBe(true)
        expect(shares.reduce((sum, cents) => sum + cents, 0)).toBe(price)
      }),
    )
  })
})

describe('prices', () => {
  test.each([
    [10, 1000],
    ['10.00', 1000],
    [0.1, 10],
    [10.005, 1001],
    ['10.004', 1000],
    ['10,00', undefined],
    [-1, undefined],
    [Number.NaN, undefined],
    [1e-7, undefined],
    ['', undefined],
    [100_000.01, undefined],
  ])('%s is %s cents', (amount, cents) => {
    expect(parsePrice(amount)).toBe(cents)
  })
})
