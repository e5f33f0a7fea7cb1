import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { KeysUnavailable } from './issuer-keys.ts'
import { TOKEN_LIFE_SECONDS } from './token-issuer.ts'

/** Tokens remembered as verified. Clients keep one for a day; the oldest is forgotten first. */
const TOKENS_REMEMBERED_MAX = 10_000
/** Longer than any token with sensible claims; what is longer is not worth a signature check. */
const TOKEN_LENGTH_MAX = 8_192
const CLOCK_TOLERANCE_SECONDS = 30

export interface TokenVerifierOptions {
  readonly issuer: string
  readonly audience: string
  readonly keys: JWTVerifyGetKey
  /** Epoch ms. */
  readonly now: () => number
}

export interface TokenVerifier {
  /** Id of the client when this very token was verified before and still lives: one look-up in a map. */
  recall(token: string): string | undefined
  /**
   * Id of the client; undefined when the token is not a valid access token of a client.
   * @throws {KeysUnavailable} when the issuer's keys could not be read yet
   */
  verify(token: string): Promise<string | undefined>
}

interface Remembered {
  readonly token: string
  readonly client: string
  readonly expiresAt: number
}

/** Checks access tokens: issuer, audience, type, signature and time, as RFC 8725 and RFC 9068 want it. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const remembered = new Map<string, Remembered>()
  // A client sends hundreds of requests with one token, each as a new text: comparing is cheaper than hashing it for the map.
  let latest: Remembered | undefined
  return {
    recall(token) {
      const known = latest?.token === token ? latest : remembered.get(token)
      if (!known) return undefined
      if (known.expiresAt > options.now()) {
        latest = known
        return known.client
      }
      remembered.delete(token)
      latest = undefined
      return undefined
    },
    async verify(token) {
      const payload = token.length > TOKEN_LENGTH_MAX ? undefined : await verifiedPayload(token, options)
      const client = payload && clientOf(payload)
      if (!client) return undefined
      if (remembered.size >= TOKENS_REMEMBERED_MAX) forgetOldest(remembered)
      remembered.set(token, { token, client, expiresAt: (payload.exp ?? 0) * 1000 })
      return client
    },
  }
}

async function verifiedPayload(token: string, options: TokenVerifierOptions): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, options.keys, {
      issuer: options.issuer,
      audience: options.audience,
      algorithms: ['RS256'],
      typ: 'at+jwt',
      requiredClaims: ['exp', 'iat', 'sub'],
      maxTokenAge: TOKEN_LIFE_SECONDS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(options.now()),
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error instanceof KeysUnavailable ? error : new Error('A token could not be checked', { cause: error })
  }
}

/**
 * The client that a token speaks for by itself. A token of a person also names the client it was made for, and that
 * person must not get the client's rights. So the subject has to be the client (RFC 9068), or its service account
 * (Keycloak), or the grant has to be named (Auth0).
 */
function clientOf(payload: JWTPayload): string | undefined {
  const id = payload.client_id ?? payload.azp
  if (typeof id !== 'string' || id === '') return undefined
  const isClient =
    payload.sub === id || payload.preferred_username === `service-account-${id}` || payload.gty === 'client-credentials'
  return isClient ? id : undefined
}

function forgetOldest(remembered: Map<string, unknown>): void {
  for (const token of remembered.keys()) {
    remembered.delete(token)
    return
  }
}
