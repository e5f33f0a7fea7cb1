import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, BRAM, DEVICE, EVENT_UNLIMITED, event, FIXED_DEVICE, ORGANIZER, PLACE } from '../small-registry.ts'
import { balance, COFFEE, call, givePoints, PROBLEM, redeem, reward, startRewardService } from './rewards/reward-service.ts'

const LOTTE = { id: 'beleefpas-1', number: 'BP000101', chip: '04BEEF00000001' }
const MATHIS = { id: 'beleefpas-2', number: 'BP000102', chip: '04BEEF00000002' }
const GROWN_UP = { id: 'beleefpas-3', number: 'BP000103', chip: '04BEEF00000003' }
const ATELIER = '1c0098e7-8860-45ea-9333-00000000be01'
const ATELIER_UNLIMITED = '1c0098e7-8860-45ea-9333-00000000be02'
const DRINK = 'drink'
const WELCOME_OF_BOTH = 'welcome-all'

const PROGRAMME = {
  id: 'beleefpas',
  names: { nl: 'Beleefpas' },
  cardSystems: [{ id: 9001 }],
  passNumbers: { prefix: 'BP', digits: 6 },
  checkinLimit: { volume: 1, periodType: 'DAY' },
  tariffs: false,
  ages: { to: 18 },
}

function pass({ id, number, chip }: typeof LOTTE, dateOfBirth = '2016-03-12') {
  const currentCard = { uitpasNumber: number, chipNumber: chip, status: 'ACTIVE' }
  const cardSystemMemberships = [{ cardSystem: { id: 9001 }, uitpasNumber: number, currentCard }]
  return { id, firstName: 'Lotte', name: 'Baert', dateOfBirth, programme: 'beleefpas', cardSystemMemberships }
}

function atelier(id: string, settings?: object) {
  const { uitpas: _uitpas, ...rest } = event(id, { title: 'Atelier', place: '2bfc6f1a-edb7-4bc3-ac3a-00000000be01' })
  return {
    ...rest,
    uitpas: { programme: 'beleefpas', cardSystems: [{ id: 9001, enabled: true }], ...(settings && { settings }) },
  }
}

