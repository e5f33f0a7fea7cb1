import { problem, RateLimiter } from '@zuil/core'
import type { Roles } from '@zuil/core/contracts/roles'
import type { Problem } from '../http/problem.ts'
import type { LockedLink } from '../notebook/locked-links.ts'
import type { Session, Sessions } from '../sign-in/sessions.ts'
import type { PlaceBook } from './place-book.ts'
import { Scope } from './scope.ts'
import { SettlementScope } from './settlement-scope.ts'

/** Who stands behind a token of the data API. */
export interface TokenOwner {
  /** Names the owner where requests are counted. */
  readonly owner: string
  /** Id of the account of a person; absent for a token of the data API, which only reads. */
  readonly account?: string
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
  /**
   * What the registry says of the first of these names that is an account; undefined when none is.
   * @throws {CredentialsUnavailableError}
   */
  readonly account: (names: readonly string[]) => Promise<{ readonly id: string; readonly roles: Roles } | undefined>
}

/** What of a request says who reads. */
export interface Presented {
  readonly authorization?: string | undefined
  readonly cookie?: string | undefined
}

/** Nobody can tell now whether a token holds: the registry or the issuer is away. */
export class CredentialsUnavailableError extends Error {
  override readonly name = 'CredentialsUnavailableError'
  readonly code = 'CREDENTIALS_UNAVAILABLE'
}

/** Who reads, as far as figures are concerned. */
export interface Reader {
  readonly scope: Scope
  /** Whose exact amounts: a door of its own. */
  readonly settles: SettlementScope
  /** Names the reader where requests are counted. */
  readonly owner: string
  /** Of a person who came with a token of their own or a session. */
  readonly account?: string
}

/** Somebody who signed in at the pages. */
export interface Visitor extends Reader {
  readonly account: string
  readonly roles: Roles
}

/** Tokens of the data API begin so; everything else is an access token. */
const DATA_TOKEN = /^zuil_/
/** Longer than any token with sensible claims. */
const CREDENTIALS_LENGTH_MAX = 12_000
/** Wrong tokens from one address: a program with an old token notices, and nobody guesses. */
const WRONG_TOKENS = { burst: 20, perSecond: 0.5 } as const

export interface AuthenticationOptions {
  readonly credentials: Credentials
  readonly sessions: Pick<Sessions, 'of'>
  readonly places: PlaceBook
  /** Epoch ms. */
  readonly clock: () => number
}

/** What a browser, Excel or Power BI asks a person for. */
export const CHALLENGE = 'Bearer realm="zuil", Basic realm="zuil", charset="UTF-8"'

/** Turns what a request carries into a scope: the one place that makes scopes. */
export class Authentication {
  readonly #credentials: Credentials
  readonly #sessions: Pick<Sessions, 'of'>
  readonly #places: PlaceBook
  readonly #wrong: RateLimiter

  constructor({ credentials, sessions, places, clock }: AuthenticationOptions) {
    this.#credentials = credentials
    this.#sessions = sessions
    this.#places = places
    this.#wrong = new RateLimiter(WRONG_TOKENS, clock)
  }

  /**
   * Who reads, by token or, in a browser, by session; or why nobody does. A session is good for reading only: nothing is changed
   * by a request that another site could have somebody make.
   * @param address of the client
   */
  async readerOf({ authorization, cookie }: Presented, address: string): Promise<Reader | Problem> {
    const token = tokenOf(authorization)
    const owner = token === undefined ? await this.#ownerOfSession(cookie) : await this.#ownerOf(token)
    if (!owner) {
      if (token !== undefined && this.#wrong.take(address) > 0) return problem('rate-limited')
      return problem('auth/unauthorized', { detail: 'Give an access token or a token of the data API, as Bearer or as password' })
    }
    const regions = await this.#places.regions()
    const whole = Scope.of(owner.roles, regions)
    const scope = owner.narrowedTo ? whole.narrowed(owner.narrowedTo, regions) : whole
    if (scope.places?.length === 0) return problem('auth/forbidden', { detail: 'This account has no role that reads figures' })
    const all = SettlementScope.of(owner.roles)
    const settles = owner.narrowedTo ? all.narrowed(owner.narrowedTo) : all
    return { scope, settles, owner: owner.owner, ...(owner.account !== undefined && { account: owner.account }) }
  }

  /** Who signed in at the pages, whatever they may read; undefined when nobody did. @throws {CredentialsUnavailableError} */
  async visitorOf(cookies: string | undefined): Promise<Visitor | undefined> {
    const owner = await this.#ownerOfSession(cookies)
    if (!owner) return undefined
    const scope = Scope.of(owner.roles, await this.#places.regions())
    return { ...owner, scope, settles: SettlementScope.of(owner.roles) }
  }

  /** Who runs the installation and asks from its own machine: every place, as publiq. */
  async operatorScope(): Promise<Scope> {
    return Scope.of([{ role: 'publiq' }], await this.#places.regions())
  }

  /** What whoever has a locked link reads. Its signature was looked at before. */
  async scopeOfLink(link: Pick<LockedLink, 'place' | 'release'>): Promise<Scope> {
    return Scope.locked(link, await this.#places.regions())
  }

  /** The exact settlement of one region, for papers that somebody who settles it had made regularly; who reads them is asked then. */
  scopeOfSettlement(cardSystem: number): SettlementScope {
    return SettlementScope.of([{ role: 'settlement', cardSystem }])
  }

  /**
   * What an account of the registry reads now; undefined when it is none there: then only its issuer knows.
   * @throws {CredentialsUnavailableError}
   */
  async readerNow(account: string): Promise<Pick<Visitor, 'scope' | 'settles'> | undefined> {
    const known = await this.#credentials.account([account])
    if (!known) return undefined
    return { scope: Scope.of(known.roles, await this.#places.regions()), settles: SettlementScope.of(known.roles) }
  }

  async #ownerOfSession(cookies: string | undefined): Promise<(TokenOwner & { readonly account: string }) | undefined> {
    const session = this.#sessions.of(cookies)
    const known = session && (await this.#accountOf(session))
    return known && { owner: `person/${known.id}`, account: known.id, roles: known.roles }
  }

  /** What the issuer said when somebody signed in, or what the registry says now: a role taken away there counts at once. */
  async #accountOf({ names, roles }: Session): Promise<{ readonly id: string; readonly roles: Roles } | undefined> {
    const [id] = names
    return roles && id !== undefined ? { id, roles } : await this.#credentials.account(names)
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
