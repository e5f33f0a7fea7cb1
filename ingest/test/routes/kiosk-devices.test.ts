import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import {
  AMINA,
  BRAM,
  CELINE,
  CONFIGURATION_CODE,
  DEVICE,
  EVENT,
  EVENT_OF_OTHER,
  EVENT_OVER,
  EVENT_UNLIMITED,
  FIXED_DEVICE,
  GROUP,
  STOCK,
} from '../small-registry.ts'

const UITPAS = 'https://api.publiq.be/probs/uitpas'

describe.skipIf(!hasRedis)('a kiosk', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const call = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, options: { body?: object; token?: string } = {}) =>
    service.app.inject({
      method,
      url: `/kiosk-devices${path}`,
      headers: { 'x-custom-token': options.token ?? DEVICE },
      ...(options.body && { payload: options.body }),
    })

  test.each([
    ['GET', ''],
    ['GET', '/events'],
    ['PUT', '/events'],
    ['DELETE', '/events'],
    ['GET', '/checkins'],
    ['POST', '/checkins'],
    ['GET', `/chip-numbers/${AMINA.chip}`],
  ] as const)('is not known by another token: %s /kiosk-devices%s', async (method, path) => {
    const replies = await Promise.all([
      call(method, path, { token: 'no-such-device' }),
      service.app.inject({ method, url: `/kiosk-devices${path}`, headers: await service.bearer() }),
    ])
    expect(replies.map((reply) => [reply.statusCode, reply.json().type])).toEqual([
      [401, 'https://api.publiq.be/probs/auth/unauthorized'],
      [401, 'https://api.publiq.be/probs/auth/unauthorized'],
    ])
  })

  test('reads what it is', async () => {
    const reply = await call('GET', '')
    expect(reply.json()).toEqual({
      id: 'd7c1cde3-9385-4e14-a5d3-3626830b7ee3',
      name: 'CID-MLS-001',
      deviceId: DEVICE,
      organizers: [{ id: 'd42cb5d9-adee-47b8-90a9-d030f04dbe26', name: 'Bibliotheek Maasmechelen' }],
      locations: [{ id: '2bfc6f1a-edb7-4bc3-ac3a-f9162693390b', name: 'Bibliotheek' }],
      cardSystem: { id: 14, name: 'UiTPAS Maasland', cities: [{ postalCode: '3630', name: 'Maasmechelen' }], permanent: true },
      releaseTrack: 'stable',
    })
  })

  test('saves points for its fixed event with 200, new points and the balance, and accepts lower case', async () => {
    const before = await call('GET', `/chip-numbers/${BRAM.chip}`, { token: FIXED_DEVICE })
    const reply = await call('POST', '/checkins', { token: FIXED_DEVICE, body: { chipNumber: BRAM.chip.toLowerCase() } })
    expect([reply.statusCode, reply.json()]).toEqual([200, { newPoints: 2, totalPoints: before.json().totalPoints + 2 }])
    const after = await call('GET', `/chip-numbers/${BRAM.chip}`, { token: FIXED_DEVICE })
    expect(after.json()).toEqual({ totalPoints: before.json().totalPoints + 2 })
  })

  test('says maximum-reached when the limit of the event is reached', async () => {
    await call('PUT', '/events', { body: { id: EVENT } })
    const first = await call('POST', '/checkins', { body: { chipNumber: AMINA.chip } })
    const second = await call('POST', '/checkins', { body: { chipNumber: AMINA.chip } })
    await call('DELETE', '/events')
    expect([first.statusCode, second.statusCode]).toEqual([200, 400])
    expect(second.json()).toMatchObject({
      type: `${UITPAS}/maximum-reached`,
      title: 'Maximum reached',
      endUserMessage: { nl: expect.stringMatching(/per week/) },
    })
  })

  test.each([
    ['a chip that no card has', '04FFFFFFFFFFFF', 'passholder-not-found'],
    ['what is no chip number', 'zz', 'passholder-not-found'],
    ['a card that nobody has', STOCK.chip, 'passholder-not-found'],
    ['a blocked card', CELINE.chip, 'card-blocked'],
    ['a group pass', GROUP.chip, 'invalid-card'],
  ])('refuses %s', async (_name, chipNumber, slug) => {
    const reply = await call('POST', '/checkins', { body: { chipNumber } })
    expect([reply.statusCode, reply.json().type]).toEqual([400, `${UITPAS}/${slug}`])
    expect(reply.json().endUserMessage.nl).toEqual(expect.any(String))
  })

  test.each([
    ['a chip that no card has', '04FFFFFFFFFFFF', 404, 'pass-not-found'],
    ['what is no chip number', 'zz', 404, 'pass-not-found'],
    ['a blocked card', CELINE.chip, 400, 'card-blocked'],
    ['a group pass', GROUP.chip, 400, 'invalid-card'],
  ])('has no balance for %s', async (_name, chip, status, slug) => {
    const reply = await call('GET', `/chip-numbers/${chip}`)
    expect([reply.statusCode, reply.json().type]).toEqual([status, `${UITPAS}/${slug}`])
  })

  test('is fixed on an event and let go again, and reads back at once what it was told', async () => {
    const none = await call('GET', '/events')
    const put = await call('PUT', '/events', { body: { id: EVENT_UNLIMITED } })
    const fixed = await call('GET', '/events')
    const current = await call('GET', '/checkins')
    const deleted = await call('DELETE', '/events')
    const gone = await call('GET', '/events')
    expect([none.statusCode, put.statusCode, deleted.statusCode, gone.statusCode]).toEqual([404, 204, 204, 404])
    expect(none.json().type).toBe(`${UITPAS}/event-not-found`)
    const shown = {
      checkinPoints: 2,
      event: { id: EVENT_UNLIMITED, title: 'Altijd' },
      checkinCode: expect.stringMatching(/^[A-Z]{7}$/),
    }
    expect([fixed.json(), current.json()]).toEqual([shown, shown])
  })

  test.each([
    ['an unknown event', 'nowhere', 'event-not-found'],
    ['an event of somebody else', EVENT_OF_OTHER, 'event-not-acceptable'],
    ['an event that is over', EVENT_OVER, 'event-not-acceptable'],
  ])('is not fixed on %s', async (_name, id, slug) => {
    const reply = await call('PUT', '/events', { body: { id } })
    expect([reply.statusCode, reply.json().type]).toEqual([400, `${UITPAS}/${slug}`])
  })

  test('finds an event of its organizers and places by itself', async () => {
    const reply = await call('GET', '/checkins')
    expect([reply.statusCode, reply.json().event.id]).toEqual([200, expect.stringMatching(/^1c0098e7-8860-45ea-9333-/)])
  })
})

