import type { Transaction } from '@zuil/core'
import { decodeRecord } from '@zuil/core/contracts/journal'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkinCode, codeDay } from '../src/checkins/checkin-code.ts'
import { askedHub } from './asked-hub.ts'
import {
  COFFEE,
  callAsTeller,
  ELIF,
  FAR_AWAY,
  GUEST_PLAY,
  MUG,
  MUSEUM,
  PLAY,
  startExchangeService,
  TELLER,
} from './exchange-service.ts'
import type { IngestService } from './ingest-service.ts'
import { journalOf } from './journal.ts'
import { hasRedis } from './redis-server.ts'
import {
  AMINA,
  BRAM,
  CELINE,
  CONFIGURATION_CODE,
  DEVICE,
  event,
  FIXED_DEVICE,
  ORGANIZER,
  OTHER_ORGANIZER,
  PLACE,
  passholder,
  SECRET,
  UNKNOWN_NUMBER,
} from './small-registry.ts'

const PROBS = 'https://api.publiq.be/probs'
/** An id of the older kind: 35 characters in upper case. */
const OLDER_ID = '47B6FA21-ACB1-EA8F-2C231182C7DD0A19'
const OLDER_ORGANIZER = '5B9F4BB1-ACB1-EA8F-2C231182C7DD0A77'
const NOWHERE = '1c0098e7-8860-45ea-9333-00000000dead'

