import { join } from 'node:path'
import fc from 'fast-check'
import { generateKeyPair, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSigningKey } from '../../src/tokens/signing-key.ts'
import { AUDIENCE } from '../../src/tokens/token-services.ts'
import { askedHub } from '../asked-hub.ts'
import { COFFEE, callAsTeller, ELIF, FOREIGN, MUG, MUSEUM, PLAY, startExchangeService, TELLER } from '../exchange-service.ts'
import type { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, GROUP, ORGANIZER, OTHER_ORGANIZER, STRANGER, UNKNOWN_NUMBER } from '../small-registry.ts'

const PROBS = 'https://api.publiq.be/probs'
const KIOSK = 'd7c1cde3-9385-4e14-a5d3-3626830b7ee3'
const NOWHERE = '1c0098e7-8860-45ea-9333-00000000dead'
/** In the form of an id of a transaction, but made up. */
const NO_TRANSACTION = '019aa5c3-7d2e-7abc-8def-0123456789ab'
const BEGIN = { begin: '2026-01-01T00:00:00+00:00' }

interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly payload?: unknown
  /** Whoever has a token may. */
  readonly forAll?: true
}

const ticket = { tariff: { id: 'SOCIALTARIFF' }, uitpasNumber: AMINA.number, eventId: MUSEUM, regularPrice: 12 }
const limit = { volume: 1, periodType: 'WEEK' }
const reward = {
  title: 'Koffie',
  type: 'POINTS',
  promotionalDescription: 'Eén koffie',
  publicationPeriod: BEGIN,
  points: 2,
  categories: ['Eten en drinken'],
  moreInfoURL: 'https://www.uitpas.be',
  organizers: [{ id: ORGANIZER }],
  redeemConstraint: { volume: 1, period: 'WEEK' },
}

/** A good request of every operation that a token opens. */
const OPERATIONS: readonly Operation[] = [
  { method: 'GET', url: `/tariffs?regularPrice=12&eventId=${MUSEUM}&uitpasNumber=${AMINA.number}&type=ANY` },
  { method: 'GET', url: `/tariffs/static?regularPrice=12&eventId=${MUSEUM}` },
  { method: 'POST', url: '/ticket-sales', payload: [ticket, { ...ticket, regularPriceLabel: 'Basis' }] },
  { method: 'GET', url: `/ticket-sales?eventId=${MUSEUM}&start=0&limit=20` },
  { method: 'DELETE', url: `/ticket-sales/${NO_TRANSACTION}` },
  { method: 'POST', url: '/checkins', payload: { eventId: MUSEUM, uitpasNumber: AMINA.number } },
  { method: 'GET', url: `/checkins?passholderId=${AMINA.id}&organizerId=${ORGANIZER}&start=0&limit=20` },
  { method: 'DELETE', url: `/checkins/${NO_TRANSACTION}` },
  { method: 'GET', url: `/checkin-status?eventId=${MUSEUM}&uitpasNumber=${AMINA.number}` },
  { method: 'GET', url: '/rewards?start=0&limit=20&type=ANY&subset=ALL', forAll: true },
  { method: 'POST', url: '/rewards', payload: reward },
  { method: 'GET', url: `/rewards/${MUG}` },
  { method: 'PUT', url: `/rewards/${MUG}`, payload: reward },
  { method: 'GET', url: `/rewards/${MUG}/redeem-status?uitpasNumber=${AMINA.number}` },
  { method: 'POST', url: '/rewards/redeemed', payload: { rewardId: COFFEE, uitpasNumber: AMINA.number } },
  { method: 'GET', url: `/rewards/redeemed?uitpasNumber=${AMINA.number}&start=0&limit=20` },
  { method: 'DELETE', url: `/rewards/redeemed/${NO_TRANSACTION}` },
  { method: 'GET', url: `/events/${PLAY}/settings` },
  {
    method: 'PUT',
    url: `/events/${PLAY}/settings`,
    payload: { id: PLAY, checkinPoints: 1, checkinLimit: limit, passholderTicketLimit: limit },
  },
  { method: 'GET', url: `/events/${PLAY}/card-systems`, forAll: true },
  { method: 'PUT', url: `/events/${PLAY}/card-systems`, payload: [{ id: 14, enabled: true }] },
  { method: 'GET', url: `/events/${PLAY}/qr-checkincodes/download-link?format=pdf` },
  { method: 'GET', url: `/passes?identifier=${AMINA.number}` },
  { method: 'GET', url: `/chip-numbers/${AMINA.chip}` },
  { method: 'GET', url: `/cards?uitpasNumber=${AMINA.number}` },
  { method: 'GET', url: `/grouppasses?uitpasNumber=${GROUP.number}&start=0&limit=20` },
  { method: 'GET', url: `/passholders/${AMINA.id}` },
  { method: 'GET', url: `/passholders/${AMINA.id}/coupons?status=ALL` },
  { method: 'GET', url: `/passholders/${AMINA.id}/transactions?start=0&limit=20` },
  { method: 'GET', url: '/organizers?start=0&limit=20' },
  { method: 'GET', url: `/organizers/${ORGANIZER}` },
  { method: 'GET', url: `/kiosks?organizerId=${ORGANIZER}&start=0&limit=20` },
  { method: 'PUT', url: `/kiosks/${KIOSK}/fixed-event`, payload: { id: MUSEUM } },
  { method: 'GET', url: '/permissions', forAll: true },
  { method: 'GET', url: `/permissions/${TELLER}` },
  { method: 'GET', url: '/card-systems?start=0&limit=20', forAll: true },
]
const named = OPERATIONS.map((operation) => [`${operation.method} ${operation.url.split('?')[0]}`, operation] as const)
const withBody = named.filter(([, { payload }]) => payload !== undefined)

