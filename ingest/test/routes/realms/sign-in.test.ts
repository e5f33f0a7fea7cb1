import { createHash } from 'node:crypto'
import { ROLES_CLAIM } from '@zuil/core/contracts/roles'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '../../../src/services.ts'
import { IngestService } from '../../ingest-service.ts'
import { APP, MOTHER, MOTHER_ACCOUNT, NEIGHBOUR, putPeople, SITE } from '../../people.ts'
import { hasRedis } from '../../redis-server.ts'
import { AUTHORIZATION, Browser, proofIn } from '../../sign-in.ts'
import { AMINA, BRAM, CLIENT } from '../../small-registry.ts'

/** Tests sign in more often than people do. */
const LIMITS = {
  ...DEFAULT_LIMITS,
  signInFromAddress: { burst: 1_000, perSecond: 100 },
  signInOfAccount: { burst: 100, perSecond: 10 },
}

describe.skipIf(!hasRedis)('signing in', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start({ services: { limits: LIMITS } })
    await putPeople(service)
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const me = async (token: string) =>
    await service.app.inject({ url: '/passholders/me', headers: { authorization: `Bearer ${token}` } })
  const codeOf = (address: URL) => address.searchParams.get('code') ?? ''

  test.each([
    ['an app on a phone', APP],
    ['a site with a secret', SITE],
  ])('through %s leads to the own passholder', async (_what, app) => {
    const browser = new Browser(service.app)
    const back = await browser.signIn(app, MOTHER)
    expect(back.href.startsWith(app.redirectUri)).toBe(true)
    expect(back.searchParams.get('state')).toBe('state-of-the-app')
    const reply = await browser.exchange(app, codeOf(back))
    expect([reply.statusCode, reply.json()]).toEqual([
      200,
      expect.objectContaining({
        access_token: expect.any(String),
        id_token: expect.any(String),
        expires_in: 86_400,
        token_type: 'Bearer',
      }),
    ])
    const { access_token: token } = reply.json()
    expect(decodeJwt(token)).toMatchObject({ sub: MOTHER_ACCOUNT, client_id: app.client, aud: 'https://api.publiq.be' })
    expect((await me(token)).json()).toMatchObject({ id: AMINA.id, firstName: 'Amina' })
  })

  test('tells the app what the account may read of the figures, in both tokens, and for as long as it may', async () => {
    const clerk = { email: 'bediende@example.be', password: 'een wachtwoord' }
    const roles = [{ role: 'municipality', nis: 44021 }, { role: 'auditor' }]
    const tokens = async () => {
      const browser = new Browser(service.app)
      const { access_token, id_token } = (await browser.exchange(APP, codeOf(await browser.signIn(APP, clerk)))).json()
      return [decodeJwt(access_token)[ROLES_CLAIM], decodeJwt(id_token)[ROLES_CLAIM]]
    }
    await service.put('accounts', [{ id: 'clerk', ...clerk, roles }])
    expect(await tokens()).toEqual([roles, roles])
    await service.put('accounts', [{ id: 'clerk', ...clerk }])
    expect(await tokens()).toEqual([undefined, undefined])
  })

  test('shows a page in the language that is asked for, with the name of the app and without a line of script', async () => {
    const browser = new Browser(service.app)
    const page = (await browser.begin(SITE)).headers.location ?? ''
    const [plain, french] = [
      await browser.get(page),
      await browser.get(page, { 'accept-language': 'de-DE, fr-BE;q=0.8, nl;q=0.5' }),
    ]
    expect([plain.statusCode, plain.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(plain.body).toContain('Je meldt je aan om Site &#60;b&#62;&#38;&#60;/b&#62; co te gebruiken met je UiTPAS.')
    expect(french.body).toContain('lang="fr"')
    expect(plain.body).not.toContain('<script')
    const policy = String(plain.headers['content-security-policy'])
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("form-action 'self' https://site.example")
    const style = /<style>([\s\S]*)<\/style>/.exec(plain.body)?.[1] ?? ''
    expect(policy).toContain(createHash('sha256').update(style).digest('base64'))
    const inEnglish = (await browser.begin(SITE, { ui_locales: 'en-GB nl' })).headers.location ?? ''
    expect((await browser.get(inEnglish, { 'accept-language': 'fr' })).body).toContain('lang="en"')
  })

  test('with a wrong password or an unknown address shows the same page again, and what was typed', async () => {
    const answers = []
    for (const email of [MOTHER.email, 'onbekend"><script>@example.be']) {
      const browser = new Browser(service.app)
      const page = (await browser.begin(APP)).headers.location ?? ''
      const reply = await browser.submit(page, { email, password: 'fout wachtwoord' })
      expect(reply.body).not.toContain('<script')
      expect(reply.body).not.toContain('fout wachtwoord')
      answers.push([reply.statusCode, reply.body.replace(/value="[^"]*"/g, '')])
    }
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]?.[0]).toBe(401)
  })

  test('that is cancelled sends the browser back without a code', async () => {
    const browser = new Browser(service.app)
    const page = (await browser.begin(APP)).headers.location ?? ''
    const answer = await browser.submit(page, { action: 'cancel' })
    const back = new URL((await browser.get(answer.headers.location ?? '')).headers.location ?? '')
    expect([back.searchParams.get('error'), back.searchParams.get('code')]).toEqual(['access_denied', null])
  })

  test('keeps nobody signed in: the next on the same computer gives a name again, and is somebody else', async () => {
    const browser = new Browser(service.app)
    await browser.signIn(APP, MOTHER)
    const again = await browser.begin(APP)
    expect(again.headers.location).toMatch(/\/interaction\//)
    const silent = new URL((await browser.begin(APP, { prompt: 'none' })).headers.location ?? '')
    expect(silent.searchParams.get('error')).toBe('login_required')
    const reply = await browser.exchange(APP, codeOf(await browser.signIn(APP, NEIGHBOUR)))
    expect((await me(reply.json().access_token)).json()).toMatchObject({ id: BRAM.id })
  })

  test.each([
    ['an address that is not the app’s', { redirect_uri: 'https://evil.example/' }],
    ['the address with something behind it', { redirect_uri: `${SITE.redirectUri}.evil.example` }],
    ['the address with a user in it', { redirect_uri: 'https://site.example@evil.example/terug?taal=nl' }],
    ['the address of another app', { redirect_uri: APP.redirectUri }],
    ['no address', { redirect_uri: '' }],
    ['an app that nobody knows', { client_id: 'nobody' }],
    ['a client that brings nobody', { client_id: CLIENT }],
  ])('for %s sends nobody anywhere', async (_what, changed) => {
    const reply = await new Browser(service.app).begin(SITE, changed)
    expect([reply.statusCode, reply.headers.location]).toEqual([400, undefined])
    expect(reply.body).toContain('Ga terug naar de app')
    expect(reply.body).not.toContain('evil')
  })

  test.each([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['with a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['for a token in the address', { response_type: 'token' }, 'unsupported_response_type'],
    ['for another audience', { resource: 'https://other.example' }, 'invalid_target'],
  ])('%s is refused at the app’s own address', async (_what, changed, error) => {
    const back = new URL((await new Browser(service.app).begin(SITE, changed)).headers.location ?? '')
    const said = new URLSearchParams(back.hash === '' ? back.search : back.hash.slice(1))
    expect([back.origin, said.get('code'), said.get('error')]).toEqual(['https://site.example', null, error])
  })

  test('without the scope of OpenID gives no code', async () => {
    const browser = new Browser(service.app)
    const answer = await browser.submit((await browser.begin(SITE, { scope: 'profile' })).headers.location ?? '', MOTHER)
    const back = new URL((await browser.get(answer.headers.location ?? '')).headers.location ?? '')
    expect([back.origin, back.searchParams.get('error')]).toEqual(['https://site.example', 'access_denied'])
  })

  test('goes where the installation says it is, whatever the request claims', async () => {
    const reply = await service.app.inject({
      url: `${AUTHORIZATION}?${new URLSearchParams({ response_type: 'code', client_id: SITE.client, redirect_uri: SITE.redirectUri, scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' })}`,
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    })
    const cookies = reply.cookies as readonly { name: string; value: string }[]
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const page = reply.headers.location ?? ''
    const proof = proofIn((await service.app.inject({ url: page, headers: { cookie } })).body)
    const answer = await service.app.inject({
      method: 'POST',
      url: page,
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', host: 'evil.example' },
      payload: new URLSearchParams({ proof, ...MOTHER }).toString(),
    })
    expect(answer.headers.location).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:8081${AUTHORIZATION}/`))
  })

  test('needs the browser in which it began, and a form from its own page', async () => {
    const browser = new Browser(service.app)
    const page = (await browser.begin(APP)).headers.location ?? ''
    const other = (await browser.begin(APP)).headers.location ?? ''
    const stranger = new Browser(service.app)
    await stranger.begin(APP)
    expect((await stranger.get(page)).statusCode).toBe(400)
    const proof = proofIn((await browser.get(page)).body)
    expect((await stranger.post(page, { proof, ...MOTHER })).statusCode).toBe(400)
    expect((await browser.post(page, { ...MOTHER })).statusCode).toBe(400)
    expect((await browser.post(page, { proof: proofIn((await browser.get(other)).body), ...MOTHER })).statusCode).toBe(400)
    expect((await browser.post(page, { proof, ...MOTHER })).statusCode).toBe(303)
  })

  test('gives one token for a code, also to two who come at once', async () => {
    const browser = new Browser(service.app)
    const code = codeOf(await browser.signIn(APP, MOTHER))
    const replies = await Promise.all([1, 2, 3, 4].map(() => browser.exchange(APP, code)))
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([200, 400, 400, 400])
    expect((await browser.exchange(APP, code)).json()).toMatchObject({ error: 'invalid_grant' })
  })

  test.each([
    ['without the verifier', APP, { code_verifier: '' }, 400],
    ['with another verifier', APP, { code_verifier: 'y'.repeat(43) }, 400],
    ['from another address', APP, { redirect_uri: SITE.redirectUri }, 400],
    ['by another app', APP, { client_id: SITE.client, client_secret: SITE.secret ?? '' }, 400],
    ['by a site without its secret', SITE, { client_secret: '' }, 401],
    ['by a site with a wrong secret', SITE, { client_secret: 'guess' }, 401],
    ['that was made up', APP, { code: 'z'.repeat(43) }, 400],
  ])('gives nothing for a code %s', async (_what, app, changed, status) => {
    const browser = new Browser(service.app)
    const code = codeOf(await browser.signIn(app, MOTHER))
    const reply = await browser.exchange(app, code, changed as Record<string, string>)
    expect([reply.statusCode, reply.json()]).toEqual([status, expect.objectContaining({ error: expect.any(String) })])
    expect(reply.body).not.toContain('access_token')
  })

  test('is no way for an app on a phone to a token of its own', async () => {
    const reply = await service.app.inject({
      method: 'POST',
      url: '/realms/uitid/protocol/openid-connect/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ grant_type: 'client_credentials', client_id: APP.client }).toString(),
    })
    expect([reply.statusCode, reply.body.includes('access_token')]).toEqual([400, false])
  })

  test('ends for an account that the operator takes away, for tokens that were given too', async () => {
    const account = { id: 'account-that-goes', email: 'weg@example.be', password: 'wachtwoord genoeg' }
    await service.put('accounts', [{ ...account, passholder: { id: AMINA.id } }])
    const browser = new Browser(service.app)
    const reply = await browser.exchange(APP, codeOf(await browser.signIn(APP, account)))
    expect((await me(reply.json().access_token)).statusCode).toBe(200)
    await service.put('accounts', [{ id: account.id }])
    expect((await me(reply.json().access_token)).statusCode).toBe(404)
    const page = (await browser.begin(APP)).headers.location ?? ''
    expect((await browser.submit(page, account)).statusCode).toBe(401)
  })

  test('leaves nothing in Redis that names somebody or opens anything', async () => {
    const browser = new Browser(service.app)
    const page = (await browser.begin(APP)).headers.location ?? ''
    const code = codeOf(await browser.signIn(APP, MOTHER))
    const connection = service.redis.connect()
    const keys = await connection.keys('zuil:{tokens}:*')
    expect(keys.length).toBeGreaterThan(1)
    const dump = JSON.stringify([keys, await connection.mget(...keys), await connection.hgetall('zuil:{0}:entities:accounts')])
    for (const secret of [
      MOTHER_ACCOUNT,
      MOTHER.email,
      MOTHER.password,
      code,
      page.split('/').at(-1) ?? '',
      'scrypt',
      APP.redirectUri,
    ]) {
      expect(dump).not.toContain(secret)
    }
    for (const key of keys) expect(await connection.ttl(key)).toBeGreaterThan(0)
  })
})

describe.skipIf(!hasRedis)('guessing a password', () => {
  test('is slowed down for the account, wherever it comes from, and for the address, whatever the account', async () => {
    const limits = {
      ...DEFAULT_LIMITS,
      signInOfAccount: { burst: 2, perSecond: 0.01 },
      signInFromAddress: { burst: 8, perSecond: 0.01 },
    }
    await using service = await IngestService.start({ services: { limits } })
    await putPeople(service)
    const browser = new Browser(service.app)
    const page = (await browser.begin(APP)).headers.location ?? ''
    const guess = async (email: string) => await browser.submit(page, { email, password: 'een gok' })
    const ofOne = [await guess(MOTHER.email), await guess(` ${MOTHER.email.toUpperCase()}`), await guess(MOTHER.email)]
    expect(ofOne.map((reply) => reply.statusCode)).toEqual([401, 401, 429])
    expect(ofOne[2]?.headers['retry-after']).toBe('60')
    expect((await browser.submit(page, MOTHER)).statusCode).toBe(429)
    const ofMany = []
    for (const name of ['a', 'b', 'c', 'd', 'e']) ofMany.push((await guess(`${name}@example.be`)).statusCode)
    expect(ofMany).toEqual([401, 401, 401, 401, 429])
    expect((await browser.begin(APP)).statusCode).toBe(303)
  })
})
