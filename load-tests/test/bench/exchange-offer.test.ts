import { describe, expect, test } from 'vitest'
import {
  carriedOverPoints,
  exchangeOffer,
  HOT_REWARD,
  HOT_REWARD_UNITS,
  REWARDS_ALL,
  redeemers,
  rewardId,
} from '../../bench/exchange-offer.ts'

const POPULATION = { seed: 1, passholders: 1_500, events: 12, organizers: 3 }
const OFFER = [...exchangeOffer(POPULATION)]

describe('what the benchmarks of sales and redemptions exchange', () => {
  test('has each reward under the id that the client sends, the hot one with its few units', () => {
    const rewards = OFFER.filter(({ kind }) => kind === 'rewards').map(({ data }) => data)
    expect(rewards.map(({ id }) => id)).toEqual(Array.from({ length: REWARDS_ALL }, (_, index) => rewardId(POPULATION, index)))
    expect(rewards[HOT_REWARD]).toMatchObject({ maxAvailableUnits: HOT_REWARD_UNITS })
  })

  test('is paid with points that each redeemer has once', () => {
    const numbers = [...carriedOverPoints(POPULATION)].map(({ uitpasNumber }) => uitpasNumber)
    expect([numbers.length, new Set(numbers).size]).toEqual([1_500, 1_500])
  })

  test('is for redeemers all over the population, when that is large', () => {
    const numbers = redeemers({ ...POPULATION, passholders: 500_000 })
    expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([100_000, 0, 499_995])
  })
})
