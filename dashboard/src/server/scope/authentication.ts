import { problem, RateLimiter } from '@zuil/core'
import type { Roles } from '@zuil/core/contracts/roles'
import type { Problem } from '../problem.ts'
import type { PlaceBook } from './place-book.ts'
import { Scope } from './scope.ts'

/** Who stands behind a token of the data API. */
export interface TokenOwner {
  /** Names the owner where requests are counted. */
  readonly owner: string
  /** What the owner reads, as of now. */
  readonly roles: Roles
  /** What the token reads of that; absent: all of it. */
  readonly narrowedTo?: Roles
}

/** Where tokens are looked up; the composition root has the registry and the issuer. */
export interface Credentials {
  /** An access token of somebody who signed in; undefined when it is none that holds. @throws {CredentialsUnavailableError} */
  readonly accessToken: (token: string) => Promise<TokenOwner | undefined>
  /** A token of the data API; undefined when it is none that holds. @throws {CredentialsUnavailableError} */
  readonly dataToken: (token: string) => Promise<TokenOwner | undefined>
}

/** Nobody can tell now whether a token holds: the registry or the issuer is away. */
export class CredentialsUnavailableError extends Error {
  override readonly name = 'CredentialsUnavailableError'
  readonly code = 'CREDENTIALS_UNAVAILABLE'
}

/** Who reads, as far as figures are concerned. */
export interface Reader {
  readonly scope: Scope
  /** Names the reader where requests are counted. */
  readonly owner: string
}

/** Tokens of the data API begin so; everything else is an access token. */
const DATA_TOKEN = /^zuil_/
/** Longer than any token with sensible claims. */
const CREDENTIALS_LENGTH_MAX = 12_000
/** Wrong tokens from one address: a program with an old token notices, and nobody guesses. */
const WRONG_TOKENS = { burst: 20, perSecond: 0.5 } as const

/** What a browser, Excel or Power BI asks a person for. */
export const CHALLENGE = 'Bearer realm="zuil", Basic realm="zuil", charset="UTF-8"'

/** Turns what a request carries into a scope: the one place that makes scopes. */
export class Authentication {
  readonly #credentials: Credentials
  readonly #places: PlaceBook
  readonly #wrong: RateLimiter

  /** @param clock epoch ms */
  constructor({ credentials, places, clock }: { credentials: Credentials; places: PlaceBook; clock: () => number }) {
    this.#credentials = credentials
    this.#places = places
    this.#wrong = new RateLimiter(WRONG_TOKENS, clock)
  }

  /** @param address of the client @returns who reads, or why nobody does */
  async readerOf(header: string | undefined, address: string): Promise<Reader | Problem> {
    const token = tokenOf(header)
    const owner = token === undefined ? undefined : await this.#ownerOf(token)
    if (!owner) {
      if (token !== undefined && this.#wrong.take(address) > 0) return problem('rate-limited')
      return problem('auth/unauthorized', { detail: 'Give an access token or a token of the data API, as Bearer or as password' })
    }
    const regions = await this.#places.regions()
    const whole = Scope.of(owner.roles, regions)
    const scope = owner.narrowedTo ? whole.narrowed(owner.narrowedTo, regions) : whole
    if (scope.places?.length === 0) return problem('auth/forbidden', { detail: 'This account has no role that reads figures' })
    return { scope, owner: owner.owner }
  }

  async #ownerOf(token: string): Promise<TokenOwner | undefined> {
    const { dataToken, accessToken } = this.#credentials
    return DATA_TOKEN.test(token) ? await dataToken(token) : await accessToken(token)
  }
}

/** `Bearer <token>`, or `Basic` with the token as password and anything as name: Excel and Power BI do no other. */
function tokenOf(header: string | undefined): string | undefined {
  if (header === undefined || header.length > CREDENTIALS_LENGTH_MAX) return undefined
  const [, scheme = '', value = ''] = /^(Bearer|Basic) +([\w.~+/=-]+)$/i.exec(header) ?? []
  if (scheme === '') return undefined
  if (scheme.toLowerCase() === 'bearer') return value
  const text = Buffer.from(value, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : text.slice(colon + 1)
}
