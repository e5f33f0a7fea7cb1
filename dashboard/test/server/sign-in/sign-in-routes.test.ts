import { ROLES_CLAIM } from '@zuil/core/contracts/roles'
import { SIGN_IN_BACK_PATH } from '@zuil/core/contracts/sign-in'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { IdentityProvider } from '../../../src/server/sign-in/identity-provider.ts'
import { type SignInSettings, signInRoutes } from '../../../src/server/sign-in/sign-in-routes.ts'
import { Issuer } from '../../issuer.ts'
import { MemoryAccessLog, SIGN_IN, sessionsAt } from '../../sign-in.ts'

const ROLES = [{ role: 'municipality', nis: 73_107 } as const]
/** The clock of tokens is the machine's. */
const clock = Date.now

let issuer: Issuer
let server: FastifyInstance
let log: MemoryAccessLog
beforeEach(async () => {
  issuer = await Issuer.start()
})
afterEach(async () => {
  await server?.close()
  await issuer[Symbol.asyncDispose]()
})

async function serve(settings: Partial<SignInSettings> = {}): Promise<void> {
  log = new MemoryAccessLog()
  server = Fastify()
  const all = { ...SIGN_IN, issuer: issuer.url, publicUrl: new URL('http://127.0.0.1:8080'), ...settings }
  const provider = new IdentityProvider({ ...all, redirectUri: new URL(SIGN_IN_BACK_PATH, all.publicUrl).href })
  await server.register(signInRoutes({ provider, sessions: sessionsAt(clock), log, settings: all, clock }))
}

const HERE = { host: '127.0.0.1:8080' }
const cookieIn = (reply: { headers: Record<string, unknown> }) => String(reply.headers['set-cookie']).split(';')[0] ?? ''
const begin = async (path = '/aanmelden') => await server.inject({ url: path, headers: HERE })
const comeBack = async (back: URL, cookie: string) =>
  await server.inject({ url: `${back.pathname}${back.search}`, headers: { ...HERE, cookie } })

/** From the first click to the page that was asked for. */
async function signIn(path?: string) {
  const left = await begin(path)
  return await comeBack(issuer.comesBack(String(left.headers.location)), cookieIn(left))
}

describe('signing in at an issuer', () => {
  test('leads back to the page that was asked for, with a session that says what the issuer said', async () => {
    await serve()
    issuer.claims = { sub: 'anna', [ROLES_CLAIM]: ROLES }
    const back = await signIn('/aanmelden?naar=%2Fbereik%3Fperiode%3D2025')
    expect([back.statusCode, back.headers.location]).toEqual([303, '/bereik?periode=2025'])
    const cookies = back.headers['set-cookie']
    expect(cookies).toHaveLength(2)
    expect(sessionsAt(clock).of(String(Array.isArray(cookies) ? cookies[1] : ''))).toMatchObject({
      names: ['anna'],
      roles: ROLES,
    })
    expect(log.entries).toEqual([{ kind: 'sign-in', account: 'person/anna', what: '' }])
  })

  test('asks with PKCE, state and nonce, for nothing but who somebody is', async () => {
    await serve()
    const { searchParams, origin } = new URL(String((await begin('/aanmelden?naar=/nu?taal=fr')).headers.location))
    expect(origin).toBe(issuer.url)
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'zuil-dashboard',
      redirect_uri: 'http://127.0.0.1:8080/aanmelden/terug',
      scope: 'openid',
      ui_locales: 'fr',
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^.{20,}$/),
      nonce: expect.stringMatching(/^.{20,}$/),
    })
  })

  test('the registry says the roles where the issuer does not, and wherever it counts more', async () => {
    await serve()
    expect(sessionOf(await signIn())).toEqual({ names: ['anna'], signedInAt: expect.any(Number) })
    await server.close()
    await serve({ rolesInRegistry: true })
    issuer.claims = { sub: 'anna', [ROLES_CLAIM]: ROLES }
    expect(sessionOf(await signIn())).toEqual({ names: ['anna'], signedInAt: expect.any(Number) })
  })

  test('of several claims that may name the account all are kept, in their order', async () => {
    await serve({ personClaims: ['https://publiq.be/uitidv1id', 'sub'] })
    issuer.claims = { sub: 'auth0|1', 'https://publiq.be/uitidv1id': 'anna' }
    expect(sessionOf(await signIn())).toMatchObject({ names: ['anna', 'auth0|1'] })
  })

  test('who types another name of this machine begins at the address that the issuer sends back to', async () => {
    await serve()
    const reply = await server.inject({ url: '/aanmelden?naar=/nu', headers: { host: 'localhost:8080' } })
    expect([reply.statusCode, reply.headers.location]).toEqual([302, 'http://127.0.0.1:8080/aanmelden?naar=/nu'])
  })
})

