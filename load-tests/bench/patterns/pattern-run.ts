import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePorts } from '../../installation/free-ports.ts'
import { RedisLine } from '../../installation/redis-line.ts'
import type { Answer } from '../answer.ts'
import { ended, READY_WITHIN_MS, startRedis, within } from '../child-process.ts'
import type { Target } from '../client/connection.ts'
import { GATHER_MS } from './gatherer.ts'
import { type PatternOrder, QUEUE } from './pattern-order.ts'
import { PatternStore } from './pattern-store.ts'

/** A way to build it, by its programs: the first answers check-ins, the others work on what it left. */
export interface Pattern {
  readonly name: string
  readonly programs: readonly [server: URL, ...others: URL[]]
  readonly needsRedis: boolean
}

/** As BullMQ's documentation advises for production. */
const REDIS_SETTINGS = ['--appendfsync everysec', '--maxmemory-policy noeviction'] as const
/** BullMQ gives the jobs of a worker that died to another after up to a minute. */
const SETTLED_WITHIN_MS = 300_000
const POLL_MS = 500

/** A pattern at work, in a folder of its own that is deleted at the end. */
export class PatternRun implements AsyncDisposable {
  readonly #pattern: Pattern
  readonly #order: PatternOrder
  readonly #root = mkdtempSync(join(tmpdir(), 'zuil-pattern-'))
  readonly #children = new Map<string, ChildProcess>()
  #port = 0

  private constructor(pattern: Pattern, answers: readonly Answer[], redisPort: number) {
    this.#pattern = pattern
    this.#order = { answers, redisPort, folder: join(this.#root, 'warehouse') }
  }

  static async start(pattern: Pattern, answers: readonly Answer[]): Promise<PatternRun> {
    const [redisPort = 0] = await freePorts(1)
    const run = new PatternRun(pattern, answers, redisPort)
    await run.startAgain()
    return run
  }

  get target(): Target {
    return { host: '127.0.0.1', port: this.#port }
  }

  /** Ends everything at once, in the middle of whatever it does. */
  async crash(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async startAgain(): Promise<void> {
    const { programs, needsRedis } = this.#pattern
    if (needsRedis)
      this.#children.set('redis', await startRedis(this.#order.redisPort, join(this.#root, 'redis'), REDIS_SETTINGS))
    const [server] = await Promise.all(programs.map((program) => this.#startProgram(program)))
    this.#port = server?.port ?? 0
  }

  /** What is stored once nothing is on its way any more; the pattern has ended then. */
  async stored(): Promise<{ readonly rows: number; readonly different: number }> {
    if (this.#pattern.needsRedis) await this.#untilQueueIsEmpty()
    // a last insert
    await new Promise((resolve) => setTimeout(resolve, 4 * GATHER_MS))
    await this.#end('SIGTERM')
    const store = await PatternStore.open(this.#order.folder)
    try {
      return await store.counts()
    } finally {
      await store.close()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('SIGKILL')
    rmSync(this.#root, { recursive: true, force: true })
  }

  async #startProgram(program: URL): Promise<{ readonly port?: number }> {
    const path = fileURLToPath(program)
    const child = fork(path, {
      env: { ...process.env, NODE_ENV: 'production', UV_THREADPOOL_SIZE: '12' },
      stdio: 'inherit',
    })
    this.#children.set(path, child)
    return await within<{ port?: number }>(READY_WITHIN_MS, `${path} to be ready`, (resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`${path} ended with code ${code}`)))
      // the child is one of the programs here, which send this and nothing else
      child.once('message', (message) => resolve(message as { port?: number }))
      child.send(this.#order)
    })
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const children = [...this.#children]
    this.#children.clear()
    await Promise.all(children.map(([name, child]) => ended(child, name, signal)))
  }

  async #untilQueueIsEmpty(): Promise<void> {
    const redis = await RedisLine.open(this.#order.redisPort)
    const length = async (list: string) => Number(await redis.ask('LLEN', `bull:${QUEUE}:${list}`))
    const giveUpAt = performance.now() + SETTLED_WITHIN_MS
    try {
      while ((await length('wait')) + (await length('active')) > 0) {
        if (performance.now() > giveUpAt) throw new Error(`After ${SETTLED_WITHIN_MS / 1000} s there are jobs left`)
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    } finally {
      redis.close()
    }
  }
}
