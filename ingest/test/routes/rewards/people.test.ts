import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IngestService } from '../../ingest-service.ts'
import { bearerOf, MOTHER, putPeople, SAMI } from '../../people.ts'
import { hasRedis } from '../../redis-server.ts'
import { AMINA, BRAM } from '../../small-registry.ts'
import { COFFEE, ONLINE, startRewardService } from './reward-service.ts'

const UITPAS = 'https://api.publiq.be/probs/uitpas'

describe.skipIf(!hasRedis)('somebody who signed in', () => {
  let service: IngestService
  let mother: { authorization: string }
  beforeAll(async () => {
    service = await startRewardService()
    await putPeople(service)
    mother = await bearerOf(service, MOTHER)
    await service.put('bonuses', [
      { id: 'start', uitpasNumber: AMINA.number, points: 5, label: 'Start' },
      { id: 'start', uitpasNumber: SAMI.number, points: 5, label: 'Start' },
    ])
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const redeem = async (rewardId: string, uitpasNumber: string) =>
    await service.app.inject({ method: 'POST', url: '/rewards/redeemed', headers: mother, payload: { rewardId, uitpasNumber } })
  const get = async (url: string) => await service.app.inject({ url, headers: mother })

  test('redeems online rewards with the own pass and for the family, and gets the code', async () => {
    for (const number of [AMINA.number, SAMI.number]) {
      const reply = await redeem(ONLINE, number)
      expect([reply.statusCode, reply.json()]).toEqual([201, expect.objectContaining({ redeemCode: expect.any(String) })])
    }
    expect((await get('/passholders/me')).json().points).toBe(4)
  })

  test('does not redeem what a counter hands out', async () => {
    const reply = await redeem(COFFEE, AMINA.number)
    expect([reply.statusCode, reply.json().type, typeof reply.json().endUserMessage.nl]).toEqual([
      400,
      `${UITPAS}/reward-invalid-redeem-type`,
      'string',
    ])
  })

  test('is told in Dutch whatever goes wrong, which apps show without looking (surprise 23)', async () => {
    const broken = { method: 'POST' as const, url: '/rewards/redeemed', headers: mother }
    const replies = [
      await redeem(ONLINE, BRAM.number),
      await service.app.inject({ ...broken, payload: { rewardId: ONLINE } }),
      await service.app.inject({ method: 'POST', url: '/rewards/redeemed', payload: {} }),
    ]
    expect(replies.map((reply) => [reply.statusCode, typeof reply.json().endUserMessage?.nl])).toEqual([
      [403, 'string'],
      [400, 'string'],
      [401, 'string'],
    ])
  })

  test('sees which rewards there are, and whether they can be had with the passes of the family', async () => {
    expect((await get('/rewards')).statusCode).toBe(200)
    expect((await get(`/rewards/${COFFEE}`)).json().id).toBe(COFFEE)
    expect((await get(`/rewards/${ONLINE}/redeem-status?uitpasNumber=${SAMI.number}`)).json()).toEqual({ redeemable: true })
    expect((await get(`/rewards/${ONLINE}/redeem-status?uitpasNumber=${BRAM.number}`)).statusCode).toBe(403)
    expect((await get(`/rewards?isRedeemableByPassholderId=${SAMI.id}&type=ANY&subset=ALL`)).statusCode).toBe(200)
    expect((await get(`/rewards?isInterestingForPassholderId=${BRAM.id}`)).statusCode).toBe(403)
  })

  test('with a number that is none is told so, as at the counter', async () => {
    const reply = await redeem(ONLINE, '123')
    expect([reply.statusCode, reply.json().type]).toEqual([400, `${UITPAS}/invalid-uitpas-number`])
  })
})
