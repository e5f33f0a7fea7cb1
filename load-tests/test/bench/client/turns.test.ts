import { describe, expect, test } from 'vitest'
import { turnsOf } from '../../../bench/client/turns.ts'
import { HOT_REWARD, rewardFor } from '../../../bench/exchange-offer.ts'
import { hasSocialTariff } from '../../../bench/population/passholder.ts'

const POPULATION = { seed: 1, passholders: 2_000, events: 12, organizers: 3 }

describe('turns', () => {
  test.each(['checkins', 'batches', 'ticket-sales', 'tariffs', 'redemptions', 'hot-reward'] as const)(
    'of %s never bring the same passholder to the same thing twice',
    (kind) => {
      const { count, turn } = turnsOf(kind, POPULATION)
      const pairs = Array.from({ length: count }, (_, sequence) => JSON.stringify(turn(sequence)))
      expect(new Set(pairs).size).toBe(count)
    },
  )

  test('of tickets are those of passholders with the social tariff, all of them', () => {
    const { count, turn } = turnsOf('ticket-sales', POPULATION)
    const passholders = new Set(Array.from({ length: count }, (_, sequence) => turn(sequence).passholder))
    const entitled = Array.from({ length: POPULATION.passholders }, (_, index) => index).filter((index) =>
      hasSocialTariff(POPULATION, index),
    )
    expect([...passholders].sort((a, b) => a - b)).toEqual(entitled)
  })

  test('of redemptions are about rewards that the passholder may have', () => {
    const { count, turn } = turnsOf('redemptions', POPULATION)
    for (let sequence = 0; sequence < count; sequence++) {
      const { passholder, item } = turn(sequence)
      const rewards = Array.from({ length: 20 }, (_, nth) => rewardFor(POPULATION, passholder, nth))
      expect(rewards).toContain(item)
    }
  })

  test('of the hot reward are all about it', () => {
    const { count, turn } = turnsOf('hot-reward', POPULATION)
    const items = new Set(Array.from({ length: count }, (_, sequence) => turn(sequence).item))
    expect([count, [...items]]).toEqual([POPULATION.passholders, [HOT_REWARD]])
  })
})
