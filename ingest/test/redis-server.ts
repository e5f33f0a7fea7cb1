import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import type { ConnectionOptions } from '../src/ledger/commit-connection.ts'

/** Whether tests that need Redis can run; in CI they must. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis && process.env.CI === 'true') throw new Error('redis-server is not installed, and in CI nothing is skipped')

const START_TIMEOUT_MS = 10_000
const PORT_MIN = 15_000
const PORT_MAX = 32_000

/** A Redis of its own for one test, with the settings of an installation. `await using` stops it. */
export class RedisServer implements AsyncDisposable {
  readonly port: number
  readonly #folder: string
  readonly #connections: Redis[] = []
  #process: ChildProcess | undefined

  private constructor(port: number, folder: string) {
    this.port = port
    this.#folder = folder
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), mkdtempSync(join(tmpdir(), 'zuil-redis-')))
    await server.restart()
    return server
  }

  /** A connection that the server closes when it is disposed. */
  connect = (options: ConnectionOptions = {}): Redis => this.connectTo(this.port, options)

  /** The same through a proxy on another port. */
  connectTo(port: number, options: ConnectionOptions = {}): Redis {
    const redis = new Redis(port, '127.0.0.1', options)
    redis.on('error', () => {})
    this.#connections.push(redis)
    return redis
  }

  /** `kill -9`; the folder stays. */
  async kill(): Promise<void> {
    const child = this.#process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  /** Starts on the same folder and waits until it answers. */
  async restart(): Promise<void> {
    this.#process = spawn(
      'redis-server',
      [
        ...['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.#folder, '--save', ''],
        ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction', '--loglevel', 'warning'],
      ],
      { stdio: 'ignore' },
    )
    const redis = new Redis({ host: '127.0.0.1', port: this.port, retryStrategy: () => 20, maxRetriesPerRequest: null })
    redis.on('error', () => {})
    // A connection that is given up between two tries settles nothing, so the wait has a bound of its own.
    const timer = Promise.withResolvers<never>()
    const expired = setTimeout(
      () => timer.reject(new Error(`redis-server on port ${this.port} does not answer within ${START_TIMEOUT_MS} ms`)),
      START_TIMEOUT_MS,
    )
    try {
      await Promise.race([redis.ping(), timer.promise])
    } finally {
      clearTimeout(expired)
      redis.disconnect()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const redis of this.#connections) redis.disconnect()
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/**
 * A port below those that connections get by themselves: a client that tries again and again while Redis is down would
 * otherwise connect to itself one day, and then Redis cannot have its port back.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORT_MIN, PORT_MAX)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}
