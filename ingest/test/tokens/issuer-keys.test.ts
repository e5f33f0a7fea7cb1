import { generateKeyPairSync } from 'node:crypto'
import { exportJWK, type JWK, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { issuerKeys, KEYS_AGE_MAX_MS, KEYS_COOLDOWN_MS, KeysUnavailable } from '../../src/tokens/issuer-keys.ts'
import { createTokenVerifier } from '../../src/tokens/token-verifier.ts'

const ISSUER = 'https://account.example/realms/uitid'
const AUDIENCE = 'https://api.publiq.be'
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A foreign issuer by hand: what it shows can be changed, and it counts how often it was asked. */
async function foreignIssuer() {
  const state = {
    now: 1_795_000_000_000,
    isAway: false,
    asked: 0,
    keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'a', alg: 'RS256' }] as JWK[],
  }
  const answers = async (input: unknown): Promise<Response> => {
    state.asked += 1
    if (state.isAway) throw new TypeError('fetch failed')
    const isDiscovery = String(input).endsWith('/.well-known/openid-configuration')
    return Response.json(isDiscovery ? { issuer: ISSUER, jwks_uri: `${ISSUER}/certs` } : { keys: state.keys })
  }
  // Only the address matters to the answers.
  const keys = issuerKeys({ issuer: ISSUER, fetch: answers as typeof fetch, now: () => state.now, onError: () => {} })
  const verifier = createTokenVerifier({ issuer: ISSUER, audience: AUDIENCE, keys, personClaims: ['sub'], now: () => state.now })
  const token = (kid: string, jti = 'one') => {
    const iat = Math.floor(state.now / 1000)
    const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'c', client_id: 'c', iat, exp: iat + 600, jti }
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid }).sign(pair.privateKey)
  }
  return { state, verifier, token }
}

describe('the keys of a foreign issuer', () => {
  test('are found through its discovery document, once for many tokens', async () => {
    const { state, verifier, token } = await foreignIssuer()
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, i) => token('a', String(i))))
    expect(await Promise.all(tokens.map((each) => verifier.verify(each)))).toEqual(tokens.map(() => ({ client: 'c' })))
    expect(state.asked).toBe(2)
  })

  test('stay known while the issuer is away', async () => {
    const { state, verifier, token } = await foreignIssuer()
    await verifier.verify(await token('a'))
    state.isAway = true
    state.now += KEYS_AGE_MAX_MS + 1
    expect(await verifier.verify(await token('a', 'later'))).toEqual({ client: 'c' })
  })

  test('are asked for again when a token names a new one, but not for every invented one', async () => {
    const { state, verifier, token } = await foreignIssuer()
    await verifier.verify(await token('a'))
    const invented = await Promise.all(Array.from({ length: 50 }, (_, i) => token(`invented-${i}`)))
    expect(await Promise.all(invented.map((each) => verifier.verify(each)))).toEqual(invented.map(() => undefined))
    expect(state.asked).toBe(2)
    state.now += KEYS_COOLDOWN_MS
    state.keys = [...state.keys, { ...(await exportJWK(pair.publicKey)), kid: 'b', alg: 'RS256' }]
    expect(await verifier.verify(await token('b'))).toEqual({ client: 'c' })
    expect(state.asked).toBe(4)
  })

  test('that were never read make a token impossible to judge, which is not the same as wrong', async () => {
    const { state, verifier, token } = await foreignIssuer()
    state.isAway = true
    await expect(verifier.verify(await token('a'))).rejects.toBeInstanceOf(KeysUnavailable)
    await expect(verifier.verify(await token('a', 'again'))).rejects.toBeInstanceOf(KeysUnavailable)
    expect(state.asked).toBe(1)
  })
})
