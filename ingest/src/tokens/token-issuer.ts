import type { IncomingMessage, ServerResponse } from 'node:http'
import Provider, { type Adapter, type ClientMetadata } from 'oidc-provider'
import type { SigningKey } from './signing-key.ts'

/** Life of an access token in seconds: what the real token endpoint answers, so clients cache it as long. */
export const TOKEN_LIFE_SECONDS = 86_400

/** What the issuer needs to know of API clients. The registry keeps a keyed hash of the secret only. */
export interface ClientSecrets {
  hasClient(id: string): boolean
  isClientSecret(id: string, secret: string): boolean
}

export interface TokenIssuerOptions {
  /** Value of `iss`; the address of the realm as clients see it. */
  readonly issuer: string
  /** Value of `aud`. */
  readonly audience: string
  readonly key: SigningKey
  readonly clients: ClientSecrets
  readonly onError: (error: Error) => void
}

export type TokenIssuer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Paths below the realm, as the real identity provider has them. */
export const REALM_PATHS = {
  token: '/protocol/openid-connect/token',
  certs: '/protocol/openid-connect/certs',
  discovery: '/.well-known/openid-configuration',
} as const

/**
 * OpenID provider that answers `client_credentials` with a signed JWT access token. It expects requests whose `url` is
 * relative to the realm and whose `originalUrl` is whole.
 */
export function createTokenIssuer(options: TokenIssuerOptions): TokenIssuer {
  const provider = new Provider(options.issuer, {
    adapter: (name: string) => clientAdapter(name, options.clients),
    jwks: { keys: [options.key.privateJwk] },
    routes: { token: REALM_PATHS.token, jwks: REALM_PATHS.certs },
    clientAuthMethods: ['client_secret_post', 'client_secret_basic'],
    responseTypes: [],
    scopes: [],
    claims: {},
    ttl: { ClientCredentials: TOKEN_LIFE_SECONDS },
    clientBasedCORS: () => true,
    cookies: { keys: [] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => options.audience,
        getResourceServerInfo: () => ({
          scope: '',
          audience: options.audience,
          accessTokenTTL: TOKEN_LIFE_SECONDS,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  })
  provider.on('server_error', (_context, error) => options.onError(error))
  provider.Client.prototype.compareClientSecret = function compareByHash(secret: string): boolean {
    return options.clients.isClientSecret(this.clientId, secret)
  }
  return provider.callback()
}

/** The provider stores nothing: a JWT access token is complete in itself, and clients come from the registry. */
function clientAdapter(name: string, clients: ClientSecrets): Adapter {
  return {
    find: async (id) => (name === 'Client' && clients.hasClient(id) ? clientMetadata(id) : undefined),
    upsert: async () => {},
    destroy: async () => {},
    consume: async () => {},
    revokeByGrantId: async () => {},
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  }
}

function clientMetadata(id: string): ClientMetadata {
  return {
    client_id: id,
    // Never compared: compareByHash asks the registry. The provider wants the member to be there.
    client_secret: 'kept-as-keyed-hash-in-the-registry',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_post',
  }
}
