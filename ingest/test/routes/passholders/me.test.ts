import { decodeRecord } from '@zuil/core/contracts/journal'
import type { InjectOptions } from 'fastify'
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkinCode, codeDay } from '../../../src/checkins/checkin-code.ts'
import { formatReceipt } from '../../../src/checkins/receipt.ts'
import { createTokenVerifier, type TokenVerifier } from '../../../src/tokens/token-verifier.ts'
import { askedHub } from '../../asked-hub.ts'
import { IngestService } from '../../ingest-service.ts'
import { journalOf } from '../../journal.ts'
import {
  APP,
  bearerOf,
  FAMILY_SINCE,
  MOTHER,
  MOTHER_ACCOUNT,
  NEIGHBOUR,
  NOBODY,
  POWERLESS,
  putPeople,
  SAMI,
} from '../../people.ts'
import { hasRedis } from '../../redis-server.ts'
import { AMINA, BRAM, CLIENT, EVENT, EVENT_UNLIMITED, GROUP, ORGANIZER, SECRET, UNKNOWN_NUMBER } from '../../small-registry.ts'

const FORBIDDEN = 'https://api.publiq.be/probs/auth/forbidden'
const UNAUTHORIZED = 'https://api.publiq.be/probs/auth/unauthorized'
const NOT_FOUND = 'https://api.publiq.be/probs/uitpas/passholder-not-found'
/** A Saturday, 12:00 in Brussels, in the future of every clock: Redis keeps counters by its own. */
const NOON = Date.parse('2099-11-21T12:00:00+01:00')
const HOUR_SECONDS = 3_600