describe.skipIf(!hasRedis)('two programmes side by side', () => {
  let service: IngestService

  const checkIn = (uitpasNumber: string, eventId: string) =>
    call(service, { method: 'POST', url: '/checkins', payload: { uitpasNumber, eventId } })
  const typeOf = (reply: Awaited<ReturnType<typeof checkIn>>) => [reply.statusCode, reply.json().type?.replace(PROBLEM, '')]
  const putOne = async (kind: string, entry: object) => {
    const headers = { authorization: `Bearer ${service.operatorToken}` }
    const reply = await service.app.inject({ method: 'PUT', url: `/registry/${kind}`, headers, payload: entry })
    return reply.json().results[0]
  }

  beforeAll(async () => {
    service = await startRewardService()
    await service.put('card-systems', [{ id: 9001, name: 'Beleefpas' }])
    await service.put('programmes', [PROGRAMME])
    const cardSystems = [{ id: 14 }, { id: 9001 }]
    await service.put('organizers', [{ id: ORGANIZER, name: 'Bib', linkedLocationId: PLACE, cardSystems }])
    await service.put('events', [atelier(ATELIER), atelier(ATELIER_UNLIMITED, { checkinPoints: 3 })])
    const own = { programme: 'beleefpas', owningCardSystem: { id: 9001 } }
    await service.put('rewards', [
      reward(DRINK, { ...own, points: 5 }),
      reward(WELCOME_OF_BOTH, { ...own, type: 'WELCOME', points: undefined, categories: undefined }),
    ])
    await service.put('passholders', [pass(LOTTE), pass(MATHIS), pass(GROWN_UP, '1990-01-01')])
  })
  afterAll(async () => service?.[Symbol.asyncDispose]())

  test('each pass checks in for its own programme, within the limit of that', async () => {
    expect((await checkIn(MATHIS.number, ATELIER)).statusCode).toBe(201)
    expect(typeOf(await checkIn(MATHIS.number, ATELIER))).toEqual([400, 'checkin-not-allowed'])
    expect((await checkIn(BRAM.number, EVENT_UNLIMITED)).statusCode).toBe(201)
    expect(typeOf(await checkIn(MATHIS.number, EVENT_UNLIMITED))).toEqual([400, 'invalid-card'])
    expect(typeOf(await checkIn(BRAM.number, ATELIER))).toEqual([400, 'invalid-card'])
    expect(await Promise.all([balance(service, MATHIS.number), balance(service, BRAM.number)])).toEqual([1, 2])
  })

  test('a number has the form of one of the programmes, or is none', async () => {
    expect(typeOf(await checkIn('BP999999', ATELIER))).toEqual([400, 'passholder-not-found'])
    expect(typeOf(await checkIn('BP99999', ATELIER))).toEqual([400, 'invalid-uitpas-number'])
    expect(typeOf(await checkIn('0900000095903', ATELIER))).toEqual([400, 'invalid-uitpas-number'])
  })

  test('who is too old for a programme is refused with its name', async () => {
    const reply = await checkIn(GROWN_UP.number, ATELIER)
    expect(typeOf(reply)).toEqual([400, 'invalid-card'])
    expect(reply.json().endUserMessage.nl).toBe('Beleefpas is niet voor jouw leeftijd.')
  })

  test('a kiosk shows the points of the programme of the pass, and finds an event of it unless it is fixed on another', async () => {
    const headers = { 'x-custom-token': DEVICE }
    const shown = await service.app.inject({ url: `/kiosk-devices/chip-numbers/${LOTTE.chip}`, headers })
    expect(shown.json()).toEqual({ totalPoints: await balance(service, LOTTE.number) })
    const hold = async (chipNumber: string, device: string) => {
      const request = { method: 'POST', url: '/kiosk-devices/checkins', headers: { 'x-custom-token': device } } as const
      return await service.app.inject({ ...request, payload: { chipNumber } })
    }
    const before = await Promise.all([balance(service, LOTTE.number), balance(service, AMINA.number)])
    expect([(await hold(LOTTE.chip, DEVICE)).statusCode, (await hold(AMINA.chip, DEVICE)).statusCode]).toEqual([200, 200])
    const after = await Promise.all([balance(service, LOTTE.number), balance(service, AMINA.number)])
    expect(after).toEqual(before.map((points) => points + 1))
    expect(typeOf(await hold(LOTTE.chip, FIXED_DEVICE))).toEqual([400, 'invalid-card'])
  })

  test('a fact of the wrong programme is kept with its flag and gives nothing', async () => {
    const before = await balance(service, LOTTE.number)
    const scannedAt = new Date().toISOString()
    const line = { nonce: 'n-1', scannedAt, eventId: EVENT_UNLIMITED, uitpasNumber: LOTTE.number }
    const headers = { ...(await service.bearer()), 'content-type': 'application/x-ndjson' }
    const reply = await service.app.inject({ method: 'POST', url: '/batches', headers, payload: `${JSON.stringify(line)}\n` })
    expect(reply.body).toContain('"flags":["PASS_NOT_VALID"]')
    expect(await balance(service, LOTTE.number)).toBe(before)
  })

  test('a reward is bought with the points of its own programme, under any concurrency', async () => {
    await givePoints(service, 40)
    const bonus = {
      id: 'beleefpas.1',
      passholderId: LOTTE.id,
      from: { passholderId: LOTTE.id },
      points: 12,
      programme: 'beleefpas',
    }
    expect([await putOne('bonuses', bonus), await putOne('bonuses', bonus)]).toMatchObject([
      { changed: true },
      { changed: false },
    ])
    const before = await Promise.all([balance(service, LOTTE.number), balance(service, AMINA.number)])
    expect(typeOf(await redeem(service, DRINK, AMINA.number))[1]).toBe('reward-passholder-no-applicable-cardsystems')
    expect(typeOf(await redeem(service, COFFEE, LOTTE.number))[1]).toBe('reward-passholder-no-applicable-cardsystems')
    const replies = await Promise.all([
      ...Array.from({ length: 6 }, () => redeem(service, DRINK, LOTTE.number)),
      ...Array.from({ length: 6 }, () => redeem(service, COFFEE, AMINA.number)),
      ...Array.from({ length: 3 }, () => checkIn(AMINA.number, EVENT_UNLIMITED)),
    ])
    expect(replies.slice(0, 6).filter(({ statusCode }) => statusCode === 201)).toHaveLength(Math.floor((before[0] ?? 0) / 5))
    expect(replies.slice(6).every(({ statusCode }) => statusCode === 201)).toBe(true)
    expect(await balance(service, AMINA.number)).toBe((before[1] ?? 0) - 6 * 4 + 3 * 2)
    expect(await balance(service, LOTTE.number)).toBe((before[0] ?? 0) % 5)
  })

  test('a bonus of one programme is not for a pass of the other', async () => {
    const bonus = { id: 'x', passholderId: LOTTE.id, points: 3, label: 'x' }
    expect(await putOne('bonuses', bonus)).toMatchObject({ ok: false, problem: { detail: 'The bonus is of another programme' } })
  })

  test('points are carried over once, to one passholder, with a mark on both sides', async () => {
    const carried = { id: 'beleefpas.2', from: { passholderId: MATHIS.id }, points: 7 }
    const before = await Promise.all([balance(service, MATHIS.number), balance(service, BRAM.number)])
    expect(await putOne('bonuses', { ...carried, uitpasNumber: BRAM.number })).toMatchObject({ ok: true, changed: true })
    expect(await putOne('bonuses', { ...carried, uitpasNumber: BRAM.number })).toMatchObject({ ok: true, changed: false })
    expect(await putOne('bonuses', { ...carried, uitpasNumber: AMINA.number })).toMatchObject({ ok: false })
    expect(await putOne('bonuses', { ...carried, passholderId: MATHIS.id, programme: 'beleefpas' })).toMatchObject({ ok: false })
    const ofLotte = { ...carried, id: 'beleefpas.lotte', from: { passholderId: LOTTE.id } }
    expect(await putOne('bonuses', { ...ofLotte, passholderId: LOTTE.id, programme: 'beleefpas' })).toMatchObject({ ok: true })
    expect(await putOne('bonuses', { ...ofLotte, uitpasNumber: BRAM.number })).toMatchObject({
      problem: { detail: 'The points were given to their own pass before.' },
    })
    expect(await Promise.all([balance(service, MATHIS.number), balance(service, BRAM.number)])).toEqual([
      before[0],
      (before[1] ?? 0) + 7,
    ])
  })

  test('a welcome reward comes with a pass of its programme', async () => {
    expect((await redeem(service, WELCOME_OF_BOTH, MATHIS.number)).statusCode).toBe(201)
    expect(typeOf(await redeem(service, WELCOME_OF_BOTH, AMINA.number))[1]).toBe('reward-passholder-no-applicable-cardsystems')
  })

  test('rewards of a programme are found by its card system or its passholder, and else those of UiTPAS are', async () => {
    const idsOf = async (query: string) => {
      const reply = await call(service, { url: `/rewards?subset=ALL&limit=100${query}` })
      return reply.json().member.map(({ id }: { id: string }) => id)
    }
    expect(await idsOf('')).not.toContain(DRINK)
    expect(await idsOf('')).toContain(COFFEE)
    expect(await idsOf('&owningCardSystemId=9001')).toEqual([DRINK])
    const bonus = { id: 'rich', passholderId: LOTTE.id, points: 50, label: 'x', programme: 'beleefpas' }
    expect(await putOne('bonuses', bonus)).toMatchObject({ ok: true })
    expect(await idsOf(`&isRedeemableByPassholderId=${LOTTE.id}`)).toEqual([DRINK])
  })

  test('an event counts in card systems of its programme only', async () => {
    const permissions = ['EVENTS_UPDATE', 'EVENTS_UPDATE_ALL', 'CHECKINS_WRITE'].map((id) => ({ id }))
    const client = {
      id: 'events-client',
      name: 'x',
      secret: 'test-secret',
      permissions: [{ organizer: { id: ORGANIZER }, permissionDetails: permissions }],
    }
    await service.put('clients', [client])
    const url = `/events/${EVENT_UNLIMITED}/card-systems`
    const payload = [
      { id: 14, enabled: true },
      { id: 9001, enabled: true },
    ]
    const headers = { ...(await service.bearer('events-client', 'test-secret')), 'content-type': 'application/json' }
    const reply = await service.app.inject({ method: 'PUT', url, headers, payload })
    expect(typeOf(reply)).toEqual([400, 'invalid-card-system'])
  })

  test('programmes are there again after everything was loaded anew', async () => {
    const { registry } = service.services
    await registry.load()
    expect(registry.programmes.programme('beleefpas')).toMatchObject({ cardSystems: [9001], ages: { to: 18 } })
    expect([registry.programmes.programmeOf(9001), registry.programmes.programmeOf(14)]).toEqual(['beleefpas', 'uitpas'])
    expect(typeOf(await checkIn(MATHIS.number, EVENT_UNLIMITED))).toEqual([400, 'invalid-card'])
  })

  test('a passholder stays in the programme that it was put in', async () => {
    const { programme: _programme, ...body } = pass(LOTTE)
    const uitpas = { ...body, cardSystemMemberships: [{ cardSystem: { id: 14 } }] }
    expect(await putOne('passholders', uitpas)).toMatchObject({ ok: false, problem: { schemaErrors: [{ jsonPointer: '/id' }] } })
    expect((await checkIn(LOTTE.number, ATELIER_UNLIMITED)).statusCode).toBe(201)
  })
})
