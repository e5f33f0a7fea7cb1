import { describe, expect, test } from 'vitest'
import type { IngestService } from '../../ingest-service.ts'
import { hasRedis } from '../../redis-server.ts'
import { AMINA, BRAM, CELINE, DIRK, GROUP, passholder, REGISTRY, STRANGER, UNKNOWN_NUMBER } from '../../small-registry.ts'
import {
  AT_OTHER,
  balance,
  COFFEE,
  call,
  ELSEWHERE,
  FEW,
  givePoints,
  NEIGHBOURS,
  ONLINE,
  OVER,
  PROBLEM,
  REWARDS,
  redeem,
  reward,
  startRewardService,
  unitsTaken,
  WEEKLY,
  WELCOME,
} from './reward-service.ts'

describe.skipIf(!hasRedis)('redeeming a reward', () => {
  test('takes its points and one unit, and answers with the reward', async () => {
    await using service = await startRewardService()
    await givePoints(service, 30)
    const reply = await redeem(service, COFFEE)
    expect(reply.statusCode).toBe(201)
    expect(reply.headers['zuil-receipt']).toMatch(/^0\.\d+-\d+$/)
    expect(reply.json()).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      reward: { id: COFFEE, title: 'Gratis koffie', points: 4, unitsTaken: 1, maxAvailableUnits: 0, allCardSystems: true },
      redeemDate: expect.stringMatching(/\+00:00$/),
    })
    expect(reply.json()).not.toHaveProperty('redeemCode')
    expect([await balance(service), await unitsTaken(service, COFFEE)]).toEqual([26, 1])
  })

  test('of an online reward gives its code and what to do with it', async () => {
    await using service = await startRewardService()
    await givePoints(service, 2)
    const first = (await redeem(service, ONLINE)).json()
    const second = (await redeem(service, ONLINE)).json()
    expect(first).toMatchObject({ redeemInfo: { text: 'Geef de code in', link: 'https://example.org' } })
    expect(first.redeemCode).toMatch(/^[2-9A-HJ-NP-Z]{12}$/)
    expect(second.redeemCode).not.toBe(first.redeemCode)
  })

  test('is refused for each reason with its problem and a text for the holder', async () => {
    await using service = await startRewardService()
    await givePoints(service, 10)
    await redeem(service, WEEKLY)
    const asked = [
      ['invalid-uitpas-number', COFFEE, '0914000123409'],
      ['passholder-not-found', COFFEE, UNKNOWN_NUMBER],
      ['invalid-card', COFFEE, GROUP.number],
      ['invalid-card', COFFEE, CELINE.number],
      ['passholder-no-active-cardsystems', COFFEE, DIRK.number],
      ['reward-not-found', '1', AMINA.number],
      ['reward-period-constraint', OVER, AMINA.number],
      ['reward-passholder-no-applicable-cardsystems', ELSEWHERE, AMINA.number],
      ['reward-passholder-volume-constraint', WEEKLY, AMINA.number],
      ['reward-passholder-points-constraint', COFFEE, BRAM.number],
    ] as const
    for (const [code, id, number] of asked) {
      const reply = await redeem(service, id, number)
      expect([reply.statusCode, reply.json().type]).toEqual([400, PROBLEM + code])
      expect(reply.json().endUserMessage.nl).not.toBe('')
    }
    expect(await balance(service)).toBe(9)
  })

  test('is for residents where the reward says so, which the official API does not have', async () => {
    await using service = await startRewardService()
    await givePoints(service, 10)
    expect((await redeem(service, NEIGHBOURS)).statusCode).toBe(201)
    await service.put('rewards', [{ ...REWARDS[6], residents: [] }])
    expect((await redeem(service, NEIGHBOURS)).statusCode).toBe(201)
  })

  test('needs the permission of an organizer where the reward can be had', async () => {
    await using service = await startRewardService()
    await givePoints(service, 10)
    expect((await redeem(service, AT_OTHER)).statusCode).toBe(403)
    const payload = { rewardId: COFFEE, uitpasNumber: AMINA.number }
    const stranger = await call(service, { method: 'POST', url: '/rewards/redeemed', payload, client: STRANGER })
    expect(stranger.statusCode).toBe(403)
  })

  test('with the same Idempotency-Key happens once, and is refused once', async () => {
    await using service = await startRewardService()
    await givePoints(service, 5)
    const headers = { 'idempotency-key': 'k1' }
    const first = await redeem(service, ONLINE, AMINA.number, headers)
    const again = await redeem(service, ONLINE, AMINA.number, headers)
    expect(again.statusCode).toBe(201)
    expect(again.json()).toEqual(first.json())
    expect(await balance(service)).toBe(4)
    expect((await redeem(service, COFFEE, AMINA.number, headers)).statusCode).toBe(422)
    const refused = await redeem(service, COFFEE, BRAM.number, { 'idempotency-key': 'k2' })
    await givePoints(service, 30, 'later', BRAM.number)
    expect((await redeem(service, COFFEE, BRAM.number, { 'idempotency-key': 'k2' })).json()).toEqual(refused.json())
  })

  test('from many sides at once gives out no more units than there are, and no points that nobody has', async () => {
    await using service = await startRewardService()
    await givePoints(service, 9)
    await givePoints(service, 9, 'bram', BRAM.number)
    const units = await Promise.all(
      Array.from({ length: 20 }, (_, i) => redeem(service, FEW, i % 2 ? AMINA.number : BRAM.number)),
    )
    expect(units.filter(({ statusCode }) => statusCode === 201)).toHaveLength(2)
    expect(await unitsTaken(service, FEW)).toBe(2)
    const left = await balance(service)
    const spent = await Promise.all(Array.from({ length: 20 }, () => redeem(service, COFFEE)))
    expect(spent.filter(({ statusCode }) => statusCode === 201)).toHaveLength(Math.floor(left / 4))
    expect(await balance(service)).toBe(left % 4)
  })
})

