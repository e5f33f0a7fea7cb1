import { ROLES_CLAIM, type Roles, rolesOfClaim } from '@zuil/core/contracts/roles'
import { ACCOUNT_ID_LENGTH_MAX } from '@zuil/core/registry/account'
import * as oidc from 'openid-client'
import type { Language } from '../../lib/language.ts'

/** The issuer answers in milliseconds; a reader waits for it. */
const ISSUER_TIMEOUT_SECONDS = 5
/** Codes of faults that say the person or the browser did something else than sign in; the rest is the issuer's. */
const REFUSALS: ReadonlySet<string> = new Set(['access_denied', 'login_required', 'interaction_required', 'consent_required'])
/** Another state, or a token of another sign-in. */
const FOREIGN_ANSWERS: ReadonlySet<string> = new Set(['OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'])

export interface IdentityProviderOptions {
  /** URL of the issuer, as its tokens name it. */
  readonly issuer: string
  readonly clientId: string
  /** Empty: a public client, held by PKCE alone. */
  readonly clientSecret: string
  /** Where the issuer sends people back to, by the whole address. */
  readonly redirectUri: string
  /** Claims that may name the account, in the order in which they count. */
  readonly personClaims: readonly string[]
}

/** What has to be known when somebody comes back: kept sealed in their browser. */
export interface PendingSignIn {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Who somebody is, as the issuer says it. */
export interface Identity {
  readonly names: readonly string[]
  /** Absent: the issuer says nothing about roles. */
  readonly roles?: Roles
}

/** The person did not sign in after all, or came back with something that is not of this sign-in. */
export class SignInRefusedError extends Error {
  override readonly name = 'SignInRefusedError'
  readonly code = 'SIGN_IN_REFUSED'
}

/** The issuer cannot be reached, or does not answer as one. */
export class IssuerUnavailableError extends Error {
  override readonly name = 'IssuerUnavailableError'
  readonly code = 'ISSUER_UNAVAILABLE'
}

/** OpenID Connect with one issuer: authorization code with PKCE, state and nonce. It is looked up at the first sign-in. */
export class IdentityProvider {
  readonly #options: IdentityProviderOptions
  #discovered: Promise<oidc.Configuration> | undefined

  constructor(options: IdentityProviderOptions) {
    this.#options = options
  }

  /** The address to send a browser to, and what to remember until it comes back. @throws {IssuerUnavailableError} */
  async begin(language: Language): Promise<{ readonly address: string; readonly pending: PendingSignIn }> {
    const configuration = await this.#configuration()
    const pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
    const address = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#options.redirectUri,
      scope: 'openid',
      ui_locales: language,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    })
    return { address: address.href, pending }
  }

  /**
   * Who came back with this query.
   * @throws {SignInRefusedError} @throws {IssuerUnavailableError}
   */
  async finish(query: string, pending: PendingSignIn): Promise<Identity> {
    const configuration = await this.#configuration()
    const address = new URL(this.#options.redirectUri)
    address.search = query
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, address, {
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        pkceCodeVerifier: pending.verifier,
        idTokenExpected: true,
      })
      return this.#identityOf({ ...tokens.claims() })
    } catch (cause) {
      if (isRefusal(cause)) throw new SignInRefusedError('Nobody signed in', { cause })
      throw new IssuerUnavailableError('The issuer did not say who signed in', { cause })
    }
  }

  /** Where somebody ends the session at the issuer too; undefined when the issuer has no such page. */
  async endAddress(): Promise<string | undefined> {
    const configuration = await this.#configuration()
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
    return oidc.buildEndSessionUrl(configuration).href
  }

  #identityOf(claims: Readonly<Record<string, unknown>>): Identity {
    const names = this.#options.personClaims.flatMap((claim) => {
      const value = claims[claim]
      return typeof value === 'string' && value !== '' && value.length <= ACCOUNT_ID_LENGTH_MAX ? value : []
    })
    const saysRoles = ROLES_CLAIM in claims
    return { names: [...new Set(names)], ...(saysRoles && { roles: rolesOfClaim(claims[ROLES_CLAIM]) }) }
  }

  async #configuration(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#options
    if (this.#discovered === undefined) {
      const isPlain = issuer.startsWith('http://')
      const discovering = oidc.discovery(
        new URL(issuer),
        clientId,
        undefined,
        clientSecret === '' ? oidc.None() : oidc.ClientSecretPost(clientSecret),
        // The operator chose an issuer without TLS: the built-in one on the same machine.
        { timeout: ISSUER_TIMEOUT_SECONDS, execute: isPlain ? [oidc.allowInsecureRequests] : [] },
      )
      this.#discovered = discovering
      // a failure is not remembered
      discovering.catch(() => {
        if (this.#discovered === discovering) this.#discovered = undefined
      })
    }
    try {
      return await this.#discovered
    } catch (cause) {
      throw new IssuerUnavailableError(`${issuer} does not answer as an OpenID Connect issuer`, { cause })
    }
  }
}

/** The issuer said no to the person, or the answer does not belong to what this browser began. */
function isRefusal(error: unknown): boolean {
  if (error instanceof oidc.AuthorizationResponseError) return REFUSALS.has(error.error)
  if (error instanceof oidc.ResponseBodyError) return error.error === 'invalid_grant'
  return error instanceof oidc.ClientError && FOREIGN_ANSWERS.has(error.code ?? '')
}