/** Every place in a body, as a JSON pointer, with what stands there. */
function placesOf(value: unknown, pointer = ''): (readonly [pointer: string, value: unknown])[] {
  if (typeof value !== 'object' || value === null) return [[pointer, value]]
  const below = Object.entries(value).flatMap(([key, member]) => placesOf(member, `${pointer}/${key}`))
  return pointer === '' ? below : [[pointer, value], ...below]
}

/** The body with something else at a place. */
function replaced(body: unknown, pointer: string, value: unknown): unknown {
  const [, key = '', ...rest] = pointer.split('/')
  if (key === '') return value
  const copy: Record<string, unknown> = Array.isArray(body) ? Object.assign([], body) : { ...Object(body) }
  copy[key] = replaced(copy[key], ['', ...rest].join('/'), value)
  return copy
}

describe.skipIf(!hasRedis)('bad input', () => {
  let service: IngestService
  const { hub } = askedHub()
  beforeAll(async () => {
    service = await startExchangeService({ services: { hub } })
    await service.put('bonuses', [{ id: 'start', uitpasNumber: AMINA.number, points: 1_000, label: 'Start' }])
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const call = async ({ method, url, payload }: Operation, headers: Record<string, string> = {}) =>
    await callAsTeller(service, [method, url], { payload, headers })
  const slugOf = ({ body }: { body: { type?: string } | undefined }) => body?.type?.slice(PROBS.length + 1)

  test.each(named)('%s takes its good request, so that what follows is about what is wrong', async (_name, operation) => {
    const { status } = await call(operation)
    expect(operation.url.includes(NO_TRANSACTION) ? status === 404 : status < 300).toBe(true)
  })

  describe('a token', () => {
    const tokens: Record<string, string> = {}
    beforeAll(async () => {
      const { folder, services } = service
      const own = await openSigningKey(join(folder, 'keys', 'tokens.pem'), services.secrets.key('tokens').toString('hex'))
      const key = await importJWK(own.privateJwk, 'RS256')
      const { privateKey: foreign } = await generateKeyPair('RS256')
      const now = Math.floor(Date.now() / 1_000)
      const issue = async (from: number, until: number, signer: typeof key) =>
        await new SignJWT({ client_id: TELLER, jti: `${from}` })
          .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: own.publicJwk.kid ?? '' })
          .setIssuer(`${services.publicUrl}/realms/uitid`)
          .setAudience(AUDIENCE)
          .setSubject(TELLER)
          .setIssuedAt(from)
          .setExpirationTime(until)
          .sign(signer)
      Object.assign(tokens, {
        good: await issue(now - 60, now + 600, key),
        expired: await issue(now - 7_200, now - 3_600, key),
        foreign: await issue(now - 60, now + 600, foreign),
        operator: service.operatorToken,
        nonsense: 'x.y.z',
        empty: '',
      })
    })

    test('that is made like the others here opens what it should', async () => {
      const headers = { authorization: `Bearer ${tokens.good}` }
      expect((await service.app.inject({ url: '/permissions', headers })).statusCode).toBe(200)
    })

    test.each(named)(
      'that is over, of another issuer, of the operator, nonsense or missing opens nothing: %s',
      async (_name, operation) => {
        const { method, url, payload } = operation
        const bad = ['expired', 'foreign', 'operator', 'nonsense', 'empty'].map((name) => `Bearer ${tokens[name]}`)
        for (const authorization of [...bad, undefined, 'Basic eDp5', `Bearer ${tokens.good} ${tokens.good}`]) {
          const reply = await service.app.inject({
            method,
            url,
            headers: { ...(authorization !== undefined && { authorization }) },
            ...(payload !== undefined && { payload: Object(payload) }),
          })
          expect([authorization?.slice(0, 12), reply.statusCode, slugOf({ body: reply.json() })]).toEqual([
            authorization?.slice(0, 12),
            401,
            'auth/unauthorized',
          ])
        }
      },
    )

    test.each(named.filter(([, { forAll }]) => !forAll))(
      'of a client without permission opens nothing: %s',
      async (_name, operation) => {
        const { method, url, payload } = operation
        const refused = await callAsTeller(service, [method, url], { payload, client: STRANGER })
        expect([refused.status, slugOf(refused)]).toEqual([403, 'auth/forbidden'])
      },
    )
  })

  describe('a body', () => {
    test.each(withBody)('is needed, is JSON, and no more than it may be: %s', async (_name, { method, url, payload }) => {
      const bearer = await service.bearer(TELLER, 'test-secret')
      const json = { ...bearer, 'content-type': 'application/json' }
      const send = async (headers: Record<string, string>, text?: string) => {
        const reply = await service.app.inject({ method, url, headers, ...(text !== undefined && { payload: text }) })
        return [reply.statusCode, reply.json().type?.split('/').slice(-2).join('/') ?? '', reply.headers['content-type']]
      }
      const problemJson = 'application/problem+json'
      expect(await send(bearer)).toEqual([400, 'body/missing', problemJson])
      expect(await send(json, '')).toEqual([400, 'body/missing', problemJson])
      expect(await send(json, '{"eventId":')).toEqual([400, 'body/invalid-syntax', problemJson])
      expect(await send({ ...bearer, 'content-type': 'text/xml' }, '<a/>')).toEqual([
        415,
        'header/unsupported-media-type',
        problemJson,
      ])
      expect(await send(json, JSON.stringify({ a: 'x'.repeat(70_000) }))).toEqual([
        413,
        'urn:zuil:problem:body-too-large',
        problemJson,
      ])
      for (const scalar of ['1', '"x"', 'null', 'true', Array.isArray(payload) ? '{}' : '[]']) {
        expect([scalar, ...(await send(json, scalar))]).toEqual([scalar, 400, 'body/invalid-data', problemJson])
      }
    })

    test.each(withBody)(
      'of which any part has the wrong type is refused, and the part is named: %s',
      async (_name, operation) => {
        for (const [pointer, value] of placesOf(operation.payload)) {
          const wrong = [null, true, {}, [], -1.5, '', 'x'].filter((each) => !isLike(each, value) && !isAllowed(pointer, each))
          for (const each of wrong) {
            const refused = await call({ ...operation, payload: replaced(operation.payload, pointer, each) })
            const pointers: string[] = (refused.body?.schemaErrors ?? []).map(
              ({ jsonPointer }: { jsonPointer: string }) => jsonPointer,
            )
            const isNamed = pointers.some((named) => named === pointer || named.startsWith(`${pointer}/`))
            expect([pointer, each, refused.status, slugOf(refused), isNamed]).toEqual([
              pointer,
              each,
              400,
              'body/invalid-data',
              true,
            ])
          }
        }
      },
    )

    test.each(withBody)('of any kind gets an answer that is documented: %s', async (_name, operation) => {
      await fc.assert(
        fc.asyncProperty(strangeBodies(operation.payload), async (payload) => {
          const { status, headers } = await call({ ...operation, payload })
          expect(status).toBeLessThan(500)
          if (status >= 400) expect(headers['content-type']).toBe('application/problem+json')
        }),
        { numRuns: 30 },
      )
    })
  })

  test.each(named.filter(([, { url }]) => url.includes('?')))(
    'a query of any kind gets an answer that is documented: %s',
    async (_name, operation) => {
      const [path = '', query = ''] = operation.url.split('?')
      const names = [...new URLSearchParams(query).keys()]
      const strange = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '-1', '1e9', '501', 'NaN', '٣', '%', 'x'.repeat(2_000)),
      )
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...names), strange, async (name, value) => {
          const parameters = new URLSearchParams(query)
          parameters.set(name, value)
          const { status, headers } = await call({ ...operation, url: `${path}?${parameters}` })
          expect(status).toBeLessThan(500)
          if (status >= 400) expect(headers['content-type']).toBe('application/problem+json')
        }),
        { numRuns: 20 },
      )
    },
  )

  test.each(named.filter(([, { url }]) => url.includes('limit=')))(
    'a page beyond the bounds is refused: %s',
    async (_name, operation) => {
      for (const bound of ['limit=501', 'limit=999999999', 'limit=20&start=100001']) {
        const refused = await call({
          ...operation,
          url: operation.url.replace(/limit=20/, bound).replace('start=0&limit=20&', ''),
        })
        expect([bound, refused.status, slugOf(refused)]).toEqual([bound, 400, 'url/query-limit-exceeded'])
      }
      for (const nonsense of ['limit=-1', 'limit=x', 'limit=1.5']) {
        expect((await call({ ...operation, url: operation.url.replace(/limit=20/, nonsense) })).status).toBe(404)
      }
    },
  )

  const unknown: readonly (readonly [string, Operation, number, string])[] = [
    [
      'an event, at a sale',
      { method: 'POST', url: '/ticket-sales', payload: [ticket, { ...ticket, eventId: NOWHERE }] },
      400,
      'uitpas/event-not-found',
    ],
    [
      'a card, at a sale',
      { method: 'POST', url: '/ticket-sales', payload: [ticket, { ...ticket, uitpasNumber: UNKNOWN_NUMBER }] },
      400,
      'uitpas/passholder-not-found',
    ],
    [
      'a number that is none, at a sale',
      { method: 'POST', url: '/ticket-sales', payload: [ticket, { ...ticket, uitpasNumber: '123' }] },
      400,
      'uitpas/invalid-uitpas-number',
    ],
    [
      'a suspended right, at a sale',
      { method: 'POST', url: '/ticket-sales', payload: [ticket, { ...ticket, uitpasNumber: ELIF.number }] },
      400,
      'uitpas/social-tariff-suspended',
    ],
    [
      'a coupon, at a sale',
      { method: 'POST', url: '/ticket-sales', payload: [ticket, { ...ticket, tariff: { id: 'COUPON_1' } }] },
      400,
      'uitpas/invalid-coupon',
    ],
    [
      'an event of others, at a sale',
      { method: 'POST', url: '/ticket-sales', payload: [ticket, { ...ticket, eventId: FOREIGN }] },
      403,
      'auth/forbidden',
    ],
    ['a sale', { method: 'DELETE', url: '/ticket-sales/21345' }, 404, 'uitpas/ticket-sale-not-found'],
    ['a redemption', { method: 'DELETE', url: '/rewards/redeemed/1' }, 404, 'url/not-found'],
    [
      'a reward to redeem',
      { method: 'POST', url: '/rewards/redeemed', payload: { rewardId: '1', uitpasNumber: AMINA.number } },
      400,
      'uitpas/reward-not-found',
    ],
    ['a reward to change', { method: 'PUT', url: '/rewards/1', payload: reward }, 404, 'uitpas/reward-not-found'],
    [
      'an event to set',
      { method: 'PUT', url: `/events/${NOWHERE}/settings`, payload: { id: NOWHERE, checkinPoints: 1 } },
      404,
      'uitpas/event-not-found',
    ],
    [
      'a card system to enable',
      { method: 'PUT', url: `/events/${PLAY}/card-systems`, payload: [{ id: 999, enabled: true }] },
      400,
      'uitpas/cardsystem-not-found',
    ],
    ['an event to list sales of', { method: 'GET', url: `/ticket-sales?eventId=${NOWHERE}` }, 200, ''],
    [
      'a passholder to list check-ins of',
      { method: 'GET', url: `/checkins?passholderId=nobody&organizerId=${ORGANIZER}` },
      200,
      '',
    ],
    [
      'an organizer that gave no permission',
      { method: 'GET', url: `/checkins?passholderId=${AMINA.id}&organizerId=${OTHER_ORGANIZER}` },
      403,
      'auth/forbidden',
    ],
    [
      'a passholder to check in',
      { method: 'POST', url: '/passholders/nobody/checkins', payload: { checkinCode: 'ABCDEFG' } },
      400,
      'uitpas/checkin-code-invalid',
    ],
  ]
  test.each(unknown)('what is unknown has its problem: %s', async (_what, operation, status, slug) => {
    const reply = await call(operation)
    expect([reply.status, slugOf(reply) ?? '']).toEqual([status, slug])
    if (operation.url === '/ticket-sales' && operation.method === 'POST' && status === 400)
      expect(reply.body.jsonPointer).toBe('/1')
  })
})

/** Whether a value has the type of the one it would replace. */
function isLike(value: unknown, original: unknown): boolean {
  if (Array.isArray(original)) return Array.isArray(value)
  return original !== null && !Array.isArray(value) && value !== null && typeof value === typeof original
}

/** Types that a place takes beside that of the good request. */
function isAllowed(pointer: string, value: unknown): boolean {
  // A price may be a text; what is wrong with such a text is another case.
  return pointer.endsWith('/regularPrice') && typeof value === 'string'
}

/** The good body with something strange at one of its places, or something else altogether. */
function strangeBodies(payload: unknown): fc.Arbitrary<unknown> {
  const pointers = placesOf(payload).map(([pointer]) => pointer)
  const strange = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('\0', '__proto__', 'x'.repeat(5_000), 1e308, -0, 2 ** 53, '1e3', '0x10', ' 12', '12,50'),
  )
  return fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.tuple(fc.constantFrom(...pointers), strange).map(([pointer, value]) => replaced(payload, pointer, value)),
  )
}
