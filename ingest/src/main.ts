import { join } from 'node:path'
import { CheckinWindows, OFFLINE_DAYS_MAX } from '@zuil/core'
import type { FastifyInstance, FastifyListenOptions } from 'fastify'
import { Redis } from 'ioredis'
import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { HubTransactions } from './hub/hub-transactions.ts'
import type { ConnectionOptions } from './ledger/commit-connection.ts'
import { CounterReader } from './ledger/counter-reader.ts'
import { JournalReader } from './ledger/journal-reader.ts'
import { LedgerError } from './ledger/ledger-error.ts'
import { openLedger } from './ledger/open-ledger.ts'
import { RefusalCounter } from './ledger/refusal-counter.ts'
import { Registry } from './registry/registry.ts'
import { RegistryStore } from './registry/registry-store.ts'
import { installationSecret, Secrets } from './secrets.ts'
import { DEFAULT_LIMITS, type Services } from './services.ts'
import { issuerKeys } from './tokens/issuer-keys.ts'
import { openSigningKey } from './tokens/signing-key.ts'
import { createTokenIssuer, type TokenIssuer } from './tokens/token-issuer.ts'
import { createTokenVerifier } from './tokens/token-verifier.ts'

/** Connections at the same time; each may hold a request of {@link BODY_BYTES_MAX}. */
export const CONNECTIONS_MAX = 10_000
/** The kernel keeps that many callers waiting while the process is busy. */
const LISTEN_BACKLOG = 1_024
/** Commands on connections for reads: longer than a read of a busy Redis, shorter than a client's patience. */
const READ_TIMEOUT_MS = 3_000

export interface RunningIngest {
  /** E.g. `http://127.0.0.1:8081`. */
  readonly url: string
  readonly app: FastifyInstance
  /** Refuses new requests, finishes those under way, journals what was counted, closes Redis. */
  stop(): Promise<void>
}

/** Opens everything, loads the registry and listens. Several processes may share one port. */
export async function startIngest(config: Config): Promise<RunningIngest> {
  const opened = await openServices(config)
  try {
    const app = await buildApp({ services: opened.services, logLevel: config.logLevel })
    opened.onError((message, error) => app.log.warn({ err: error }, message))
    app.server.maxConnections = CONNECTIONS_MAX
    const url = await app.listen(listenOptions(config))
    return {
      url,
      app,
      async stop() {
        await app.close()
        await opened.close()
      },
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** Several processes share a port on Linux, where the kernel spreads connections over them. Fastify hands on what Node knows. */
function listenOptions({ host, port }: Config): FastifyListenOptions & { readonly reusePort: boolean } {
  return { host, port, backlog: LISTEN_BACKLOG, reusePort: process.platform === 'linux' && port !== 0 }
}

export interface OpenedServices {
  readonly services: Services
  onError(listener: (message: string, error: unknown) => void): void
  close(): Promise<void>
}

/** Connects to Redis and builds what the service works with. */
export async function openServices(config: Config): Promise<OpenedServices> {
  let report: (message: string, error: unknown) => void = () => {}
  const secrets = new Secrets(installationSecret(config.data, config.secret))
  const connect = (options: ConnectionOptions = {}): Redis => {
    const redis = new Redis(config.redisUrl, { enableOfflineQueue: false, ...options, lazyConnect: true })
    redis.on('error', (error) => report('a connection to Redis failed', error))
    return redis
  }
  const redis = connect({ maxRetriesPerRequest: 0, commandTimeout: READ_TIMEOUT_MS })
  const { lanes } = config
  const now = Date.now
  const { ledger, ...opened } = openLedger({
    connect,
    lanes,
    connections: config.commitConnections,
    now,
    onError: (error) => report('a reservation of several lanes could not be ended', error),
  })
  const journal = new JournalReader({ redis, lanes })
  const registry = new Registry({
    redis,
    connect,
    lanes,
    secrets,
    onError: (error) => report('the registry could not be followed', error),
  })
  const refusals = new RefusalCounter({ ledger, now, onError: (error) => report('refusals could not be journalled', error) })
  const close = async (): Promise<void> => {
    await refusals.close()
    await opened.close()
    journal.close()
    await registry.close()
    redis.disconnect()
  }
  try {
    await reach(redis, config.redisUrl)
    await opened.start()
    await registry.load()
    refusals.start()
    const services: Services = {
      now,
      lanes,
      publicUrl: config.publicUrl,
      registry,
      ledger,
      journal,
      refusals,
      secrets,
      store: new RegistryStore({ redis, lanes, secrets, registry, now }),
      counters: new CounterReader({ redis, lanes }),
      rules: { windows: new CheckinWindows(), offlineDaysMax: OFFLINE_DAYS_MAX, programmes: registry.programmes },
      hub: new HubTransactions({ url: config.internalUrl, token: secrets.token('internal'), fetch }),
      limits: DEFAULT_LIMITS,
      ...(await tokenServices(config, { secrets, registry, now, report: (message, error) => report(message, error) })),
    }
    return {
      services,
      close,
      onError: (listener) => {
        report = listener
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function reach(redis: Redis, url: string): Promise<void> {
  try {
    await redis.connect()
  } catch (cause) {
    // The URL may hold a password, so only its host is named.
    throw new LedgerError('unavailable', `Redis at ${new URL(url).host} does not answer: start it, or set ZUIL_REDIS_URL`, {
      cause,
    })
  }
}

interface TokenContext {
  readonly secrets: Secrets
  readonly registry: Registry
  readonly now: () => number
  readonly report: (message: string, error: unknown) => void
}

/** What tokens are for: the value of `aud`. */
export const AUDIENCE = 'https://api.publiq.be'

/** The built-in issuer with its verifier, or the verifier of a foreign issuer's tokens. */
async function tokenServices(config: Config, context: TokenContext): Promise<Pick<Services, 'tokens' | 'issuer'>> {
  const { registry, secrets, now, report } = context
  if (config.issuer !== '') {
    const onError = (error: unknown): void => report('the keys of the token issuer could not be read', error)
    const keys = issuerKeys({ issuer: config.issuer, fetch, now, onError })
    return { tokens: createTokenVerifier({ issuer: config.issuer, audience: AUDIENCE, keys, now }) }
  }
  const issuer = `${config.publicUrl}/realms/uitid`
  const key = await openSigningKey(join(config.data, 'keys', 'tokens.pem'), secrets.key('tokens').toString('hex'))
  const keys: JWTVerifyGetKey = createLocalJWKSet({ keys: [key.publicJwk] })
  const builtIn: TokenIssuer = createTokenIssuer({
    issuer,
    audience: AUDIENCE,
    key,
    clients: {
      hasClient: (id) => registry.client(id) !== undefined,
      isClientSecret: (id, secret) => registry.verifyClientSecret(id, secret),
    },
    onError: (error) => report('the token issuer failed', error),
  })
  return { issuer: builtIn, tokens: createTokenVerifier({ issuer, audience: AUDIENCE, keys, now }) }
}
