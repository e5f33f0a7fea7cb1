import { type ChildProcess, fork } from 'node:child_process'
import { hkdfSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SECRET_SALT, type SecretLabel } from '@zuil/core/contracts/secret-labels'
import type { TransactionSearch, TransactionSearchAnswer } from '@zuil/core/contracts/transaction-search'
import { accessToken } from '../installation/access-token.ts'
import { freePorts } from '../installation/free-ports.ts'
import { ended, READY_WITHIN_MS, startRedis, within } from './child-process.ts'

/** What users start. */
export const PROGRAM = fileURLToPath(new URL('../../bin/zuil.ts', import.meta.url))

interface Ports {
  readonly redis: number
  readonly ingest: number
  readonly dashboard: number
  readonly internal: number
}

export type ProcessName = 'ingest' | 'hub'

/** What `zuil start` sets for its processes, spelled out. */
const SETTINGS = {
  ingest: { environment: {}, nodeOptions: ['--max-semi-space-size=32', '--heap-growing-percent=80'] },
  hub: { environment: { UV_THREADPOOL_SIZE: '12' }, nodeOptions: [] },
} as const satisfies Record<ProcessName, unknown>

/** Memory of Redis: more than `zuil start` gives, for a backlog of a million. */
const REDIS_GIGABYTES = 4

/** What `zuil start` writes, spelled out, but for the memory. */
const REDIS_SETTINGS = [
  '--appendfsync always',
  '--no-appendfsync-on-rewrite no',
  '--auto-aof-rewrite-percentage 100',
  '--auto-aof-rewrite-min-size 1gb',
  '--maxmemory-policy noeviction',
  '--busy-reply-threshold 1000',
  '--hash-max-listpack-entries 256',
  '--lazyfree-lazy-expire yes',
  '--rdbcompression no',
  '--latency-tracking no',
] as const

/**
 * The product itself, in a fresh folder and on free ports: Redis as `zuil start` sets it up, and the processes `zuil ingest`
 * and `zuil hub`, which a benchmark starts and stops as it needs. Disposing stops all and deletes the folder.
 */
export class Installation implements AsyncDisposable {
  readonly folder: string
  readonly ports: Ports
  readonly #secret = randomBytes(32)
  readonly #processes = new Map<ProcessName, ChildProcess>()
  readonly #redisGigabytes: number
  #redis: ChildProcess | undefined

  private constructor(folder: string, ports: Ports, redisGigabytes: number) {
    this.folder = folder
    this.ports = ports
    this.#redisGigabytes = redisGigabytes
  }

  static async create({ redisGigabytes = REDIS_GIGABYTES }: { readonly redisGigabytes?: number } = {}): Promise<Installation> {
    const [redis = 0, ingest = 0, dashboard = 0, internal = 0] = await freePorts(4)
    const folder = mkdtempSync(join(tmpdir(), 'zuil-bench-'))
    const installation = new Installation(folder, { redis, ingest, dashboard, internal }, redisGigabytes)
    await installation.#startRedis()
    return installation
  }

  async start(name: ProcessName, nodeOptions: readonly string[] = []): Promise<void> {
    const child = fork(PROGRAM, [name], {
      cwd: this.folder,
      env: { ...process.env, ...this.#environment(), ...SETTINGS[name].environment },
      execArgv: [...SETTINGS[name].nodeOptions, ...nodeOptions],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#processes.set(name, child)
    await within(READY_WITHIN_MS, `zuil ${name} to be ready`, (resolve, reject) => {
      child.on('message', (message) => message === 'ready' && resolve())
      child.once('exit', (code) => reject(new Error(`zuil ${name} ended with code ${code}`)))
    })
  }

  /** Ends a process as an operator would: SIGTERM, and it finishes what it has. */
  async stop(name: ProcessName): Promise<void> {
    const child = this.#processes.get(name)
    this.#processes.delete(name)
    if (child) await ended(child, name)
  }

  /** Ends everything at once, in the middle of whatever it does. */
  async crash(): Promise<void> {
    const children = [...this.#processes, ...(this.#redis ? [['redis', this.#redis] as const] : [])]
    this.#processes.clear()
    this.#redis = undefined
    await Promise.all(children.map(([name, child]) => ended(child, name, 'SIGKILL')))
  }

  /** Redis, ingest and hub after a {@link crash}. */
  async startAgain(): Promise<void> {
    await this.#startRedis()
    for (const name of ['ingest', 'hub'] as const) await this.start(name)
  }

  /** Of the embedded engine; its owner is the hub while it runs. */
  get warehouseFolder(): string {
    return join(this.folder, 'data', 'warehouse')
  }

  pid(name: ProcessName | 'redis'): number {
    const child = name === 'redis' ? this.#redis : this.#processes.get(name)
    if (child?.pid === undefined) throw new Error(`${name} does not run`)
    return child.pid
  }

  isRunning(name: ProcessName): boolean {
    return this.#processes.has(name)
  }

  get api(): string {
    return `http://127.0.0.1:${this.ports.ingest}`
  }

  /** Bearer token for one purpose, as the processes derive it from the installation's secret. */
  token(label: SecretLabel): string {
    return Buffer.from(hkdfSync('sha256', this.#secret, SECRET_SALT, label, 32)).toString('hex')
  }

  get operatorToken(): string {
    return this.token('operator')
  }

  /** As {@link accessToken}. */
  accessToken(credentials: { id: string; secret: string }): Promise<string> {
    return accessToken(this.api, credentials)
  }

  /** How many transactions, voids left out, the warehouse has of these, as the hub tells ingest. The hub has to run. */
  async countInWarehouse(filter: TransactionSearch['filter']): Promise<number> {
    const question: TransactionSearch = { filter, range: { order: 'asc', start: 0, limit: 0 }, after: [] }
    const response = await fetch(`http://127.0.0.1:${this.ports.internal}/internal/transactions/search`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token('internal')}`, 'content-type': 'application/json' },
      body: JSON.stringify(question),
    })
    if (!response.ok) throw new Error(`The hub did not search: ${response.status} ${await response.text()}`)
    // the hub answers in this shape
    return ((await response.json()) as TransactionSearchAnswer).totalItems
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      for (const name of ['ingest', 'hub'] as const) await this.stop(name)
    } finally {
      if (this.#redis) await ended(this.#redis, 'redis')
      rmSync(this.folder, { recursive: true, force: true })
    }
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      NODE_ENV: 'production',
      ZUIL_DATA: join(this.folder, 'data'),
      ZUIL_SECRET: this.#secret.toString('hex'),
      ZUIL_REDIS_URL: `redis://127.0.0.1:${this.ports.redis}`,
      ZUIL_INGEST_PORT: String(this.ports.ingest),
      ZUIL_DASHBOARD_PORT: String(this.ports.dashboard),
      ZUIL_INTERNAL_PORT: String(this.ports.internal),
      ZUIL_LANES: '1',
      ZUIL_SAMPLE: 'no',
      ZUIL_LOG_LEVEL: 'warn',
    }
  }

  async #startRedis(): Promise<void> {
    this.#redis = await startRedis(this.ports.redis, join(this.folder, 'redis'), [
      ...REDIS_SETTINGS,
      `--maxmemory ${this.#redisGigabytes}gb`,
    ])
  }
}