describe.skipIf(!hasRedis)('cancelling a redemption', () => {
  test('gives back points, unit and volume, once', async () => {
    await using service = await startRewardService()
    await givePoints(service, 5)
    const { id } = (await redeem(service, WEEKLY)).json()
    expect((await redeem(service, WEEKLY)).statusCode).toBe(400)
    const url = `/rewards/redeemed/${id}`
    expect((await call(service, { method: 'DELETE', url, client: STRANGER })).statusCode).toBe(403)
    expect((await call(service, { method: 'DELETE', url })).statusCode).toBe(204)
    expect((await call(service, { method: 'DELETE', url })).statusCode).toBe(404)
    expect([await balance(service), await unitsTaken(service, WEEKLY)]).toEqual([5, 0])
    expect((await redeem(service, WEEKLY)).statusCode).toBe(201)
  })

  test('takes back redemptions only, and cancelling a check-in takes back check-ins only', async () => {
    await using service = await startRewardService()
    const payload = { eventId: REGISTRY.events[0]['@id'].split('/').at(-1), uitpasNumber: AMINA.number }
    const checkin = await call(service, { method: 'POST', url: '/checkins', payload })
    const reply = await call(service, { method: 'DELETE', url: `/rewards/redeemed/${checkin.json().id}` })
    expect([checkin.statusCode, reply.statusCode]).toEqual([201, 404])
    await givePoints(service, 5)
    const { id } = (await redeem(service, WEEKLY)).json()
    expect((await call(service, { method: 'DELETE', url: `/checkins/${id}` })).statusCode).toBe(404)
  })
})

describe.skipIf(!hasRedis)('the redeem status', () => {
  const status = (service: IngestService, id: string, number: string = AMINA.number) =>
    call(service, { url: `/rewards/${id}/redeem-status?uitpasNumber=${number}` })

  test('surprises 22 and 23: says why not by a singular reason and a plain text, and changes nothing', async () => {
    await using service = await startRewardService()
    const reply = await status(service, COFFEE)
    expect(reply.json()).toEqual({ redeemable: false, reason: 'PASSHOLDER_POINTS', message: expect.stringContaining('4 punten') })
    expect((await status(service, COFFEE, DIRK.number)).json().reason).toBe('PASSHOLDER_NO_ACTIVE_CARDSYSTEM')
    expect((await status(service, COFFEE, GROUP.number)).json().reason).toBe('INVALID_CARD')
    expect((await status(service, OVER)).json().reason).toBe('REWARD_PERIOD')
    expect((await status(service, ELSEWHERE)).json().reason).toBe('PASSHOLDER_APPLICABLE_CARDSYSTEMS')
    await givePoints(service, 4)
    expect((await status(service, COFFEE)).json()).toEqual({ redeemable: true })
    expect(await balance(service)).toBe(4)
  })

  test('surprise 22: of a number that is none has the type with a dash in uitpas-number', async () => {
    await using service = await startRewardService()
    const reply = await status(service, COFFEE, '123')
    expect([reply.statusCode, reply.json().type]).toEqual([400, `${PROBLEM}invalid-uitpas-number`])
    const unknown = await status(service, COFFEE, UNKNOWN_NUMBER)
    expect([unknown.statusCode, unknown.json().type]).toEqual([400, `${PROBLEM}passholder-not-found`])
    expect((await status(service, '1')).statusCode).toBe(404)
  })
})

