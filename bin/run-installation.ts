import { CommandError, EXIT, say } from './command.ts'
import type { Settings } from './config.ts'
import { hasLostRedis } from './lost-redis.ts'
import { requireFreePort } from './port.ts'
import { rewriteWhenQuiet } from './quiet-rewrite.ts'
import { requireRedisFormat } from './redis-format.ts'
import { keepRedis, stopLeftOver } from './redis-process.ts'
import { supervise } from './supervisor.ts'

/** The hub seals, archives and loads what is left before it ends; then the rest waits for the next start. */
const HUB_STOP_MS = 30_000
const INGEST_STOP_MS = 15_000

/**
 * Threads of libuv in the hub: up to six statements of the embedded warehouse hold one each, and files, compression and
 * hashes of the pipeline need some beside them. It can only be set before the process starts; the default is four.
 */
const HUB_THREADS = '12'

/**
 * Ingest has a few large tables and much that is gone with its answer. Node would let young objects take 134 MB and what grew old
 * double. With 32 MB for the young what is under way is looked through and copied half as often as with 16; four fifths more for the
 * old keep 500,000 passholders below 400 MB during an import too. Looking through the old more often costs time: with 30 % instead of
 * 80 a line of a batch took a quarter longer.
 */
const INGEST_NODE_OPTIONS = ['--max-semi-space-size=32', '--heap-growing-percent=80']

/** What a command adds to a running installation. */
export interface Company {
  /** Brings in what belongs there once everything answers; gives what is said then. */
  readonly whenRunning: (settings: Settings) => Promise<string>
  /** Ends before anything else does. */
  readonly stop?: () => Promise<void>
}

/** Runs everything until somebody asks to stop, or a part cannot run; gives the exit code. The data folder is claimed. */
export async function runInstallation(settings: Settings, company: Company): Promise<number> {
  const stopRequested = Promise.withResolvers<number>()
  // for good: in a terminal Ctrl-C comes twice, from there and passed on by npm, and the second would end this in the middle
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopRequested.resolve(EXIT.ok))
  await requirePorts(settings)
  const redis = settings.embeddedRedis
    ? await keepRedis(settings, { onLost: () => stopRequested.resolve(EXIT.unavailable) })
    : undefined
  const rewriting = redis && rewriteWhenQuiet(settings.redisUrl)
  try {
    await requireRedisFormat(settings)
    await requireKnownRedis(settings)
    return await runServices(settings, { stopRequested, company })
  } finally {
    rewriting?.stop()
    await redis?.stop()
    say('Stopped.')
  }
}

interface Running {
  readonly stopRequested: PromiseWithResolvers<number>
  readonly company: Company
}

/** Runs ingest and hub until somebody asks to stop, or one of them cannot run. */
async function runServices(settings: Settings, { stopRequested, company }: Running): Promise<number> {
  const watch = {
    onDeath: (name: string, reason: string) => say(`${name} ended (${reason}) and is started again.`),
    onHopeless: (name: string, exitCode: number) => {
      say(`${name} cannot run; its reason stands above.`)
      stopRequested.resolve(exitCode)
    },
  }
  // The terminal is for people: what the services log every second is left out unless it is asked for.
  const environment = { ZUIL_DATA: settings.data, ZUIL_REDIS_URL: settings.redisUrl, ZUIL_LOG_LEVEL: settings.logLevel ?? 'warn' }
  const hub = supervise({
    name: 'hub',
    args: ['hub'],
    environment: { ...environment, UV_THREADPOOL_SIZE: HUB_THREADS },
    ...watch,
  })
  const ingests = Array.from({ length: settings.ingestProcesses }, (_, index) =>
    supervise({
      name: settings.ingestProcesses > 1 ? `ingest ${index + 1}` : 'ingest',
      args: ['ingest'],
      environment,
      nodeOptions: INGEST_NODE_OPTIONS,
      ...watch,
    }),
  )
  const whenReady = async () => {
    await Promise.all([hub.ready, ...ingests.map((ingest) => ingest.ready)])
    say(await company.whenRunning(settings))
  }
  try {
    whenReady().catch((error: Error) => {
      say(error.message)
      stopRequested.resolve(EXIT.unavailable)
    })
    return await stopRequested.promise
  } finally {
    say('Stopping: what was accepted is loaded first.')
    await company.stop?.()
    // In the order of the work: nobody accepts any more, then the hub finishes.
    await Promise.all(ingests.map((ingest) => ingest.stop(INGEST_STOP_MS)))
    await hub.stop(HUB_STOP_MS)
  }
}

/** A Redis that knows nothing beside an archive that knows something would give balances of zero and old range numbers. */
async function requireKnownRedis(settings: Settings): Promise<void> {
  if (!(await hasLostRedis(settings))) return
  throw new CommandError(
    `Redis is empty, but ${settings.data} holds an archive: run "npm run zuil -- rebuild redis" first, which brings balances, limits and registry back.`,
  )
}

/** @throws {CommandError} naming the port that somebody else has */
export async function requirePorts(settings: Settings): Promise<void> {
  await requireFreePort(settings.host, settings.dashboardPort, { name: 'dashboard', setting: 'ZUIL_DASHBOARD_PORT' })
  await requireFreePort(settings.host, settings.ingestPort, { name: 'UiTPAS API', setting: 'ZUIL_INGEST_PORT' })
  await requireFreePort('127.0.0.1', settings.internalPort, { name: 'internal reads', setting: 'ZUIL_INTERNAL_PORT' })
  if (!settings.embeddedRedis) return
  await stopLeftOver(settings)
  await requireFreePort('127.0.0.1', settings.redisPort, { name: 'Redis', setting: 'ZUIL_REDIS_PORT' })
}
