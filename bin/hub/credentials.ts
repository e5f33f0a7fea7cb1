import { brusselsDay, formatDay } from '@zuil/core'
import { signInName } from '@zuil/core/registry/account'
import { type AccountSource, type Credentials, CredentialsUnavailableError, type DashboardOptions } from '@zuil/dashboard/server'
import {
  AccountBook,
  AccountRoles,
  AUDIENCE,
  createTokenVerifier,
  DataTokenBook,
  issuerKeys,
  KeysUnavailable,
  LedgerError,
  type Secrets,
} from '@zuil/ingest'
import type { Redis } from 'ioredis'

export interface CredentialsOptions {
  readonly redis: Redis
  readonly secrets: Secrets
  /** Who signs access tokens. */
  readonly issuer: string
  /** Claims of an access token that may name the account. */
  readonly personClaims: readonly string[]
  /** Epoch ms. */
  readonly clock: () => number
  readonly report: (message: string, error: unknown) => void
}

/** What the dashboard knows of people: who may read figures, and the accounts whose roles publiq gives and takes. */
export function dashboardPeople(options: CredentialsOptions): Pick<DashboardOptions, 'credentials' | 'accounts'> {
  return { credentials: figureCredentials(options), accounts: accountSource(options) }
}

/** Who may read figures, by the registry's accounts and tokens and by the issuer's keys. */
function figureCredentials(options: CredentialsOptions): Credentials {
  const { redis, secrets, issuer, personClaims, clock, report } = options
  const accounts = new AccountBook(redis, secrets)
  const tokens = new DataTokenBook(redis, secrets)
  const onError = (error: unknown): void => report('The keys of the token issuer could not be read', error)
  const keys = issuerKeys({ issuer, fetch, now: clock, onError })
  const verifier = createTokenVerifier({ issuer, audience: AUDIENCE, keys, personClaims, now: clock })
  return {
    accessToken: (token) =>
      judged(async () => {
        const subject = verifier.recall(token) ?? (await verifier.verify(token))
        // A client that speaks for itself is nobody who reads figures.
        if (!subject?.person) return undefined
        const { names, roles } = subject.person
        const [account] = names
        return { owner: `person/${names.join(' ')}`, roles, ...(account !== undefined && { account }) }
      }),
    account: (names) =>
      judged(async () => {
        for (const name of names) {
          const account = await accounts.byId(name)
          if (account) return { id: account.id, roles: account.roles }
        }
        return undefined
      }),
    dataToken: (text) =>
      judged(async () => {
        const token = await tokens.bearing(text, formatDay(brusselsDay(clock())))
        // What the account reads now, not what it read when the token was made.
        const account = token && (await accounts.byId(token.account))
        if (!token || !account) return undefined
        return { owner: `token/${token.id}`, roles: account.roles, ...(token.roles && { narrowedTo: token.roles }) }
      }),
  }
}

/** The registry's accounts; they are changed as a put of the operator changes them. */
function accountSource({ redis, secrets }: CredentialsOptions): AccountSource {
  const book = new AccountBook(redis, secrets)
  const roles = new AccountRoles(redis, secrets)
  return {
    named: (name) => judged(async () => (await book.byEmail(signInName(name))) ?? (await book.byId(name))),
    withRoles: () => judged(() => book.withRoles()),
    change: (id, changed) => judged(() => roles.change(id, changed)),
  }
}

async function judged<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (cause) {
    if (cause instanceof KeysUnavailable || cause instanceof LedgerError)
      throw new CredentialsUnavailableError('Nobody can tell now whether a token holds, or which roles there are', { cause })
    throw cause
  }
}
