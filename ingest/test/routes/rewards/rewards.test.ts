import { NO_EXCHANGE, type Transaction } from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { askedHub } from '../../asked-hub.ts'
import type { IngestService } from '../../ingest-service.ts'
import { aTransaction } from '../../ledger/builders.ts'
import { hasRedis } from '../../redis-server.ts'
import { AMINA, BRAM, ORGANIZER, OTHER_ORGANIZER, STRANGER } from '../../small-registry.ts'
import {
  AT_OTHER,
  COFFEE,
  call,
  ELSEWHERE,
  givePoints,
  NEIGHBOURS,
  ONLINE,
  OVER,
  PROBLEM,
  redeem,
  reward,
  startRewardService,
  WEEKLY,
  WELCOME,
} from './reward-service.ts'

async function ids(service: IngestService, query: string): Promise<string[]> {
  const reply = await call(service, { url: `/rewards?${query}` })
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json().member.map(({ id }: { id: string }) => id)
}

describe.skipIf(!hasRedis)('searching rewards', () => {
  test('shows those for points that can be redeemed now, by their creation, unless another subset is asked for', async () => {
    await using service = await startRewardService()
    expect(await ids(service, '')).toEqual(['5687', '5823', '5830', '5824', '5831', '5832', '5833'])
    expect(await ids(service, 'type=WELCOME')).toEqual([WELCOME])
    expect(await ids(service, 'subset=ALL&type=ANY')).toHaveLength(9)
    expect(await ids(service, 'subset=ALL&text=koffie')).toEqual([COFFEE])
    expect(await ids(service, 'subset=REDEEMABLE-FUTURE')).toEqual([])
  })

  test('filters, sorts and pages', async () => {
    await using service = await startRewardService()
    await givePoints(service, 10)
    await redeem(service, WEEKLY)
    expect(await ids(service, 'categories=Doen')).toEqual([ONLINE])
    expect(await ids(service, 'online=true&pointsTo=1')).toEqual([ONLINE])
    expect(await ids(service, `organizerId=${OTHER_ORGANIZER}`)).toEqual([AT_OTHER])
    expect(await ids(service, 'applicableCardSystemId=14&pointsFrom=4')).toEqual([COFFEE, AT_OTHER])
    expect((await ids(service, 'sort=-redeemCount,points')).slice(0, 2)).toEqual([WEEKLY, '5830'])
    expect(await ids(service, 'sort[points]=desc&sort[name]=asc')).toEqual(await ids(service, 'sort=name,-points'))
    expect((await ids(service, 'sort[redeemCount]=desc'))[0]).toBe(WEEKLY)
    expect(await ids(service, 'sort[creationDate]=asc')).toEqual(await ids(service, ''))
    const page = await call(service, { url: '/rewards?start=1&limit=2' })
    expect([page.json().totalItems, page.json().member.length]).toEqual([7, 2])
  })

  test('counts the values of facets with all other filters', async () => {
    await using service = await startRewardService()
    const reply = await call(service, { url: '/rewards?facets=online&facets=categories&online=true&limit=0' })
    expect(reply.json()).toEqual({
      totalItems: 1,
      member: [],
      facet: {
        online: {
          false: { name: { nl: 'Om te ruilen aan de balie' }, count: 6 },
          true: { name: { nl: 'Online om te ruilen' }, count: 1 },
        },
        categories: { Doen: { name: { nl: 'Doen' }, count: 1 } },
      },
    })
  })

  test('for a passholder shows what is theirs to redeem, and needs a permission of its own', async () => {
    await using service = await startRewardService()
    await givePoints(service, 1)
    expect(await ids(service, `isRedeemableByPassholderId=${AMINA.id}`)).toEqual([WEEKLY, '5830', ONLINE, NEIGHBOURS])
    const url = `/rewards?isRedeemableByPassholderId=${AMINA.id}`
    expect((await call(service, { url, client: STRANGER })).statusCode).toBe(403)
    const identified = await service.app.inject({ url, headers: { 'x-client-id': STRANGER } })
    expect(identified.statusCode).toBe(403)
  })

  test('suggests to a passholder what can be had where that one was lately, or is of a kind that was redeemed', async () => {
    const visit = { kind: 'CHECKIN' as const, organizer: OTHER_ORGANIZER }
    const stored = [{ id: 'x', recordedAt: 0, transaction: aTransaction(visit) }]
    const { hub, asked } = askedHub(stored)
    await using service = await startRewardService({ services: { hub } })
    expect(await ids(service, `isInterestingForPassholderId=${BRAM.id}`)).toEqual([AT_OTHER])
    expect(asked).toMatchObject([{ filter: { kinds: ['CHECKIN', 'TICKET_SALE', 'REDEMPTION'] }, range: { order: 'desc' } }])
    stored.push({ id: 'y', recordedAt: 0, transaction: aTransaction(redemptionOf(ONLINE)) })
    expect(await ids(service, `isInterestingForPassholderId=${BRAM.id}`)).toEqual(expect.arrayContaining([ONLINE, AT_OTHER]))
    stored.length = 0
    const all = await ids(service, `isInterestingForPassholderId=${BRAM.id}`)
    expect([all.includes(COFFEE), all.includes(ELSEWHERE)]).toEqual([true, false])
  })

  test('says so when what a passholder did lately cannot be read', async () => {
    await using service = await startRewardService()
    const reply = await call(service, { url: `/rewards?isInterestingForPassholderId=${BRAM.id}` })
    expect([reply.statusCode, reply.headers['retry-after']]).toEqual([503, '5'])
  })

  test('needs no more than the id of a client', async () => {
    await using service = await startRewardService()
    expect((await service.app.inject({ url: `/rewards?clientId=${STRANGER}` })).statusCode).toBe(200)
    expect((await service.app.inject({ url: '/rewards', headers: { 'x-client-id': 'nobody' } })).statusCode).toBe(401)
    expect((await service.app.inject({ url: '/rewards' })).statusCode).toBe(401)
  })

  test.each([
    ['limit=501', 400, 'https://api.publiq.be/probs/url/query-limit-exceeded'],
    ['organizerId=nobody', 400, `${PROBLEM}organizer-not-found`],
    ['owningCardSystemId=99', 400, `${PROBLEM}cardsystem-not-found`],
    ['sort=price', 404, 'https://api.publiq.be/probs/url/not-found'],
    ['pointsFrom=-1', 404, 'https://api.publiq.be/probs/url/not-found'],
    ['facets=price', 404, 'https://api.publiq.be/probs/url/not-found'],
  ])('with %s is refused', async (query, status, type) => {
    await using service = await startRewardService()
    const reply = await call(service, { url: `/rewards?${query}` })
    expect([reply.statusCode, reply.json().type]).toEqual([status, type])
  })
})

