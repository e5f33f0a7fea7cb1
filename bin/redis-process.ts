import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { CommandError, say } from './command.ts'
import type { Settings } from './config.ts'
import { rewriteBehind } from './rewrite-behind.ts'

/** Loading a large append-only file takes seconds: 1 million operations about 6. */
const READY_WITHIN_MS = 120_000
/** Redis writes what it holds before it goes. */
const STOP_WITHIN_MS = 30_000
const POLL_MS = 50
const RESTART_AFTER_MS = 200
const RESTART_AFTER_MAX_MS = 5_000

/** Writes the configuration and starts `redis-server`; resolves when it answers. */
export async function startRedis(settings: Settings, onExit: (code: number | null) => void): Promise<ChildProcess> {
  const folder = join(settings.data, 'redis')
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'redis.conf')
  await writeFile(file, configuration(settings, folder), { mode: 0o600 })
  const child = spawn('redis-server', [file], { stdio: ['ignore', 'ignore', 'inherit'], detached: true })
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new CommandError(
          error.code === 'ENOENT'
            ? 'redis-server is not installed: install it (Debian, Ubuntu: apt-get install redis-server) or set ZUIL_REDIS_URL.'
            : `redis-server did not start: ${error.message}.`,
        ),
      ),
    )
    child.once('exit', (code) =>
      reject(
        new CommandError(`redis-server stopped at once (exit code ${code}); its reason stands in ${join(folder, 'redis.log')}.`),
      ),
    )
  })
  failed.catch(() => undefined) // afterwards an exit is the supervisor's matter
  try {
    await Promise.race([failed, waitUntilReady(settings.redisUrl, READY_WITHIN_MS)])
    if ((await serverPid(settings.redisUrl)) !== child.pid)
      throw new CommandError(
        `Another Redis answers on port ${settings.redisPort}: stop it, or choose another port with ZUIL_REDIS_PORT.`,
      )
  } catch (error) {
    child.kill('SIGKILL') // one that does not answer keeps the port from the next
    throw error
  }
  child.once('exit', onExit)
  rewriteBehind(child)
  return child
}

function configuration(settings: Settings, folder: string): string {
  return [
    '# Written at each start; settings are ZUIL_REDIS_PORT and ZUIL_REDIS_MEMORY.',
    'bind 127.0.0.1',
    `port ${settings.redisPort}`,
    `dir "${folder}"`,
    `logfile "${join(folder, 'redis.log')}"`,
    'daemonize no',
    // What was answered with 2xx is on disk: docs/decisions/0001.
    'appendonly yes',
    'appendfsync always',
    'no-appendfsync-on-rewrite no',
    // A rewrite takes a processor for seconds, so it waits for a calm moment (quiet-rewrite.ts) until this; 1 GB is read in some 12 s.
    'auto-aof-rewrite-percentage 100',
    'auto-aof-rewrite-min-size 1gb',
    'save ""',
    `maxmemory ${settings.redisMemory}`,
    'maxmemory-policy noeviction',
    'busy-reply-threshold 1000',
    // Small hashes of counters are packed: they cost a tenth.
    'hash-max-listpack-entries 256',
    // A day's answers to requests expire as a few large hashes: freed beside the work, not in between.
    'lazyfree-lazy-expire yes',
    // A rewrite of the append-only file runs beside the work on the same cores; packing texts takes an eighth of its time.
    'rdbcompression no',
    // Nobody reads how long each kind of command took, and a call of the commit script makes hundreds of them.
    'latency-tracking no',
    '',
  ].join('\n')
}

/** SIGTERM, then SIGKILL; resolves when the server is gone. */
export async function stopRedis(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGTERM')
  const hard = setTimeout(() => server.kill('SIGKILL'), STOP_WITHIN_MS)
  await gone
  clearTimeout(hard)
}

/** A server that is started again when it ends. */
export interface KeptRedis {
  stop(): Promise<void>
}