/** What surprises who knows the API from its models only; each is a case with its number. Others stand beside their subject. */
describe.skipIf(!hasRedis)('what surprises in the API', () => {
  let service: IngestService
  const { hub, asked } = askedHub()
  beforeAll(async () => {
    service = await startExchangeService({ services: { hub } })
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const call = async (method: string, url: string, payload?: unknown) => await callAsTeller(service, [method, url], { payload })
  const checkIn = async (uitpasNumber: string, eventId: string) => await call('POST', '/checkins', { eventId, uitpasNumber })
  const ticket = (uitpasNumber: string, eventId: string) => ({
    tariff: { id: 'SOCIALTARIFF' },
    uitpasNumber,
    eventId,
    regularPrice: 12,
  })
  const kiosk = async (method: 'GET' | 'PUT' | 'POST', path: string, { token, body }: { token: string; body?: object }) => {
    const reply = await service.app.inject({
      method,
      url: `/kiosk-devices${path}`,
      headers: { 'x-custom-token': token },
      ...(body && { payload: body }),
    })
    return { status: reply.statusCode, body: reply.body === '' ? {} : reply.json() }
  }
  const scan = async (passholderId: string, eventId: string) => {
    const code = checkinCode(service.services.secrets, { id: eventId }, codeDay(service.services.now()))
    return await call('POST', `/passholders/${passholderId}/checkins`, { checkinCode: code })
  }
  const slugOf = ({ body }: { body: { type?: string } }) => body.type?.slice(PROBS.length + 1)
  const lastTransaction = async (): Promise<Transaction> => {
    // refusals are counted in the journal too, about a second later
    const records = (await journalOf(service.redis.connect())).map(({ text }) => decodeRecord(text))
    const record = records.findLast(({ kind }) => kind === 'transaction')
    if (record?.kind !== 'transaction') throw new Error('The journal has no transaction')
    return record.transaction
  }

  test('surprise 1: what is created answers 200 or 201, each call as it always did', async () => {
    const made = await checkIn(AMINA.number, MUSEUM)
    const [sold, redeemed] = [
      await call('POST', '/ticket-sales', [ticket(AMINA.number, MUSEUM)]),
      await call('POST', '/rewards/redeemed', { rewardId: COFFEE, uitpasNumber: AMINA.number }),
    ]
    const newReward = {
      title: 'Nieuw',
      type: 'WELCOME',
      promotionalDescription: '',
      publicationPeriod: { begin: '2026-01-01T00:00:00+00:00' },
    }
    expect({
      checkin: made.status,
      self: (await scan(AMINA.id, MUSEUM)).status,
      kiosk: (await kiosk('POST', '/checkins', { token: FIXED_DEVICE, body: { chipNumber: AMINA.chip } })).status,
      sale: sold.status,
      reward: (await call('POST', '/rewards', newReward)).status,
      redemption: redeemed.status,
      cancelledSale: (await call('DELETE', `/ticket-sales/${sold.body[0].id}`)).status,
      cancelledRedemption: (await call('DELETE', `/rewards/redeemed/${redeemed.body.id}`)).status,
      cancelledCheckin: (await call('DELETE', `/checkins/${made.body.id}`)).status,
      passholder: (await call('POST', '/passholders', {})).status,
      order: (await call('POST', '/orders', {})).status,
    }).toEqual({
      checkin: 201,
      self: 201,
      kiosk: 200,
      sale: 200,
      reward: 200,
      redemption: 201,
      cancelledSale: 204,
      cancelledRedemption: 204,
      cancelledCheckin: 204,
      passholder: 501,
      order: 501,
    })
  })

  test('surprise 2: three channels answer a check-in in three shapes, and only one of them gives its id', async () => {
    const bodies = [
      (await checkIn(AMINA.number, MUSEUM)).body,
      (await scan(AMINA.id, MUSEUM)).body,
      (await kiosk('POST', '/checkins', { token: FIXED_DEVICE, body: { chipNumber: AMINA.chip } })).body,
    ]
    expect(bodies.map((body) => Object.keys(body).sort())).toEqual([
      ['creationDate', 'eventId', 'eventTitle', 'id', 'passholder', 'points', 'uitpasNumber'],
      ['addedPoints', 'totalPoints'],
      ['newPoints', 'totalPoints'],
    ])
  })

  test('surprise 3: at a kiosk the server says for which event and when, whatever the body says', async () => {
    const before = Date.now()
    const body = { chipNumber: AMINA.chip, eventId: MUSEUM, creationDate: '2020-01-01T00:00:00+00:00' }
    const { body: answer } = await kiosk('POST', '/checkins', { token: FIXED_DEVICE, body })
    const { event, occurredAt } = await lastTransaction()
    // The kiosk is fixed on an event of 2 points; the museum gives 5.
    expect([answer.newPoints, event === MUSEUM, occurredAt >= before]).toEqual([2, false, true])
  })

  test('surprise 4: a kiosk is its device id, but for the first call, where a code stands in the same header', async () => {
    const deviceId = '516761df-0237-44ea-88f1-00000000cafe'
    const setup = async (token: string) =>
      (await kiosk('PUT', '/setup', { token, body: { name: 'CID-MLS-004', deviceId } })).status
    const look = async (token: string) => (await kiosk('GET', '', { token })).status
    expect({
      codeAsDevice: await look(CONFIGURATION_CODE),
      deviceAsCode: await setup(DEVICE),
      before: await look(deviceId),
      setup: await setup(CONFIGURATION_CODE),
      after: await look(deviceId),
      codeAgain: await setup(CONFIGURATION_CODE),
    }).toEqual({ codeAsDevice: 401, deviceAsCode: 401, before: 401, setup: 200, after: 200, codeAgain: 400 })
  })

  test('surprise 5: what does not exist is 400 where something is registered or sold, 404 where it is looked up', async () => {
    const query = (members: object) => new URLSearchParams({ regularPrice: '12', ...members }).toString()
    const unknown = { eventId: NOWHERE, uitpasNumber: AMINA.number }
    const nobody = { eventId: MUSEUM, uitpasNumber: UNKNOWN_NUMBER }
    const calls: readonly (readonly [string, string, unknown?])[] = [
      ['POST', '/checkins', unknown],
      ['POST', '/checkins', nobody],
      ['GET', `/tariffs?${query(unknown)}`],
      ['GET', `/tariffs?${query(nobody)}`],
      ['POST', '/ticket-sales', [ticket(AMINA.number, NOWHERE)]],
      ['POST', '/ticket-sales', [ticket(UNKNOWN_NUMBER, MUSEUM)]],
      ['POST', '/rewards/redeemed', { rewardId: MUG, uitpasNumber: UNKNOWN_NUMBER }],
      ['GET', `/checkin-status?${query(unknown)}`],
      ['GET', `/checkin-status?${query(nobody)}`],
      ['GET', `/events/${NOWHERE}/settings`],
      ['GET', '/passholders/nobody'],
      ['GET', '/rewards/999999'],
    ]
    const answers = await Promise.all(calls.map(async ([method, url, payload]) => await call(method, url, payload)))
    const kioskAnswer = await kiosk('POST', '/checkins', { token: FIXED_DEVICE, body: { chipNumber: '04FFFFFFFFFFFF' } })
    expect([...answers, kioskAnswer].map((answer) => [answer.status, slugOf(answer)])).toEqual([
      [400, 'uitpas/event-not-found'],
      [400, 'uitpas/passholder-not-found'],
      [400, 'uitpas/event-not-found'],
      [400, 'uitpas/passholder-not-found'],
      [400, 'uitpas/event-not-found'],
      [400, 'uitpas/passholder-not-found'],
      [400, 'uitpas/passholder-not-found'],
      [404, 'uitpas/event-not-found'],
      [404, 'uitpas/passholder-not-found'],
      [404, 'uitpas/event-not-found'],
      [404, 'uitpas/passholder-not-found'],
      [404, 'uitpas/reward-not-found'],
      [400, 'uitpas/passholder-not-found'],
    ])
  })

  test('surprise 6: limits and blocked cards have other names at a kiosk than at a counter', async () => {
    await kiosk('PUT', '/events', { token: DEVICE, body: { id: PLAY } })
    expect((await checkIn(BRAM.number, PLAY)).status).toBe(201)
    const answers = [
      await checkIn(BRAM.number, PLAY),
      await scan(BRAM.id, PLAY),
      await kiosk('POST', '/checkins', { token: DEVICE, body: { chipNumber: BRAM.chip } }),
      await checkIn(CELINE.number, PLAY),
      await kiosk('POST', '/checkins', { token: DEVICE, body: { chipNumber: CELINE.chip } }),
    ]
    expect(answers.map(slugOf)).toEqual([
      'uitpas/checkin-not-allowed',
      'uitpas/checkin-not-allowed',
      'uitpas/maximum-reached',
      'uitpas/invalid-card-status',
      'uitpas/card-blocked',
    ])
  })

  test('surprise 9: points are earned and spent in every card system, the social tariff holds in its own only', async () => {
    expect((await checkIn(AMINA.number, FAR_AWAY)).status).toBe(201)
    expect((await call('POST', '/rewards/redeemed', { rewardId: COFFEE, uitpasNumber: AMINA.number })).status).toBe(201)
    const query = new URLSearchParams({ regularPrice: '12', eventId: FAR_AWAY, uitpasNumber: AMINA.number })
    const tariffs = await call('GET', `/tariffs?${query}`)
    expect(tariffs).toMatchObject({
      status: 200,
      body: { available: [], endUserMessage: { nl: expect.stringContaining('regio') } },
    })
    expect(slugOf(await call('POST', '/ticket-sales', [ticket(AMINA.number, FAR_AWAY)]))).toBe('uitpas/invalid-distributionkey')
  })

  test.each([
    ['expired', BRAM.number],
    ['suspended', ELIF.number],
  ])('surprise 10: a social tariff that is %s stops tickets, and neither check-ins nor rewards', async (state, uitpasNumber) => {
    expect((await checkIn(uitpasNumber, MUSEUM)).status).toBe(201)
    expect((await call('POST', '/rewards/redeemed', { rewardId: COFFEE, uitpasNumber })).status).toBe(201)
    const query = new URLSearchParams({ regularPrice: '12', eventId: MUSEUM, uitpasNumber })
    const answers = [await call('GET', `/tariffs?${query}`), await call('POST', '/ticket-sales', [ticket(uitpasNumber, MUSEUM)])]
    expect(answers.map(slugOf)).toEqual([`uitpas/social-tariff-${state}`, `uitpas/social-tariff-${state}`])
  })

  test('surprise 12: a number is a card: with a new one it is the same person, and what was done keeps the old one', async () => {
    const [old, renewed] = [
      { id: '9c96f13c-90b4-4253-9e16-00000000000c', number: '0903055500107', chip: '04A1B2C3D45EA1' },
      { id: '9c96f13c-90b4-4253-9e16-00000000000c', number: '0900004518305', chip: '04A1B2C3D45EA2' },
    ]
    const names = { firstName: 'Fien', name: 'Smets' }
    await service.put('passholders', [passholder(old, names)])
    const before = await checkIn(old.number, PLAY)
    const first = await lastTransaction()
    const replaced = { uitpasNumber: old.number, status: 'DELETED', cardSystem: { id: 14 } }
    await service.put('passholders', [
      { ...passholder(renewed, { ...names, socialTariff: { status: 'ACTIVE' } }), cards: [replaced] },
    ])
    expect(slugOf(await checkIn(old.number, MUSEUM))).toBe('uitpas/invalid-card-status')
    // The limit of the week is the person's.
    expect(slugOf(await checkIn(renewed.number, PLAY))).toBe('uitpas/checkin-not-allowed')
    const after = await checkIn(renewed.number, MUSEUM)
    const second = await lastTransaction()
    expect([before.body.passholder.id, after.body.passholder.id, after.body.passholder.points]).toEqual([old.id, old.id, 6])
    expect([before.body.uitpasNumber, after.body.uitpasNumber]).toEqual([old.number, renewed.number])
    expect([first.holder === second.holder, first.card === second.card]).toEqual([true, false])
  })

  test('surprise 15: an id may be of the older kind, is found in either case, and comes back as it was sent', async () => {
    await service.put('organizers', [{ id: OLDER_ORGANIZER, name: 'Ouder', cardSystems: [{ id: 14 }] }])
    await service.put('events', [event(OLDER_ID, { title: 'Ouder', organizer: OLDER_ORGANIZER, settings: { checkinPoints: 1 } })])
    const permissionDetails = [{ id: 'CHECKINS_WRITE' }]
    const permissions = [{ organizer: { id: OLDER_ORGANIZER.toLowerCase() }, permissionDetails }]
    await service.put('clients', [{ id: 'older-client', name: 'Ouder', secret: SECRET, permissions }])
    for (const eventId of [OLDER_ID, OLDER_ID.toLowerCase()]) {
      const payload = { eventId, uitpasNumber: AMINA.number }
      const made = await callAsTeller(service, ['POST', '/checkins'], { payload, client: 'older-client' })
      expect(made).toMatchObject({ status: 201, body: { eventId } })
      expect(await lastTransaction()).toMatchObject({ event: OLDER_ID, organizer: OLDER_ORGANIZER })
    }
  })

  test('surprise 19: tickets are found by organizer or place, check-ins by organizer; who pays is always the organizer', async () => {
    expect((await call('POST', '/ticket-sales', [ticket(AMINA.number, GUEST_PLAY)])).status).toBe(200)
    expect(await lastTransaction()).toMatchObject({ kind: 'TICKET_SALE', organizer: OTHER_ORGANIZER, location: PLACE })
    asked.length = 0
    for (const path of ['/ticket-sales', '/checkins']) {
      expect((await call('GET', `${path}?passholderId=${AMINA.id}&organizerId=${ORGANIZER}`)).status).toBe(200)
    }
    expect(asked.map(({ filter }) => filter.places)).toEqual([
      { organizers: [ORGANIZER], organizersInCardSystems: [], locations: [PLACE] },
      { organizers: [ORGANIZER], organizersInCardSystems: [], locations: [] },
    ])
  })

  test('surprise 20: check-ins are listed of one passholder at organizers, never by event or by period', async () => {
    asked.length = 0
    const statusOf = async (query: string) => (await call('GET', `/checkins?${query}`)).status
    const whole = `passholderId=${AMINA.id}&organizerId=${ORGANIZER}`
    expect({
      byEvent: await statusOf(`eventId=${PLAY}`),
      byPassholder: await statusOf(`passholderId=${AMINA.id}`),
      byOrganizer: await statusOf(`organizerId=${ORGANIZER}`),
      byPeriod: await statusOf(`organizerId=${ORGANIZER}&from=2026-01-01&to=2026-12-31`),
      whole: await statusOf(`${whole}&eventId=${PLAY}`),
    }).toEqual({ byEvent: 404, byPassholder: 404, byOrganizer: 404, byPeriod: 404, whole: 200 })
    expect(asked.map(({ filter }) => Object.keys(filter).sort())).toEqual([['holder', 'kinds', 'places']])
  })

  test('surprise 25: a token is a text for a day, and many use it at once', async () => {
    const reply = await service.app.inject({
      method: 'POST',
      url: '/realms/uitid/protocol/openid-connect/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `grant_type=client_credentials&client_id=${TELLER}&client_secret=${SECRET}`,
    })
    const { access_token, expires_in, token_type } = reply.json()
    expect([expires_in, token_type]).toEqual([86_400, 'Bearer'])
    const headers = { authorization: `Bearer ${access_token}` }
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => service.app.inject({ url: `/events/${PLAY}/settings`, headers })),
    )
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
  })
})