describe.skipIf(!hasRedis)('editing rewards', () => {
  const body = { ...reward(''), id: undefined, organizers: undefined, owningCardSystem: undefined }

  test('creates one for the first organizer that lets the client, with what is read only ignored', async () => {
    await using service = await startRewardService()
    const reply = await call(service, { method: 'POST', url: '/rewards', payload: { ...body, status: 'DELETED', unitsTaken: 9 } })
    expect(reply.statusCode).toBe(200)
    expect(reply.json()).toMatchObject({
      status: 'ACTIVE',
      unitsTaken: 0,
      organizers: [{ id: ORGANIZER }],
      owningCardSystem: { id: 14 },
    })
    const read = await call(service, { url: `/rewards/${reply.json().id}` })
    expect(read.json()).toEqual(reply.json())
  })

  test('of points or the begin of a period is refused once somebody has it', async () => {
    await using service = await startRewardService()
    await givePoints(service, 10)
    const url = `/rewards/${COFFEE}`
    const put = (members: object) => call(service, { method: 'PUT', url, payload: { ...reward(COFFEE), ...members } })
    expect((await put({ points: 3 })).json()).toMatchObject({ id: COFFEE, points: 3 })
    const redeemed = (await redeem(service, COFFEE)).json()
    expect((await put({ points: 4 })).json().type).toBe(`${PROBLEM}reward-not-editable`)
    expect((await put({ points: 3, redeemPeriod: { begin: '2019-01-02T00:00:00Z' } })).json().type).toBe(
      `${PROBLEM}reward-not-editable`,
    )
    expect((await put({ points: 3, title: 'Thee', maxAvailableUnits: 50 })).json()).toMatchObject({
      title: 'Thee',
      unitsTaken: 1,
    })
    await call(service, { method: 'DELETE', url: `/rewards/redeemed/${redeemed.id}` })
    expect((await put({ points: 4 })).statusCode).toBe(200)
  })

  test('leaves alone what the official API does not have', async () => {
    await using service = await startRewardService()
    await givePoints(service, 10)
    const official = { ...reward(ONLINE, { online: true, points: 1 }), title: 'Nieuw' }
    expect((await call(service, { method: 'PUT', url: `/rewards/${ONLINE}`, payload: official })).statusCode).toBe(200)
    expect((await redeem(service, ONLINE)).json()).toMatchObject({ redeemInfo: { text: 'Geef de code in' } })
  })

  test.each([
    ['a reward for points without its points', { points: undefined }, 400, 'https://api.publiq.be/probs/body/invalid-data'],
    ['an unknown card system', { owningCardSystem: { id: 99 } }, 400, `${PROBLEM}invalid-card-system`],
    ['a date that is none', { redeemPeriod: { begin: 'soon' } }, 400, 'https://api.publiq.be/probs/body/invalid-data'],
    [
      'a period that ends before it begins',
      { redeemPeriod: { begin: '2026-02-01T00:00:00Z', end: '2026-01-01T00:00:00Z' } },
      400,
      'https://api.publiq.be/probs/body/invalid-data',
    ],
    ['an unknown category', { categories: ['Gadget'] }, 400, 'https://api.publiq.be/probs/body/invalid-data'],
    ['an organizer of others', { organizers: [{ id: OTHER_ORGANIZER }] }, 403, 'https://api.publiq.be/probs/auth/forbidden'],
  ])('with %s is refused', async (_title, members, status, type) => {
    await using service = await startRewardService()
    const reply = await call(service, { method: 'POST', url: '/rewards', payload: { ...body, ...members } })
    expect([reply.statusCode, reply.json().type]).toEqual([status, type])
  })

  test('of an unknown reward is 404, and of one at another organizer 403', async () => {
    await using service = await startRewardService()
    expect((await call(service, { url: '/rewards/1' })).json().type).toBe(`${PROBLEM}reward-not-found`)
    expect((await call(service, { method: 'PUT', url: '/rewards/1', payload: body })).statusCode).toBe(404)
    expect((await call(service, { method: 'PUT', url: `/rewards/${AT_OTHER}`, payload: body })).statusCode).toBe(403)
    expect((await call(service, { url: `/rewards/${OVER}`, client: STRANGER })).statusCode).toBe(403)
  })
})

function redemptionOf(id: string): Partial<Transaction> {
  return { kind: 'REDEMPTION', organizer: ORGANIZER, exchange: { ...NO_EXCHANGE, reward: id } }
}