describe.skipIf(!hasRedis)('welcome rewards', () => {
  const NEW = { number: '0903055500107', chip: '04A1B2C3D45E99', id: '9c96f13c-90b4-4253-9e16-0000000000aa' }
  const eva = passholder(NEW, { firstName: 'Eva', name: 'Janssens' })

  test('surprise 16: are granted with a membership, take stock then, and are collected once', async () => {
    await using service = await startRewardService()
    await service.put('passholders', [eva])
    expect(await unitsTaken(service, WELCOME)).toBe(1)
    expect((await redeem(service, WELCOME, NEW.number)).statusCode).toBe(201)
    expect((await redeem(service, WELCOME, NEW.number)).json().type).toBe(`${PROBLEM}reward-passholder-volume-constraint`)
    expect(await unitsTaken(service, WELCOME)).toBe(1)
  })

  test('are granted once, however often the passholder is put', async () => {
    await using service = await startRewardService()
    for (const firstName of ['Eva', 'Eva', 'Eefje']) await service.put('passholders', [{ ...eva, firstName }])
    expect(await unitsTaken(service, WELCOME)).toBe(1)
  })

  test('that a crash kept back are granted when the passholder is put again', async () => {
    await using service = await startRewardService()
    // The store alone is a put that stopped before the grants.
    await service.services.store.put('passholders', [eva])
    expect(await unitsTaken(service, WELCOME)).toBe(0)
    await service.put('passholders', [eva])
    expect(await unitsTaken(service, WELCOME)).toBe(1)
  })

  test('are not granted to who was a member before their granting period', async () => {
    await using service = await startRewardService()
    await service.put('passholders', [eva])
    const later = reward('6000', { type: 'WELCOME', grantingPeriod: { begin: new Date(Date.now() + 60_000).toISOString() } })
    await service.put('rewards', [later])
    await service.put('passholders', [{ ...eva, firstName: 'Eefje' }])
    expect(await unitsTaken(service, '6000')).toBe(0)
    expect((await redeem(service, '6000', NEW.number)).json().type).toBe(`${PROBLEM}reward-passholder-volume-constraint`)
  })

  test('without stock are granted to nobody', async () => {
    await using service = await startRewardService()
    await service.put('rewards', [reward('6001', { type: 'WELCOME', maxAvailableUnits: 1 })])
    const second = passholder(
      { ...NEW, number: '1000000471101', chip: '04A1B2C3D45E98', id: `${NEW.id.slice(0, -1)}b` },
      { firstName: 'Fien', name: 'Janssens' },
    )
    await service.put('passholders', [eva, second])
    expect(await unitsTaken(service, '6001')).toBe(1)
  })
})

describe.skipIf(!hasRedis)('bonuses', () => {
  test('are given once for each id, by card or by passholder', async () => {
    await using service = await startRewardService()
    const bonus = { id: 'over-1', uitpasNumber: AMINA.number, points: 30, label: 'Beleefpas' }
    const results = await service.app.inject({
      method: 'PUT',
      url: '/registry/bonuses',
      headers: { authorization: `Bearer ${service.operatorToken}` },
      payload: [
        bonus,
        bonus,
        { ...bonus, id: 'over-2', uitpasNumber: undefined, passholderId: AMINA.id },
        { ...bonus, uitpasNumber: UNKNOWN_NUMBER },
      ],
    })
    expect(results.json().results).toMatchObject([
      { ok: true, changed: true },
      { ok: true, changed: false },
      { ok: true, changed: true },
      { ok: false, problem: { schemaErrors: [{ jsonPointer: '/uitpasNumber' }] } },
    ])
    expect(await balance(service)).toBe(60)
  })
})