describe.skipIf(!hasRedis)('setting up a kiosk', () => {
  const setUp = (service: IngestService, body: object, token = CONFIGURATION_CODE) =>
    service.app.inject({ method: 'PUT', url: '/kiosk-devices/setup', headers: { 'x-custom-token': token }, payload: body })

  test('gives a device to the kiosk of the configuration code, once', async () => {
    await using service = await IngestService.start()
    const taken = await setUp(service, { name: 'CID-MLS-004', deviceId: DEVICE })
    const wrongName = await setUp(service, { name: 'CID-MLS-001', deviceId: 'new-device' })
    const done = await setUp(service, { name: 'CID-MLS-004', deviceId: 'new-device' })
    const again = await setUp(service, { name: 'CID-MLS-004', deviceId: 'other-device' })
    const works = await service.app.inject({ url: '/kiosk-devices', headers: { 'x-custom-token': 'new-device' } })
    expect(taken.json().type).toBe(`${UITPAS}/kiosk-device-already-in-use`)
    expect(wrongName.json().type).toBe(`${UITPAS}/kiosk-not-found`)
    expect([done.statusCode, done.json().deviceId]).toEqual([200, 'new-device'])
    expect(again.json().type).toBe(`${UITPAS}/kiosk-already-configured`)
    expect([works.statusCode, works.json().name]).toEqual([200, 'CID-MLS-004'])
  })

  test('is refused without a code, and after a few tries of one address for a while', async () => {
    await using service = await IngestService.start()
    const body = { name: 'CID-MLS-004', deviceId: 'new-device' }
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await setUp(service, body, `GUESS-${i}`)).statusCode)
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401))
    const limited = await setUp(service, body)
    expect([limited.statusCode, limited.json().type]).toEqual([429, `${UITPAS}/rate-limited`])
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
  })
})
