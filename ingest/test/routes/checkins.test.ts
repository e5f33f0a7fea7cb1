import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import {
  AMINA,
  BRAM,
  CELINE,
  COUNTER,
  DIRK,
  EVENT,
  EVENT_AT_PLACE,
  EVENT_CANCELLED,
  EVENT_OF_OTHER,
  EVENT_OVER,
  EVENT_UNLIMITED,
  event,
  GROUP,
  ORGANIZER,
  SECRET,
  STOCK,
  STRANGER,
  UNKNOWN_NUMBER,
} from '../small-registry.ts'

const PROBS = 'https://api.publiq.be/probs'
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

interface Call {
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly client?: string
}

async function checkIn(service: IngestService, { body, headers = {}, client }: Call) {
  const bearer = client === undefined ? await service.bearer() : await service.bearer(client, SECRET)
  return await service.app.inject({
    method: 'POST',
    url: '/checkins',
    headers: { ...bearer, 'content-type': 'application/json', ...headers },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

describe.skipIf(!hasRedis)('POST /checkins', () => {
  test('answers 201 with the check-in as the official API does', async () => {
    await using service = await IngestService.start()
    const reply = await checkIn(service, { body: { eventId: EVENT, uitpasNumber: AMINA.number }, client: COUNTER })
    expect(reply.statusCode).toBe(201)
    expect(reply.headers['content-type']).toMatch(/^application\/json/)
    expect(reply.headers['access-control-allow-origin']).toBe('*')
    expect(reply.json()).toEqual({
      id: expect.stringMatching(UUID_V7),
      creationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
      eventId: EVENT,
      eventTitle: 'Bezoek aan de bib',
      uitpasNumber: AMINA.number,
      points: 1,
    })
  })

  test('shows the passholder with the new balance to a client with PASSHOLDERS_SEARCH', async () => {
    await using service = await IngestService.start()
    const reply = await checkIn(service, { body: { eventId: EVENT_UNLIMITED, uitpasNumber: BRAM.number } })
    expect(reply.json().passholder).toEqual({
      id: BRAM.id,
      name: 'Peeters',
      firstName: 'Bram',
      dateOfBirth: '1987-05-12',
      postalCode: '3630',
      address: { postalCode: '3630', city: 'Maasmechelen' },
      points: 2,
      uitpasNumber: BRAM.number,
      cardSystemMemberships: [
        {
          cardSystem: {
            id: 14,
            name: 'UiTPAS Maasland',
            cities: [{ postalCode: '3630', name: 'Maasmechelen' }],
            permanent: true,
          },
          uitpasNumber: BRAM.number,
          currentCard: { uitpasNumber: BRAM.number, cardType: 'NFC_CARD', status: 'ACTIVE' },
          status: 'ACTIVE',
          socialTariff: { status: 'EXPIRED', endDate: '2026-04-30T21:59:59+00:00', inGracePeriod: false, expired: true },
        },
      ],
    })
  })

  test('ignores members that belong to answers, and accepts a trailing slash', async () => {
    await using service = await IngestService.start()
    const reply = await service.app.inject({
      method: 'POST',
      url: '/checkins/',
      headers: { ...(await service.bearer(COUNTER, SECRET)), 'content-type': 'application/json' },
      payload: JSON.stringify({ id: 'x', points: 99, eventId: EVENT, uitpasNumber: AMINA.number, passholder: { name: 1 } }),
    })
    expect([reply.statusCode, reply.json().points]).toEqual([201, 1])
  })

  test('spells the problem of a number that is none as the installation says, also for tariffs and sales', async () => {
    await using service = await IngestService.start({ config: { numberProblem: 'invalid-uitpasnumber' } })
    const permissionDetails = ['CHECKINS_WRITE', 'TARIFFS_READ', 'TICKETSALES_REGISTER', 'REWARDS_REDEEM'].map((id) => ({ id }))
    const permissions = [{ organizer: { id: ORGANIZER }, permissionDetails }]
    await service.put('clients', [{ id: COUNTER, name: COUNTER, secret: SECRET, permissions }])
    const headers = await service.bearer(COUNTER, SECRET)
    const ticket = { eventId: EVENT, uitpasNumber: '123' }
    const sale = { ...ticket, regularPrice: 5, tariff: { id: 'SOCIALTARIFF' } }
    const replies = [
      await service.app.inject({ method: 'POST', url: '/checkins', headers, payload: ticket }),
      await service.app.inject({ url: `/tariffs?regularPrice=5&eventId=${EVENT}&uitpasNumber=123`, headers }),
      await service.app.inject({ method: 'POST', url: '/ticket-sales', headers, payload: [sale] }),
    ]
    for (const reply of replies) {
      const { type, title, status, endUserMessage } = reply.json()
      expect({ type, title, status }).toEqual({
        type: `${PROBS}/uitpas/invalid-uitpasnumber`,
        title: 'UiTPAS number invalid',
        status: 400,
      })
      expect(endUserMessage.nl).toContain('13 cijfers')
    }
    const payload = { rewardId: '1', uitpasNumber: '123' }
    const redemption = await service.app.inject({ method: 'POST', url: '/rewards/redeemed', headers, payload })
    expect(redemption.json().type).toBe(`${PROBS}/uitpas/invalid-uitpas-number`)
  })

  test('saves points around an event for as long as the installation says', async () => {
    const hour = 3_600_000
    const at = (offset: number) => new Date(Date.now() + offset * hour).toISOString()
    const concert = (id: string, from: number, to: number) => {
      const { calendarType: _permanent, ...rest } = event(id, { title: 'Concert' })
      const days = { startDate: at(from), endDate: at(to) }
      return { ...rest, calendarType: 'single', ...days, subEvent: [{ ...days, status: { type: 'Available' } }] }
    }
    const [soon, over] = ['1c0098e7-8860-45ea-9333-0000000000d1', '1c0098e7-8860-45ea-9333-0000000000d2']
    const statuses = async (config: object) => {
      await using service = await IngestService.start({ config })
      await service.put('events', [concert(soon, 2, 3), concert(over, -3, -2)])
      const bodies = [soon, over].map((eventId) => ({ eventId, uitpasNumber: AMINA.number }))
      return (await Promise.all(bodies.map((body) => checkIn(service, { body })))).map(({ statusCode }) => statusCode)
    }
    expect(await statuses({})).toEqual([201, 201])
    expect(await statuses({ grace: { beforeMs: hour, afterMs: 3 * hour } })).toEqual([400, 201])
    expect(await statuses({ grace: { beforeMs: 3 * hour, afterMs: hour } })).toEqual([201, 400])
  })

  test('gives one point of a hundred simultaneous requests where the limit is one', async () => {
    await using service = await IngestService.start()
    const body = { eventId: EVENT, uitpasNumber: AMINA.number }
    const replies = await Promise.all(Array.from({ length: 100 }, () => checkIn(service, { body, client: COUNTER })))
    const statuses = replies.map((reply) => reply.statusCode).sort()
    expect(statuses).toEqual([201, ...Array.from({ length: 99 }, () => 400)])
    const refused = replies.find((reply) => reply.statusCode === 400)
    expect(refused?.json()).toMatchObject({
      type: `${PROBS}/uitpas/checkin-not-allowed`,
      endUserMessage: { nl: expect.any(String) },
    })
  })

  test('notices within a second that a card was blocked', async () => {
    await using service = await IngestService.start()
    const { passholder } = await import('../small-registry.ts')
    const blocked = passholder(AMINA, { firstName: 'Amina', name: 'El Idrissi', cardStatus: 'BLOCKED' })
    await service.put('passholders', [blocked])
    const reply = await checkIn(service, { body: { eventId: EVENT, uitpasNumber: AMINA.number }, client: COUNTER })
    expect(reply.json().type).toBe(`${PROBS}/uitpas/invalid-card-status`)
  })
})

describe.skipIf(!hasRedis)('what POST /checkins refuses', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const valid = { eventId: EVENT, uitpasNumber: AMINA.number }
  const refused: readonly (readonly [string, Call, number, string])[] = [
    ['no body', { body: '' }, 400, 'body/missing'],
    ['half a body', { body: '{"eventId":' }, 400, 'body/invalid-syntax'],
    ['an unknown event', { body: { ...valid, eventId: '00000000-0000-0000-0000-000000000000' } }, 400, 'uitpas/event-not-found'],
    ['an event that is over', { body: { ...valid, eventId: EVENT_OVER } }, 400, 'uitpas/checkin-not-allowed'],
    ['a cancelled event', { body: { ...valid, eventId: EVENT_CANCELLED } }, 400, 'uitpas/checkin-not-allowed'],
    ['an event of another organizer', { body: { ...valid, eventId: EVENT_OF_OTHER } }, 403, 'auth/forbidden'],
    ['a client without permissions', { body: valid, client: STRANGER }, 403, 'auth/forbidden'],
    ['a number of 12 digits', { body: { ...valid, uitpasNumber: '091400012340' } }, 400, 'uitpas/invalid-uitpas-number'],
    ['a wrong check digit', { body: { ...valid, uitpasNumber: '0914000123409' } }, 400, 'uitpas/invalid-uitpas-number'],
    ['a number that no card has', { body: { ...valid, uitpasNumber: UNKNOWN_NUMBER } }, 400, 'uitpas/passholder-not-found'],
    ['a card that nobody has yet', { body: { ...valid, uitpasNumber: STOCK.number } }, 400, 'uitpas/passholder-not-found'],
    ['a group pass', { body: { ...valid, uitpasNumber: GROUP.number } }, 400, 'uitpas/invalid-card'],
    ['a blocked card', { body: { ...valid, uitpasNumber: CELINE.number } }, 400, 'uitpas/invalid-card-status'],
    ['a blocked membership', { body: { ...valid, uitpasNumber: DIRK.number } }, 400, 'uitpas/passholder-no-active-cardsystems'],
    ['a body of 65 kB', { body: { ...valid, note: 'x'.repeat(66_000) } }, 413, ''],
    ['XML', { body: '<checkin/>', headers: { 'content-type': 'application/xml' } }, 415, 'header/unsupported-media-type'],
    ['plain text', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'header/unsupported-media-type'],
    ['a client that takes XML only', { body: valid, headers: { accept: 'application/xml' } }, 406, 'header/not-acceptable'],
    ['an empty key', { body: valid, headers: { 'idempotency-key': '' } }, 400, 'header/invalid'],
    ['a key with a space', { body: valid, headers: { 'idempotency-key': 'a b' } }, 400, 'header/invalid'],
    ['a key of 256 characters', { body: valid, headers: { 'idempotency-key': 'k'.repeat(256) } }, 400, 'header/invalid'],
  ]
  test.each(refused)('refuses %s', async (_name, call, status, type) => {
    const reply = await checkIn(service, call)
    const problem = reply.json()
    expect([reply.statusCode, reply.headers['content-type'], problem.status]).toEqual([
      status,
      'application/problem+json',
      status,
    ])
    if (type !== '') expect(problem.type).toBe(`${PROBS}/${type}`)
    expect(problem.title).toEqual(expect.any(String))
    // Only what a person at a counter can do something about has a text for people.
    if (type.startsWith('uitpas/')) expect(problem.endUserMessage?.nl).toEqual(expect.any(String))
  })

  test('names every fault of a body in the official wording', async () => {
    const reply = await checkIn(service, { body: { uitpasNumber: 914000123408 } })
    expect(reply.json()).toEqual({
      type: `${PROBS}/body/invalid-data`,
      title: 'Invalid body data',
      status: 400,
      schemaErrors: [
        { jsonPointer: '/', error: 'Required property "eventId" missing.' },
        { jsonPointer: '/uitpasNumber', error: 'The data (integer) must match the type: string' },
      ],
    })
  })

  /** Payloads that have brought services down, or made two cards one. */
  const poison: readonly (readonly [string, string])[] = [
    ['null', 'null'],
    ['a number', '5'],
    ['an array', '[]'],
    ['a text', '"x"'],
    ['true', 'true'],
    ['null for a number', `{"eventId":"${EVENT}","uitpasNumber":null}`],
    ['a number in an array', `{"eventId":"${EVENT}","uitpasNumber":["${AMINA.number}"]}`],
    ['a number beyond 2^53', `{"eventId":"${EVENT}","uitpasNumber":12345678901234567890}`],
    ['infinity', `{"eventId":"${EVENT}","uitpasNumber":1e400}`],
    ['minus zero', `{"eventId":-0,"uitpasNumber":"${AMINA.number}"}`],
    ['NaN', `{"eventId":NaN,"uitpasNumber":"${AMINA.number}"}`],
    ['a prototype', `{"__proto__":{"eventId":"${EVENT}"},"uitpasNumber":"${AMINA.number}"}`],
    ['a constructor', `{"constructor":{"prototype":{"x":1}},"eventId":"${EVENT}","uitpasNumber":"x"}`],
    ['a lone surrogate', `{"eventId":"\\ud800","uitpasNumber":"${AMINA.number}"}`],
    ['NUL', `{"eventId":"a\\u0000b","uitpasNumber":"${AMINA.number}"}`],
    ['full-width digits', `{"eventId":"${EVENT}","uitpasNumber":"０９１４０００１２３４０８"}`],
    ['a number with a line break', `{"eventId":"${EVENT}","uitpasNumber":"${AMINA.number}\\n"}`],
    ['deep nesting', `{"eventId":${'['.repeat(20_000)}${']'.repeat(20_000)},"uitpasNumber":"x"}`],
    ['many members', `{${Array.from({ length: 5_000 }, (_, i) => `"m${i}":0`).join(',')}}`],
    ['an endless event id', JSON.stringify({ eventId: 'e'.repeat(60_000), uitpasNumber: AMINA.number })],
  ]
  test.each(poison)('answers %s with 400 and a short problem document', async (_name, body) => {
    const reply = await checkIn(service, { body, client: COUNTER })
    expect(reply.statusCode).toBe(400)
    expect(reply.body.length).toBeLessThan(4_000)
  })

  test('takes a byte that is not UTF-8 for no card at all', async () => {
    const bytes = Buffer.concat([Buffer.from(`{"eventId":"${EVENT}","uitpasNumber":"`), Buffer.of(0xff), Buffer.from('"}')])
    const headers = { ...(await service.bearer()), 'content-type': 'application/json' }
    const reply = await service.app.inject({ method: 'POST', url: '/checkins', headers, payload: bytes })
    expect(reply.json().type).toBe(`${PROBS}/uitpas/invalid-uitpas-number`)
  })

  test('lets the last of two equal members count, as JSON parsers do', async () => {
    const body = `{"eventId":"${EVENT}","uitpasNumber":"${AMINA.number}","uitpasNumber":"${CELINE.number}"}`
    const reply = await checkIn(service, { body })
    expect(reply.json().type).toBe(`${PROBS}/uitpas/invalid-card-status`)
  })

  test('lets the organizer of the place check in at an event of somebody else', async () => {
    const reply = await checkIn(service, { body: { eventId: EVENT_AT_PLACE, uitpasNumber: BRAM.number }, client: COUNTER })
    expect(reply.statusCode).toBe(201)
  })

  test('tells an address without this method from one that does not exist', async () => {
    const [method, address] = await Promise.all([
      service.app.inject({ method: 'PUT', url: '/checkins' }),
      service.app.inject({ method: 'GET', url: '/chekins' }),
    ])
    expect([method.statusCode, method.headers.allow, method.json().type]).toEqual([
      405,
      'POST, GET, HEAD',
      `${PROBS}/method/not-allowed`,
    ])
    expect([address.statusCode, address.json().type]).toEqual([404, `${PROBS}/url/not-found`])
  })

  test('answers a preflight of any origin', async () => {
    const headers = {
      origin: 'https://balie.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,idempotency-key',
    }
    const reply = await service.app.inject({ method: 'OPTIONS', url: '/checkins', headers })
    expect([reply.statusCode, reply.body]).toEqual([204, ''])
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-allow-headers': 'authorization,idempotency-key',
      'access-control-max-age': '86400',
    })
  })

  test('tells an OPTIONS request that is no preflight what a preflight has', async () => {
    const reply = await service.app.inject({ method: 'OPTIONS', url: '/checkins' })
    expect([reply.statusCode, reply.json().type]).toEqual([400, `${PROBS}/header/invalid`])
  })
})
