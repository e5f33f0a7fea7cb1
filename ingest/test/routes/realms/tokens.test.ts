import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService, testConfig } from '../../ingest-service.ts'
import { hasRedis } from '../../redis-server.ts'
import { CLIENT, COUNTER, SECRET } from '../../small-registry.ts'

const TOKEN_URL = '/realms/uitid/protocol/openid-connect/token'

describe.skipIf(!hasRedis)('the built-in issuer', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const ask = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    service.app.inject({
      method: 'POST',
      url: TOKEN_URL,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(form).toString(),
    })
  const good = { grant_type: 'client_credentials', client_id: COUNTER, client_secret: SECRET }
  const basic = `Basic ${Buffer.from(`${COUNTER}:${SECRET}`).toString('base64')}`

  test('gives a token for a day, in the form, with the secret in the header, or as the older JSON', async () => {
    const replies = await Promise.all([
      ask(good),
      ask({ grant_type: 'client_credentials' }, { authorization: basic }),
      service.app.inject({ method: 'POST', url: '/oauth/token', payload: { ...good, audience: 'https://api.publiq.be' } }),
      ask({ ...good, scope: 'https://api.publiq.be/auth/uitpas' }),
    ])
    expect(replies.map((reply) => [reply.statusCode, reply.json()])).toEqual(
      replies.map(() => [200, { access_token: expect.any(String), expires_in: 86_400, token_type: 'Bearer' }]),
    )
    for (const reply of replies) {
      const headers = { authorization: `Bearer ${reply.json().access_token}` }
      expect((await service.app.inject({ url: '/permissions', headers })).statusCode).toBe(200)
    }
  })

  test('signs access tokens that its published keys verify', async () => {
    const token: string = (await ask(good)).json().access_token
    const discovery = (await service.app.inject({ url: '/realms/uitid/.well-known/openid-configuration' })).json()
    const keys = (await service.app.inject({ url: '/realms/uitid/protocol/openid-connect/certs' })).json()
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), { issuer: discovery.issuer })
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' })
    expect(payload).toMatchObject({ client_id: COUNTER, sub: COUNTER })
    expect(discovery.issuer).toBe(`${testConfig(0, '').publicUrl}/realms/uitid`)
    expect(discovery.token_endpoint).toMatch(/\/realms\/uitid\/protocol\/openid-connect\/token$/)
    expect(JSON.stringify(keys)).not.toContain('"d"')
  })

  test.each([
    ['a wrong secret', { ...good, client_secret: 'guess' }, 401],
    ['an unknown client', { ...good, client_id: 'nobody' }, 401],
    ['no client', { grant_type: 'client_credentials' }, 400],
    ['a password', { ...good, grant_type: 'password' }, 400],
    ['no grant', { client_id: COUNTER, client_secret: SECRET }, 400],
    ['a name of the prototype', { ...good, client_id: '__proto__' }, 401],
  ])('gives none for %s', async (_name, form, status) => {
    const reply = await ask(form as Record<string, string>)
    expect([reply.statusCode, reply.json()]).toEqual([status, expect.objectContaining({ error: expect.any(String) })])
    expect(reply.body).not.toContain('access_token')
  })

  test('answers nothing else of an OpenID provider', async () => {
    const urls = [
      '/realms/uitid/auth',
      '/realms/uitid/me',
      '/realms/uitid/token/introspection',
      '/realms/uitid/jwks',
      '/realms/uitid',
    ]
    const replies = await Promise.all(urls.map((url) => service.app.inject({ url })))
    expect(replies.map((reply) => reply.statusCode)).toEqual(urls.map(() => 404))
  })

  test('refuses a form of 9 kB, and more requests at once than it signs for', async () => {
    const large = await ask({ ...good, client_secret: 'x'.repeat(9_000) })
    const many = await Promise.all(Array.from({ length: 60 }, () => ask(good)))
    const statuses = new Set(many.map((reply) => reply.statusCode))
    expect([large.statusCode, [...statuses].sort()]).toEqual([413, [200, 503]])
    expect(many.find((reply) => reply.statusCode === 503)?.headers['retry-after']).toBe('1')
  })

  test('keeps a token of a client that the registry does not know from doing anything', async () => {
    await using other = await IngestService.start()
    const { authorization } = await other.bearer()
    const headers = [{ authorization }, { authorization: 'Bearer x' }, { authorization: 'Basic eDp4' }, {}]
    const replies = await Promise.all(headers.map((each) => service.app.inject({ url: '/permissions', headers: each })))
    expect(replies.map((reply) => [reply.statusCode, reply.json()])).toEqual(
      replies.map(() => [401, { type: 'https://api.publiq.be/probs/auth/unauthorized', title: 'Unauthorized', status: 401 }]),
    )
  })

  test('is not there when tokens come from a foreign issuer, and its tokens count no more', async () => {
    const { authorization } = await service.bearer(CLIENT)
    await using foreign = await IngestService.start({ config: { issuer: 'http://127.0.0.1:9/realms/uitid' } })
    const [endpoint, call] = await Promise.all([
      foreign.app.inject({ method: 'POST', url: TOKEN_URL, headers: { 'content-type': 'application/json' }, payload: '{}' }),
      foreign.app.inject({ url: '/permissions', headers: { authorization } }),
    ])
    // The issuer cannot be reached, so nobody knows whether the token is good.
    expect([endpoint.statusCode, call.statusCode]).toEqual([404, 503])
  })
})
