import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiClient } from '@zuil/core'
import { ROLES_CLAIM, type Roles } from '@zuil/core/contracts/roles'
import Provider, { type Adapter, type ClientMetadata, errors, interactionPolicy, type KoaContext } from 'oidc-provider'
import { KEPT_MODELS, ProviderStore, type ProviderStoreOptions } from './provider-store.ts'
import type { SigningKey } from './signing-key.ts'

/** Life of an access token in seconds: what the real token endpoint answers, so clients cache it as long. */
export const TOKEN_LIFE_SECONDS = 86_400
/** From the first sight of the sign-in page to its last click. */
const SIGN_IN_SECONDS = 600
/** From the redirect to the exchange by the app. RFC 6749 allows ten minutes; an app needs a second. */
const CODE_SECONDS = 60

/** What the issuer needs to know of API clients. The registry keeps a keyed hash of the secret only. */
export interface ClientBook {
  client(id: string): ApiClient | undefined
  hasClientSecret(id: string): boolean
  verifyClientSecret(id: string, secret: string): boolean
}

export interface TokenIssuerOptions extends ProviderStoreOptions {
  /** Value of `iss`; the address of the realm as clients see it. */
  readonly issuer: string
  /** Value of `aud`. */
  readonly audience: string
  readonly key: SigningKey
  readonly clients: ClientBook
  /** What an account may read of the figures; undefined when it is not there any more, e.g. when its code is exchanged. */
  readonly rolesOf: (id: string) => Promise<Roles | undefined>
  /** The page for who cannot be sent back to an app: what the request says is not to be trusted. */
  readonly errorPage: () => string
  readonly onError: (error: Error) => void
}

/** A sign-in that waits for somebody to give a name and a password. */
export interface SignIn {
  readonly uid: string
  readonly client: ApiClient
  /** Where the app waits. */
  readonly redirectUri: string
  /** `ui_locales` of the request: tags with spaces between them; empty when it has none. */
  readonly locales: string
}

export interface TokenIssuer {
  /** Answers a request whose `url` is relative to the realm and whose `originalUrl` is whole. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** The sign-in that the browser's cookie belongs to; undefined when there is none, or not any more. */
  readonly signIn: (request: IncomingMessage, response: ServerResponse) => Promise<SignIn | undefined>
  /** Ends it, with an account or without; gives the address to send the browser to. */
  readonly finish: (exchange: HttpExchange, accountId: string | undefined) => Promise<string>
}

export interface HttpExchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Paths below the realm, as the real identity provider has them. */
export const REALM_PATHS = {
  authorization: '/protocol/openid-connect/auth',
  token: '/protocol/openid-connect/token',
  certs: '/protocol/openid-connect/certs',
  discovery: '/.well-known/openid-configuration',
  interaction: '/interaction',
} as const

/**
 * OpenID provider: `client_credentials` for clients, `authorization_code` with PKCE for people; both give a signed JWT
 * access token.
 */
export function createTokenIssuer(options: TokenIssuerOptions): TokenIssuer {
  const provider = new Provider(options.issuer, configuration(options))
  // The route says how the installation is reached, whatever proxy stands in front.
  provider.proxy = true
  provider.on('server_error', (_context, error) => options.onError(error))
  provider.Client.prototype.compareClientSecret = function compareByHash(secret: string): boolean {
    return options.clients.verifyClientSecret(this.clientId, secret)
  }
  return {
    answer: provider.callback(),
    async signIn(request, response) {
      try {
        const { uid, params } = await provider.interactionDetails(request, response)
        const client = options.clients.client(String(params.client_id))
        return client && { uid, client, redirectUri: String(params.redirect_uri), locales: String(params.ui_locales ?? '') }
      } catch (error) {
        if (error instanceof errors.SessionNotFound) return undefined
        throw error
      }
    },
    finish: ({ request, response }, accountId) =>
      provider.interactionResult(
        request,
        response,
        accountId === undefined
          ? { error: 'access_denied', error_description: 'The person did not sign in' }
          : { login: { accountId, remember: false } },
      ),
  }
}