describe('nobody is signed in', () => {
  const expectNobody = (reply: Awaited<ReturnType<typeof begin>>, reason: string) => {
    expect([reply.statusCode, reply.headers.location]).toEqual([303, expect.stringContaining(`/niet-aangemeld?reden=${reason}`)])
    expect(sessionOf(reply)).toBeUndefined()
    expect(log.entries).toEqual([])
  }

  test('by a way back that this browser did not begin, or not lately', async () => {
    await serve()
    const left = await begin()
    expectNobody(await comeBack(issuer.comesBack(String(left.headers.location)), ''), 'verlopen')
  })

  test('by the code of somebody else: another state', async () => {
    await serve()
    const [mine, theirs] = [await begin(), await begin()]
    expectNobody(await comeBack(issuer.comesBack(String(theirs.headers.location)), cookieIn(mine)), 'geweigerd')
  })

  test('by a token of another sign-in: another nonce', async () => {
    await serve()
    issuer.nonce = 'another'
    expectNobody(await signIn(), 'geweigerd')
  })

  test('when they say no at the issuer', async () => {
    await serve()
    const left = await begin('/aanmelden?naar=/bereik?taal=fr')
    const back = issuer.comesBack(String(left.headers.location))
    const state = back.searchParams.get('state') ?? ''
    back.search = new URLSearchParams({ error: 'access_denied', state, iss: issuer.url }).toString()
    const reply = await comeBack(back, cookieIn(left))
    expectNobody(reply, 'geweigerd')
    expect(reply.headers.location).toContain('taal=fr&naar=%2Fbereik%3Ftaal%3Dfr')
  })

  test('while the issuer does not answer; as soon as it does, they are', async () => {
    await serve()
    issuer.isAway = true
    expectNobody(await begin(), 'later')
    issuer.isAway = false
    expect((await begin()).statusCode).toBe(302)
  })

  test('again and again from one address', async () => {
    await serve()
    const replies = await Promise.all(Array.from({ length: 31 }, () => begin()))
    expect(replies.filter(({ headers }) => String(headers.location).includes('reden=vaak'))).toHaveLength(1)
  })
})

test('signing out ends the session, is noted, and is nothing that another site could have somebody do', async () => {
  await serve()
  const cookie =
    sessionsAt(clock)
      .begin({ names: ['anna'] })
      .split(';')[0] ?? ''
  const referer = 'http://127.0.0.1:8080/bereik?taal=fr'
  const reply = await server.inject({ method: 'POST', url: '/afmelden', headers: { ...HERE, cookie, referer } })
  expect([reply.statusCode, reply.headers.location]).toEqual([303, '/afgemeld?taal=fr'])
  expect(reply.headers['set-cookie']).toContain('Max-Age=0')
  expect(log.entries).toEqual([{ kind: 'sign-out', account: 'person/anna', what: '' }])
  expect((await server.inject({ url: '/afmelden', headers: { ...HERE, cookie } })).statusCode).toBe(404)
  const foreign = { ...HERE, 'sec-fetch-site': 'cross-site' }
  const forced = await server.inject({ method: 'POST', url: '/afmelden', headers: foreign })
  expect([forced.headers.location, forced.headers['set-cookie']]).toEqual(['/', undefined])
})

function sessionOf(reply: { headers: Record<string, unknown> }) {
  const cookies = [reply.headers['set-cookie']].flat()
  return sessionsAt(clock).of(String(cookies.find((each) => String(each).startsWith('zuil-session=')) ?? ''))
}