describe.skipIf(!hasRedis)('somebody who signed in', () => {
  let service: IngestService
  let mother: { authorization: string }
  let neighbour: { authorization: string }
  const { hub, asked } = askedHub()
  beforeAll(async () => {
    service = await IngestService.start({ services: { hub } })
    await putPeople(service)
    mother = await bearerOf(service, MOTHER)
    neighbour = await bearerOf(service, NEIGHBOUR)
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const ask = async (headers: { authorization: string }, options: InjectOptions) => {
    const reply = await service.app.inject({ ...options, headers })
    return { status: reply.statusCode, body: reply.body === '' ? undefined : reply.json() }
  }
  const codeOf = (event: string) => checkinCode(service.services.secrets, { id: event }, codeDay(Date.now()))
  const scan = (id: string, event: string): InjectOptions => ({
    method: 'POST',
    url: `/passholders/${id}/checkins`,
    payload: { checkinCode: codeOf(event) },
  })

  test('reads the own passholder with everything that is known, as me', async () => {
    const { status, body } = await ask(mother, { url: '/passholders/me' })
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ id: AMINA.id, inszNumber: '87051213311', uitpasNumber: AMINA.number }),
    ])
  })

  test('reads the family, with as little as possible of the others', async () => {
    const { status, body } = await ask(mother, { url: '/passholders/me/family-members' })
    expect([status, body.length]).toEqual([200, 2])
    expect(body[0]).toMatchObject({ uitpasNumber: AMINA.number, mainFamilyMember: true, passholder: { id: AMINA.id } })
    expect(body[1]).toMatchObject({
      uitpasNumber: SAMI.number,
      icon: 'fox',
      creationDate: FAMILY_SINCE,
      mainFamilyMember: false,
      passholder: { id: SAMI.id, firstName: 'Sami', points: expect.any(Number) },
    })
    expect(Object.keys(body[0].passholder)).not.toContain('inszNumber')
    expect((await ask(neighbour, { url: '/passholders/me/family-members' })).body).toHaveLength(1)
  })

  test('checks in as me, and the family beside it with the same code at the same moment (surprise 28)', async () => {
    const replies = await Promise.all(['me', SAMI.id].map((id) => ask(mother, scan(id, EVENT))))
    expect(replies).toEqual(replies.map(() => ({ status: 201, body: { addedPoints: 1, totalPoints: 1 } })))
    const again = await ask(mother, scan(AMINA.id, EVENT))
    expect([again.status, again.body.type]).toEqual([400, 'https://api.publiq.be/probs/uitpas/checkin-not-allowed'])
    expect(again.body.endUserMessage.nl).toEqual(expect.any(String))
    expect((await ask(mother, { url: '/passholders/me' })).body.points).toBe(1)
  })

  test('is known in the journal by the app only', async () => {
    const redis = service.redis.connect()
    const before = (await journalOf(redis)).length
    expect((await ask(neighbour, scan('me', EVENT_UNLIMITED))).status).toBe(201)
    // what was refused before is counted there too, about a second later
    const texts = (await journalOf(redis)).slice(before).map(({ text }) => text)
    expect(texts.filter((text) => decodeRecord(text).kind === 'transaction')).toHaveLength(1)
    const text = texts.join()
    expect(text).toContain(APP.client)
    for (const secret of ['account-of-bram', NEIGHBOUR.email, BRAM.id, BRAM.number]) expect(text).not.toContain(secret)
  })

  test('repeats a request with its key and gets the same answer, whoever else has that key', async () => {
    const withKey = (headers: { authorization: string }) => ({ ...headers, 'idempotency-key': 'one-scan' })
    const [first, second, other] = [
      await ask(withKey(mother), scan('me', EVENT_UNLIMITED)),
      await ask(withKey(mother), scan('me', EVENT_UNLIMITED)),
      await ask(withKey(neighbour), scan('me', EVENT_UNLIMITED)),
    ]
    expect([first.status, second.body]).toEqual([201, first.body])
    expect([other.status, other.body.totalPoints]).not.toEqual([201, first.body.totalPoints])
  })

  test('reads what was earned and spent, never older than the last receipt of the app', async () => {
    const numberOf = async (id: string) => await service.services.registry.holderNumberOf(id)
    const { headers } = await service.app.inject({ ...scan('me', EVENT_UNLIMITED), headers: mother })
    for (const [asUrl, id] of [
      ['me', AMINA.id],
      [SAMI.id, SAMI.id],
    ] as const) {
      expect(await ask(mother, { url: `/passholders/${asUrl}/transactions?limit=5` })).toEqual({
        status: 200,
        body: { totalItems: 0, member: [] },
      })
      const search = asked.at(-1)
      expect([search?.filter.holder, search?.range.limit]).toEqual([await numberOf(id), 5])
      expect(search?.after.map(formatReceipt)).toContain(headers['zuil-receipt'])
    }
  })

  test('reads coupons of the own pass and of the family', async () => {
    for (const id of ['me', AMINA.id, SAMI.id]) {
      expect(await ask(mother, { url: `/passholders/${id}/coupons` })).toEqual({ status: 200, body: [] })
    }
  })

  const OTHERS: readonly (readonly [string, () => InjectOptions])[] = [
    ['check in for somebody else', () => scan(BRAM.id, EVENT_UNLIMITED)],
    ['check in for nobody', () => scan('00000000-0000-4000-8000-000000000000', EVENT_UNLIMITED)],
    ['check in for a group', () => scan(GROUP.id, EVENT_UNLIMITED)],
    ['read what somebody else did', () => ({ url: `/passholders/${BRAM.id}/transactions` })],
    ['read the family of somebody else', () => ({ url: `/passholders/${BRAM.id}/family-members` })],
    ['read coupons of somebody else', () => ({ url: `/passholders/${BRAM.id}/coupons` })],
    ['read a passholder by id', () => ({ url: `/passholders/${AMINA.id}` })],
    ['look up a pass', () => ({ url: `/passes?identifier=${AMINA.number}` })],
    ['look up a card', () => ({ url: `/cards?uitpasNumber=${AMINA.number}` })],
    ['look up a group', () => ({ url: `/grouppasses?uitpasNumber=${GROUP.number}` })],
    [
      'check in at the counter',
      () => ({ method: 'POST', url: '/checkins', payload: { uitpasNumber: AMINA.number, eventId: EVENT } }),
    ],
    ['read check-ins', () => ({ url: `/checkins?passholderId=${AMINA.id}&organizerId=${ORGANIZER}` })],
    ['sell a ticket', () => ({ method: 'POST', url: '/ticket-sales', payload: [] })],
    ['read what a client may', () => ({ url: `/permissions/${CLIENT}` })],
    ['read kiosks', () => ({ url: '/kiosks' })],
    ['preview a membership', () => ({ url: `/passholders/me/memberships/14?socialTariff=false&organizerId=${ORGANIZER}` })],
    [
      'redeem for somebody else',
      () => ({ method: 'POST', url: '/rewards/redeemed', payload: { rewardId: '1', uitpasNumber: BRAM.number } }),
    ],
    [
      'redeem for nobody',
      () => ({ method: 'POST', url: '/rewards/redeemed', payload: { rewardId: '1', uitpasNumber: UNKNOWN_NUMBER } }),
    ],
    ['read what somebody else redeemed', () => ({ url: `/rewards/redeemed?uitpasNumber=${BRAM.number}` })],
    ['read what somebody else could redeem', () => ({ url: `/rewards?isRedeemableByPassholderId=${BRAM.id}` })],
    ['take back a redemption', () => ({ method: 'DELETE', url: '/rewards/redeemed/00000000-0000-4000-8000-000000000000' })],
  ]
  test.each(OTHERS)('may not %s', async (_what, options) => {
    const { status, body } = await ask(mother, options())
    expect([status, body.type]).toEqual([403, FORBIDDEN])
  })

  test('is nobody’s mother the other way round: the family is not mutual', async () => {
    await service.put('accounts', [
      { id: 'account-of-sami', passholder: { id: SAMI.id }, email: 'sami@example.be', password: 'ook een wachtwoord' },
    ])
    const sami = await bearerOf(service, { email: 'sami@example.be', password: 'ook een wachtwoord' })
    expect((await ask(sami, scan(AMINA.id, EVENT_UNLIMITED))).status).toBe(403)
    expect((await ask(sami, scan('me', EVENT_UNLIMITED))).status).toBe(201)
  })

  test('without a passholder is told so', async () => {
    const nobody = await bearerOf(service, NOBODY)
    const answers = await Promise.all([
      ask(nobody, { url: '/passholders/me' }),
      ask(nobody, { url: '/passholders/me/transactions' }),
      ask(nobody, { url: '/passholders/me/family-members' }),
      ask(nobody, scan('me', EVENT)),
    ])
    expect(answers.map(({ status, body }) => [status, body.type])).toEqual([
      [404, NOT_FOUND],
      [404, NOT_FOUND],
      [404, NOT_FOUND],
      [400, NOT_FOUND],
    ])
    expect((await ask(nobody, scan(AMINA.id, EVENT))).status).toBe(403)
  })

  test('through an app without permissions may nothing at all', async () => {
    const powerless = await bearerOf(service, MOTHER, POWERLESS)
    for (const options of [{ url: '/passholders/me' }, { url: '/passholders/me/transactions' }, scan('me', EVENT_UNLIMITED)]) {
      expect(await ask(powerless, options)).toMatchObject({ status: 403, body: { type: FORBIDDEN } })
    }
    expect(await ask(powerless, { url: '/permissions' })).toEqual({ status: 200, body: [] })
    expect((await ask(powerless, { url: '/card-systems' })).status).toBe(200)
  })

  test('is not what a client is: me needs a person', async () => {
    await service.put('clients', [
      {
        id: 'self-client',
        name: 'Client',
        secret: SECRET,
        permissions: [
          {
            organizer: { id: ORGANIZER },
            permissionDetails: ['PASSHOLDERS_SELF_CHECKIN', 'PASSHOLDERS_SELF_READ', 'PASSHOLDERS_FAMILY_MEMBERS'].map((id) => ({
              id,
            })),
          },
        ],
      },
    ])
    const client = await service.bearer('self-client')
    const mine = [
      { url: '/passholders/me' },
      { url: '/passholders/me/transactions' },
      { url: '/passholders/me/family-members' },
      { url: '/passholders/me/coupons' },
      scan('me', EVENT_UNLIMITED),
    ]
    for (const options of mine) expect(await ask(client, options)).toMatchObject({ status: 403, body: { type: FORBIDDEN } })
    expect((await ask(client, { url: `/passholders/${AMINA.id}/family-members` })).body).toHaveLength(2)
  })
})