function configuration(options: TokenIssuerOptions): Readonly<Record<string, unknown>> {
  const { issuer, audience, key, secrets, rolesOf, errorPage } = options
  const realm = new URL(issuer).pathname
  const policy = interactionPolicy.base()
  // The page says for which app somebody signs in, each time; there is nothing beyond that to consent to.
  policy.remove('consent')
  return {
    adapter: (name: string) => adapterOf(name, options),
    jwks: { keys: [key.privateJwk] },
    routes: { authorization: REALM_PATHS.authorization, token: REALM_PATHS.token, jwks: REALM_PATHS.certs },
    clientAuthMethods: ['client_secret_post', 'client_secret_basic', 'none'],
    responseTypes: ['code'],
    scopes: ['openid'],
    claims: { openid: ['sub', ROLES_CLAIM] },
    // There is no userinfo: what the ID token does not say an app never learns.
    conformIdTokenClaims: false,
    extraTokenClaims: async (_context: unknown, { accountId }: { readonly accountId?: string }) =>
      accountId === undefined ? undefined : rolesClaim(await rolesOf(accountId)),
    pkce: { required: () => true },
    ttl: {
      ClientCredentials: TOKEN_LIFE_SECONDS,
      AccessToken: TOKEN_LIFE_SECONDS,
      IdToken: SIGN_IN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      Grant: SIGN_IN_SECONDS,
      Interaction: SIGN_IN_SECONDS,
      Session: SIGN_IN_SECONDS,
    },
    // The address that is named when somebody is sent is the address that a code is good for.
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: () => true,
    cookies: {
      keys: [secrets.key('sign-in').toString('hex')],
      long: { httpOnly: true, sameSite: 'lax' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    // No session outlives the sign-in, so no code hangs on one.
    expiresWithSession: () => false,
    findAccount: async (_context: unknown, id: string) => {
      const roles = await rolesOf(id)
      return roles && { accountId: id, claims: () => ({ sub: id, ...rolesClaim(roles) }) }
    },
    loadExistingGrant: (context: KoaContext) => grantEverything(context),
    interactions: {
      policy,
      url: (_context: unknown, { uid }: { readonly uid: string }) => `${realm}${REALM_PATHS.interaction}/${uid}`,
    },
    renderError: (context: KoaContext) => {
      context.type = 'html'
      context.body = errorPage()
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context: unknown, resource: string) => {
          if (resource !== audience) throw new errors.InvalidTarget('There is one audience')
          return {
            scope: '',
            audience,
            accessTokenTTL: TOKEN_LIFE_SECONDS,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          }
        },
      },
    },
  }
}

/** Most people read no figures: their tokens stay short. */
function rolesClaim(roles: Roles = []): Readonly<Record<string, Roles>> {
  return roles.length === 0 ? {} : { [ROLES_CLAIM]: roles }
}

/** Apps come from the operator's registry: who signs in for one lets it do what its permissions there say. */
async function grantEverything({ oidc }: KoaContext): Promise<object> {
  const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
  grant.addOIDCScope('openid')
  await grant.save()
  return grant
}

function adapterOf(name: string, options: TokenIssuerOptions): Adapter {
  if (KEPT_MODELS.has(name)) return new ProviderStore(name, options)
  const { clients } = options
  return {
    find: async (id) => (name === 'Client' ? clientMetadata(clients.client(id), clients) : undefined),
    upsert: async () => {},
    destroy: async () => {},
    consume: async () => {},
    revokeByGrantId: async () => {},
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  }
}

function clientMetadata(client: ApiClient | undefined, clients: ClientBook): ClientMetadata | undefined {
  if (!client) return undefined
  const { id, name, redirectUris = [] } = client
  const isConfidential = clients.hasClientSecret(id)
  // Nothing that such a client could do here.
  if (!isConfidential && redirectUris.length === 0) return undefined
  return {
    client_id: id,
    client_name: name,
    // Never compared: compareByHash asks the registry. The provider wants the member to be there.
    ...(isConfidential && { client_secret: 'kept-as-keyed-hash-in-the-registry' }),
    grant_types: [...(isConfidential ? ['client_credentials'] : []), ...(redirectUris.length > 0 ? ['authorization_code'] : [])],
    redirect_uris: redirectUris,
    response_types: redirectUris.length > 0 ? ['code'] : [],
    token_endpoint_auth_method: isConfidential ? 'client_secret_post' : 'none',
    // An app on a phone, or a page: only what the provider checks of its addresses differs.
    application_type: redirectUris.every(isSite) ? 'web' : 'native',
  }
}

/** Plain http to another machine is not taken by the registry: only the operator gives the dashboard such an address. */
function isSite(uri: string): boolean {
  const { protocol, hostname } = new URL(uri)
  return protocol === 'https:' || (protocol === 'http:' && !['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
}
