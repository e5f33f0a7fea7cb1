import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { createLocalJWKSet } from 'jose'
import type { Config } from '../config.ts'
import type { AccountBook } from '../registry/account-book.ts'
import type { Registry } from '../registry/registry.ts'
import type { Secrets } from '../secrets.ts'
import type { Services } from '../services.ts'
import { signInOverPage } from '../sign-in/sign-in-page.ts'
import { LANGUAGES } from '../sign-in/sign-in-texts.ts'
import { withDashboard } from './dashboard-client.ts'
import { issuerKeys } from './issuer-keys.ts'
import { openSigningKey } from './signing-key.ts'
import { createTokenIssuer } from './token-issuer.ts'
import { createTokenVerifier } from './token-verifier.ts'

/** What tokens are for: the value of `aud`. */
export const AUDIENCE = 'https://api.publiq.be'

/** Who signs the tokens of an installation. */
export interface Issuer {
  /** Value of `iss`. */
  readonly issuer: string
  /** Claims that may name the account of a person. */
  readonly personClaims: readonly string[]
  /** Whether ingest is the issuer itself. */
  readonly isBuiltIn: boolean
}

export function issuerOf({ issuer, publicUrl, personClaims }: Pick<Config, 'issuer' | 'publicUrl' | 'personClaims'>): Issuer {
  return issuer === ''
    ? { issuer: `${publicUrl}/realms/uitid`, personClaims: ['sub'], isBuiltIn: true }
    : { issuer, personClaims, isBuiltIn: false }
}

export interface TokenContext {
  readonly redis: Redis
  readonly secrets: Secrets
  readonly registry: Registry
  readonly accounts: AccountBook
  /** Epoch ms. */
  readonly now: () => number
  readonly report: (message: string, error: unknown) => void
}

/** The built-in issuer with its verifier, or the verifier of a foreign issuer's tokens. */
export async function openTokenServices(config: Config, context: TokenContext): Promise<Pick<Services, 'tokens' | 'issuer'>> {
  const { redis, registry, secrets, accounts, now, report } = context
  const { issuer, personClaims } = issuerOf(config)
  if (config.issuer !== '') {
    const onError = (error: unknown): void => report('the keys of the token issuer could not be read', error)
    const keys = issuerKeys({ issuer, fetch, now, onError })
    return { tokens: createTokenVerifier({ issuer, audience: AUDIENCE, keys, personClaims, now }) }
  }
  const key = await openSigningKey(join(config.data, 'keys', 'tokens.pem'), secrets.key('tokens').toString('hex'))
  const builtIn = createTokenIssuer({
    issuer,
    audience: AUDIENCE,
    key,
    redis,
    secrets,
    clients: withDashboard(registry, { dashboardUrl: config.dashboardUrl, secrets }),
    rolesOf: async (id) => (await accounts.byId(id))?.roles,
    errorPage: () => signInOverPage(LANGUAGES[0]),
    onError: (error) => report('the token issuer failed', error),
  })
  const keys = createLocalJWKSet({ keys: [key.publicJwk] })
  return { issuer: builtIn, tokens: createTokenVerifier({ issuer, audience: AUDIENCE, keys, personClaims, now }) }
}