describe.skipIf(!hasRedis)('a token of a foreign issuer', () => {
  const ISSUER = 'https://account.example/realms/uitid'
  let service: IngestService
  let sign: (claims: JWTPayload, header?: Record<string, string>) => Promise<string>
  beforeAll(async () => {
    const [pair, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'own', alg: 'RS256' }] })
    const tokens: TokenVerifier = createTokenVerifier({
      issuer: ISSUER,
      audience: 'https://api.publiq.be',
      keys,
      personClaims: ['https://publiq.be/uitidv1id', 'sub'],
      now: () => NOON,
    })
    service = await IngestService.start({ services: { tokens } })
    await putPeople(service)
    const seconds = NOON / 1_000
    const claims = {
      iss: ISSUER,
      aud: 'https://api.publiq.be',
      client_id: APP.client,
      sub: 'nobody',
      iat: seconds,
      exp: seconds + HOUR_SECONDS,
    }
    sign = async (changed, { key = 'own', ...header } = {}) =>
      await new SignJWT({ ...claims, ...changed })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'own', ...header })
        .sign(key === 'own' ? pair.privateKey : foreign.privateKey)
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const me = async (token: string) => {
    const reply = await service.app.inject({ url: '/passholders/me', headers: { authorization: `Bearer ${token}` } })
    return [reply.statusCode, reply.json().id ?? reply.json().type]
  }

  test.each([
    ['the subject', { sub: MOTHER_ACCOUNT }],
    ['the id of the older account', { 'https://publiq.be/uitidv1id': MOTHER_ACCOUNT }],
    ['the subject, where the older id leads nowhere', { 'https://publiq.be/uitidv1id': 'gone', sub: MOTHER_ACCOUNT }],
    ['the INSZ number of who signed in with eID or itsme', { 'https://publiq.be/rrn': '87051213311' }],
    ['the INSZ number first', { 'https://publiq.be/rrn': '87051213311', sub: 'account-of-bram' }],
  ])('leads to a passholder by %s', async (_what, claims) => {
    expect(await me(await sign(claims))).toEqual([200, AMINA.id])
  })

  test('whose person has no account leads to nobody', async () => {
    expect(await me(await sign({ 'https://publiq.be/rrn': '91063061055' }))).toEqual([404, NOT_FOUND])
  })

  const seconds = NOON / 1_000
  test.each([
    ['that is over', { iat: seconds - 2 * HOUR_SECONDS, exp: seconds - HOUR_SECONDS }, {}],
    ['for another audience', { aud: 'https://other.example' }, {}],
    ['of another issuer', { iss: 'https://evil.example' }, {}],
    ['for a client that the registry does not know', { client_id: 'unknown-app' }, {}],
    ['that is an ID token', {}, { typ: 'JWT' }],
    ['that somebody else signed', {}, { key: 'foreign' }],
  ])('%s is no token here', async (_what, claims, header) => {
    expect(await me(await sign({ sub: MOTHER_ACCOUNT, ...claims }, header))).toEqual([401, UNAUTHORIZED])
  })
})
