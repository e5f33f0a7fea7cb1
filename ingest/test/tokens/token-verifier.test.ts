import { generateKeyPairSync } from 'node:crypto'
import { ROLES_CLAIM } from '@zuil/core/contracts/roles'
import { createLocalJWKSet, exportJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { createTokenVerifier, type TokenVerifier } from '../../src/tokens/token-verifier.ts'

const NOW = Date.parse('2026-11-21T10:00:00Z')
const ISSUER = 'https://account.example/realms/uitid'
const AUDIENCE = 'https://api.publiq.be'
const PERSON = 'c0ffee00-0000-0000-0000-000000000000'
const OLDER_CLAIM = 'https://publiq.be/uitidv1id'
const INSZ_CLAIM = 'https://publiq.be/rrn'
const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
const seconds = NOW / 1000
const claims: JWTPayload = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'counter',
  client_id: 'counter',
  iat: seconds - 60,
  exp: seconds + 600,
}

interface Forged {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Record<string, unknown>
  readonly key?: Parameters<SignJWT['sign']>[0]
}

async function sign({ claims: changed = {}, header = {}, key = own.privateKey }: Forged = {}): Promise<string> {
  const payload = Object.fromEntries(Object.entries({ ...claims, ...changed }).filter(([, value]) => value !== undefined))
  return await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'own', ...header }).sign(key)
}

describe('an access token', () => {
  let verifier: TokenVerifier
  let now = NOW
  beforeAll(async () => {
    const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256' }
    const keys = createLocalJWKSet({ keys: [jwk] })
    verifier = createTokenVerifier({
      issuer: ISSUER,
      audience: AUDIENCE,
      keys,
      personClaims: [OLDER_CLAIM, 'sub'],
      now: () => now,
    })
  })

  test.each([
    ['the client itself', {}],
    ['the service account of a Keycloak client', { sub: 'f3c1', preferred_username: 'service-account-counter' }],
    ['a client with the grant named', { sub: 'f3c1@clients', gty: 'client-credentials' }],
    ['one of several audiences', { aud: ['other', AUDIENCE] }],
  ])('of %s is taken', async (_name, changed) => {
    expect(await verifier.verify(await sign({ claims: changed }))).toEqual({ client: 'counter' })
  })

  test.each([
    ['the subject', { sub: PERSON }, { names: [PERSON], inszNumber: '' }],
    ['the older account first', { sub: PERSON, [OLDER_CLAIM]: 'older' }, { names: ['older', PERSON], inszNumber: '' }],
    ['the INSZ number too', { sub: PERSON, [INSZ_CLAIM]: '87051213311' }, { names: [PERSON], inszNumber: '87051213311' }],
    ['nothing that is no INSZ number', { sub: PERSON, [INSZ_CLAIM]: '8705' }, { names: [PERSON], inszNumber: '' }],
    [
      'the roles it knows',
      { sub: PERSON, [ROLES_CLAIM]: [{ role: 'king' }, { role: 'municipality', nis: 44021 }] },
      { names: [PERSON], inszNumber: '', roles: [{ role: 'municipality', nis: 44021 }] },
    ],
    ['no list of subjects', { sub: PERSON, [OLDER_CLAIM]: ['a', 'b'] }, { names: [PERSON], inszNumber: '' }],
    ['no subject without end', { sub: 'x'.repeat(201) }, { names: [], inszNumber: '' }],
    [
      'the subject beside the name of a client',
      { sub: PERSON, client_id: undefined, azp: 'counter' },
      { names: [PERSON], inszNumber: '' },
    ],
  ])('of a person never speaks for the client: it names %s', async (_name, changed, person) => {
    expect(await verifier.verify(await sign({ claims: changed }))).toEqual({
      client: 'counter',
      person: { roles: [], ...person },
    })
  })

  const refused: readonly (readonly [string, Forged])[] = [
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['of the issuer with a slash', { claims: { iss: `${ISSUER}/` } }],
    ['for another audience', { claims: { aud: 'https://other.example' } }],
    ['without an end', { claims: { exp: undefined } }],
    ['without a start', { claims: { iat: undefined } }],
    ['without a subject', { claims: { sub: undefined } }],
    ['that is over', { claims: { exp: seconds - 31 } }],
    ['that is older than a day', { claims: { iat: seconds - 86_500 } }],
    ['that starts tomorrow', { claims: { iat: seconds + 86_400, exp: seconds + 90_000 } }],
    ['of nobody', { claims: { client_id: undefined } }],
    ['that is an ID token', { header: { typ: 'JWT' } }],
    ['without a type', { header: { typ: undefined } }],
    ['of another key', { key: foreign.privateKey }],
    ['of an unknown key', { header: { kid: 'other' }, key: foreign.privateKey }],
    ['with a critical header nobody knows', { header: { crit: ['x'], x: 1 } }],
  ]
  test.each(refused)('%s is refused', async (_name, forged) => {
    const token = await sign(forged).catch(() => 'not.a.token')
    expect(await verifier.verify(token)).toBeUndefined()
  })

  test.each([
    ['unsigned', () => new UnsecuredJWT(claims).encode()],
    [
      'signed with the public key as a secret',
      async () => {
        const secret = Buffer.from(own.publicKey.export({ type: 'spki', format: 'pem' }).toString())
        return await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(secret)
      },
    ],
    [
      'that brings its own key',
      async () => await sign({ header: { jwk: await exportJWK(foreign.publicKey) }, key: foreign.privateKey }),
    ],
    ['that is no token', () => 'hello'],
    ['of nothing', () => ''],
    ['of 9,000 characters', () => 'x'.repeat(9_000)],
  ])('%s is refused as well', async (_name, make) => {
    expect(await verifier.verify(await make())).toBeUndefined()
  })

  test('is remembered until it ends', async () => {
    const token = await sign({ claims: { jti: 'remembered' } })
    expect(verifier.recall(token)).toBeUndefined()
    await verifier.verify(token)
    expect(verifier.recall(token)).toEqual({ client: 'counter' })
    now = NOW + 600_001
    expect(verifier.recall(token)).toBeUndefined()
    now = NOW
  })
})