export interface KeepOptions {
  /** Told of each end and of each start that came to nothing. */
  readonly onTrouble?: (text: string) => void
  /** Told once that what Redis held is gone, after the trouble has been told; it is not started again. */
  readonly onLost?: () => void
  readonly restartAfterMs?: number
}

/** Redis writes it before it answers for the first time, and without it begins with nothing. */
const MANIFEST = join('appendonlydir', 'appendonly.aof.manifest')

/**
 * Starts Redis and starts it again when it ends, also when it ends before it answers, for as long as nobody asks to stop: a full disk
 * keeps it from starting, and whoever makes room wants to be served. Only one whose data is gone stays away: it would begin with nothing.
 * @throws {CommandError} when it does not start the first time
 */
export async function keepRedis(
  settings: Settings,
  { onTrouble = say, onLost = () => undefined, restartAfterMs = RESTART_AFTER_MS }: KeepOptions = {},
): Promise<KeptRedis> {
  const stopping = new AbortController()
  let running: Promise<ChildProcess | undefined>
  const onExit = (code: number | null) => {
    if (stopping.signal.aborted) return
    onTrouble(`Redis ended (exit code ${code}) and is started again.`)
    running = startAgain()
  }
  const startAgain = async () => {
    for (let afterMs = restartAfterMs; ; afterMs = Math.min(afterMs * 2, RESTART_AFTER_MAX_MS)) {
      await pause(afterMs, undefined, stopping).catch(() => undefined) // a stop ends the pause
      if (stopping.signal.aborted) return undefined
      const folder = join(settings.data, 'redis')
      if (!existsSync(join(folder, MANIFEST))) {
        onTrouble(`What Redis held is gone from ${folder}: put it back, or run "npm run zuil -- rebuild redis", then start Zuil.`)
        onLost()
        return undefined
      }
      try {
        return await startRedis(settings, onExit)
      } catch (error) {
        onTrouble(`${error instanceof Error ? error.message : String(error)} It is tried again.`)
      }
    }
  }
  running = Promise.resolve(await startRedis(settings, onExit))
  return {
    async stop() {
      stopping.abort()
      const child = await running
      if (child) await stopRedis(child)
    },
  }
}

/** Resolves when the server answers PING outside of loading. */
export async function waitUntilReady(url: string, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs
  for (;;) {
    if (await answers(url)) return
    if (performance.now() > until) throw new CommandError(`Redis at ${url} does not answer within ${withinMs / 1000} s.`)
    await pause(POLL_MS)
  }
}

async function answers(url: string): Promise<boolean> {
  return (await asked(url, async (redis) => (await redis.ping()) === 'PONG')) ?? false
}

/** The process that answers there. */
async function serverPid(url: string): Promise<number | undefined> {
  return await asked(url, async (redis) => Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]))
}

/** Asks once over a connection of its own; nothing when nobody answers. */
export async function asked<Answer>(url: string, question: (redis: Redis) => Promise<Answer>): Promise<Answer | undefined> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, connectTimeout: 1000 })
  redis.on('error', () => undefined) // an answer is all that counts here
  try {
    await redis.connect()
    return await question(redis)
  } catch {
    return undefined
  } finally {
    redis.disconnect()
  }
}

/** What a Redis is set to. */
export async function directiveOf(redis: Redis, name: string): Promise<string> {
  const [, value = ''] = (await redis.config('GET', name)) as string[] // `as` holds: CONFIG GET gives names with their values
  return value
}

/** Asks a Redis that we started earlier in this folder, and that outlived its supervisor, to stop. */
export async function stopLeftOver(settings: Settings): Promise<boolean> {
  const isOurs = await asked(settings.redisUrl, async (redis) => {
    if ((await directiveOf(redis, 'dir')) !== join(settings.data, 'redis')) return false
    await redis.shutdown('NOSAVE').catch(() => undefined) // the connection ends with the server
    return true
  })
  return isOurs ?? false
}
