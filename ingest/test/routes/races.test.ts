import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COFFEE, callAsTeller, MUG, MUSEUM, PLAY, startExchangeService } from '../exchange-service.ts'
import type { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, GROUP } from '../small-registry.ts'

const PROBS = 'https://api.publiq.be/probs/'
const ticket = { tariff: { id: 'SOCIALTARIFF' }, uitpasNumber: AMINA.number, eventId: MUSEUM, regularPrice: 12 }

interface Operation {
  readonly method: 'POST' | 'DELETE'
  readonly url: string
  readonly payload?: unknown
}

describe.skipIf(!hasRedis)('requests at the same moment', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await startExchangeService()
    await service.put('bonuses', [{ id: 'start', uitpasNumber: AMINA.number, points: 9, label: 'Start' }])
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const call = async ({ method, url, payload }: Operation) => await callAsTeller(service, [method, url], { payload })
  const many = async (operation: Operation, count = 20) => {
    const replies = await Promise.all(Array.from({ length: count }, async () => await call(operation)))
    return replies.map((reply) => (reply.status < 300 ? 'accepted' : reply.body.type.slice(PROBS.length)))
  }
  const tally = (ends: readonly string[]) =>
    Object.fromEntries([...Map.groupBy(ends, (end) => end)].map(([end, all]) => [end, all.length]))

  test('sell the last ticket once, and the tickets of a group no further than its year', async () => {
    const last = { method: 'POST', url: '/ticket-sales', payload: [{ ...ticket, eventId: PLAY }] } as const
    expect(tally(await many(last))).toEqual({ accepted: 1, 'uitpas/maximum-reached': 19 })
    const two = { ...ticket, uitpasNumber: GROUP.number }
    const pairs = { method: 'POST', url: '/ticket-sales', payload: [two, two] } as const
    // Three are left of the year: one pair, and then too few for another.
    expect(tally(await many(pairs))).toEqual({ accepted: 1, 'uitpas/invalid-number-of-tickets': 19 })
  })

  test('hand out the last units once each', async () => {
    const mug = { method: 'POST', url: '/rewards/redeemed', payload: { rewardId: MUG, uitpasNumber: AMINA.number } } as const
    expect(tally(await many(mug))).toEqual({ accepted: 3, 'uitpas/reward-volume-constraint': 17 })
  })

  test.each([
    [
      'a check-in',
      { method: 'POST', url: '/checkins', payload: { eventId: MUSEUM, uitpasNumber: AMINA.number } },
      '/checkins',
      'url/not-found',
    ],
    ['a sale', { method: 'POST', url: '/ticket-sales', payload: [ticket] }, '/ticket-sales', 'uitpas/ticket-sale-not-found'],
    [
      'a redemption',
      { method: 'POST', url: '/rewards/redeemed', payload: { rewardId: COFFEE, uitpasNumber: AMINA.number } },
      '/rewards/redeemed',
      'url/not-found',
    ],
  ] as const)('take %s back once', async (_what, making, path, slug) => {
    const { body } = await call(making)
    const { id } = Array.isArray(body) ? body[0] : body
    expect(tally(await many({ method: 'DELETE', url: `${path}/${id}` }))).toEqual({ accepted: 1, [slug]: 19 })
  })
})
