import { CheckinWindows, OFFLINE_DAYS_MAX } from '@zuil/core'
import type { FastifyInstance, FastifyListenOptions } from 'fastify'
import { Redis } from 'ioredis'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { IntakeCounter } from './counts/intake-counter.ts'
import { RefusalCounter } from './counts/refusal-counter.ts'
import { HubFinancialReports } from './hub/hub-financial-reports.ts'
import { HubTransactions } from './hub/hub-transactions.ts'
import type { ConnectionOptions } from './ledger/commit-connection.ts'
import { CounterReader } from './ledger/counter-reader.ts'
import { JournalReader } from './ledger/journal-reader.ts'
import { LedgerError } from './ledger/ledger-error.ts'
import { openLedger } from './ledger/open-ledger.ts'
import { AccountBook } from './registry/account-book.ts'
import { Registry } from './registry/registry.ts'
import { RegistryStore } from './registry/registry-store.ts'
import { installationSecret, Secrets } from './secrets.ts'
import { DEFAULT_LIMITS, type Services } from './services.ts'
import { openTokenServices } from './tokens/token-services.ts'

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
  const accounts = new AccountBook(redis, secrets)
  const refusals = new RefusalCounter({ ledger, now, onError: (error) => report('refusals could not be journalled', error) })
  const intake = new IntakeCounter({ redis, now, onError: (error) => report('answer times could not be kept', error) })
  const close = async (): Promise<void> => {
    await refusals.close()
    await intake.close()
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
    intake.start()
    const services: Services = {
      now,
      lanes,
      publicUrl: config.publicUrl,
      registry,
      ledger,
      journal,
      refusals,
      intake,
      secrets,
      store: new RegistryStore({ redis, lanes, secrets, registry, now }),
      counters: new CounterReader({ redis, lanes }),
      rules: { windows: new CheckinWindows(config.grace), offlineDaysMax: OFFLINE_DAYS_MAX, programmes: registry.programmes },
      numberProblem: config.numberProblem,
      ...hubReads(config, secrets),
      limits: DEFAULT_LIMITS,
      accounts,
      ...(await openTokenServices(config, {
        redis,
        secrets,
        registry,
        accounts,
        now,
        report: (...failure) => report(...failure),
      })),
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

/** What is asked of the hub. */
function hubReads({ internalUrl: url }: Config, secrets: Secrets): Pick<Services, 'hub' | 'financialReports'> {
  const connection = { url, token: secrets.token('internal'), fetch }
  return { hub: new HubTransactions(connection), financialReports: new HubFinancialReports(connection) }
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
