import { ROLES_CLAIM, type Roles, rolesOfClaim } from '@zuil/core/contracts/roles'
import { ACCOUNT_ID_LENGTH_MAX } from '@zuil/core/registry/account'
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { KeysUnavailable } from './issuer-keys.ts'
import { TOKEN_LIFE_SECONDS } from './token-issuer.ts'

/** Tokens remembered as verified. Clients keep one for a day; the oldest is forgotten first. */
const TOKENS_REMEMBERED_MAX = 10_000
/** Longer than any token with sensible claims; what is longer is not worth a signature check. */
const TOKEN_LENGTH_MAX = 8_192
const CLOCK_TOLERANCE_SECONDS = 30
/** Claim of who signed in with eID or itsme, as publiq's issuer has it. */
const INSZ_CLAIM = 'https://publiq.be/rrn'
const INSZ = /^[0-9]{11}$/

export interface TokenVerifierOptions {
  readonly issuer: string
  readonly audience: string
  readonly keys: JWTVerifyGetKey
  /** Claims that may name the account of a person. */
  readonly personClaims: readonly string[]
  /** Epoch ms. */
  readonly now: () => number
}

/** Who speaks with a token. */
export interface TokenSubject {
  /** Id of the API client that the token was made for. */
  readonly client: string
  /** Who signed in; absent when the client speaks for itself. */
  readonly person?: Person
}

/** Somebody who signed in, as the issuer names them. */
export interface Person {
  /** Values of the claims that may name the account, in the order of the setting. */
  readonly names: readonly string[]
  /** INSZ number, when the issuer knows it and says so; empty otherwise. */
  readonly inszNumber: string
  /** What the issuer says that they may read of the figures. */
  readonly roles: Roles
}

export interface TokenVerifier {
  /** Who speaks, when this very token was verified before and still lives: one look-up in a map. */
  recall(token: string): TokenSubject | undefined
  /**
   * Who speaks; undefined when the token is not a valid access token.
   * @throws {KeysUnavailable} when the issuer's keys could not be read yet
   */
  verify(token: string): Promise<TokenSubject | undefined>
}

interface Remembered {
  readonly token: string
  readonly subject: TokenSubject
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
        return known.subject
      }
      remembered.delete(token)
      latest = undefined
      return undefined
    },
    async verify(token) {
      const payload = token.length > TOKEN_LENGTH_MAX ? undefined : await verifiedPayload(token, options)
      const subject = payload && subjectOf(payload, options.personClaims)
      if (!subject) return undefined
      if (remembered.size >= TOKENS_REMEMBERED_MAX) forgetOldest(remembered)
      remembered.set(token, { token, subject, expiresAt: (payload.exp ?? 0) * 1000 })
      return subject
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
 * Whom a token speaks for. A token of a person also names the client it was made for, and that person must not get the
 * client's rights. So it is the client's own only where the subject is the client (RFC 9068) or its service account
 * (Keycloak), or where the grant is named (Auth0); any other is a person's.
 */
function subjectOf(payload: JWTPayload, personClaims: readonly string[]): TokenSubject | undefined {
  const id = payload.client_id ?? payload.azp
  if (typeof id !== 'string' || id === '') return undefined
  const isClient =
    payload.sub === id || payload.preferred_username === `service-account-${id}` || payload.gty === 'client-credentials'
  return isClient ? { client: id } : { client: id, person: personOf(payload, personClaims) }
}

function personOf(payload: JWTPayload, personClaims: readonly string[]): Person {
  const names = personClaims.flatMap((claim) => textOf(payload[claim]) || [])
  const inszNumber = textOf(payload[INSZ_CLAIM])
  return {
    names: [...new Set(names)],
    inszNumber: INSZ.test(inszNumber) ? inszNumber : '',
    roles: rolesOfClaim(payload[ROLES_CLAIM]),
  }
}

/** Longer ones are no ids of accounts. */
function textOf(value: unknown): string {
  return typeof value === 'string' && value.length <= ACCOUNT_ID_LENGTH_MAX ? value : ''
}

function forgetOldest(remembered: Map<string, unknown>): void {
  for (const token of remembered.keys()) {
    remembered.delete(token)
    return
  }
}
