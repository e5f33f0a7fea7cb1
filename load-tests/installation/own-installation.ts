import { type ChildProcess, spawn } from 'node:child_process'
import { hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { SECRET_SALT, type SecretLabel } from '@zuil/core/contracts/secret-labels'
import { freePorts } from './free-ports.ts'
import { childrenOf, commandOf } from './process-tree.ts'
import type { RegistryDoor } from './registry-door.ts'

const PROGRAM = fileURLToPath(new URL('../../bin/zuil.ts', import.meta.url))
const RUNS = 'Zuil runs.'
const READY_WITHIN_MS = 120_000
/** What `zuil start` allows its parts together. */
const STOP_WITHIN_MS = 90_000
const LOOK_MS = 50

/** The processes of an installation, as their command lines call them. */
export const PARTS = ['ingest', 'hub', 'redis-server'] as const
export type Part = (typeof PARTS)[number]

export interface OwnInstallationOptions {
  /** Settings that differ from a fresh installation's, e.g. `ZUIL_LANES`. */
  readonly settings?: Readonly<Record<string, string>>
  /** Before the first start, with the data folder, which is there and empty; gives what undoes it, after the last stop. */
  readonly prepare?: (data: string) => () => void
}

/**
 * A whole installation in a fresh folder and on free ports, started with `zuil start` as a user does: what dies is started again.
 * Disposing stops it and deletes the folder. Linux only: the processes are found below /proc.
 */
export class OwnInstallation implements RegistryDoor, AsyncDisposable {
  readonly folder: string
  readonly #ports: readonly number[]
  readonly #secret = randomBytes(32)
  readonly #options: OwnInstallationOptions
  #process: ChildProcess | undefined
  #undo: (() => void) | undefined

  private constructor(folder: string, ports: readonly number[], options: OwnInstallationOptions) {
    this.folder = folder
    this.#ports = ports
    this.#options = options
  }

  /** @throws {Error} with the end of the log, when it does not run in time */
  static async create(options: OwnInstallationOptions = {}): Promise<OwnInstallation> {
    const ports = await freePorts(4)
    const installation = new OwnInstallation(mkdtempSync(join(tmpdir(), 'zuil-load-')), ports, options)
    try {
      mkdirSync(installation.data, { mode: 0o700 })
      installation.#undo = options.prepare?.(installation.data)
      await installation.start()
    } catch (error) {
      await installation[Symbol.asyncDispose]()
      throw error
    }
    return installation
  }

  get api(): string {
    return `http://127.0.0.1:${this.#ports[0]}`
  }

  get dashboard(): string {
    return `http://127.0.0.1:${this.#ports[1]}`
  }

  get internal(): string {
    return `http://127.0.0.1:${this.#ports[2]}`
  }

  get redisPort(): number {
    return this.#ports[3] ?? 0
  }

  get operatorToken(): string {
    return this.token('operator')
  }

  /** Everything that the installation keeps. */
  get data(): string {
    return join(this.folder, 'data')
  }

  /** Its warehouse, where that is a server; undefined: the embedded one. */
  get clickhouse(): { readonly kind: 'server'; readonly url: string; readonly database: string } | undefined {
    const { ZUIL_CLICKHOUSE_URL: url = '', ZUIL_CLICKHOUSE_DATABASE: database = 'zuil' } = this.#options.settings ?? {}
    return url === '' ? undefined : { kind: 'server', url, database }
  }

  /** Bearer token for one purpose, as the processes derive it from the installation's secret. */
  token(label: SecretLabel): string {
    return this.key(label).toString('hex')
  }

  key(label: SecretLabel): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, SECRET_SALT, label, 32))
  }

  /** Starts it, in the folder that it has: again after a stop. */
  async start(): Promise<void> {
    const log = openSync(this.#log, 'a')
    const said = this.#size()
    const child = spawn(process.execPath, [PROGRAM, 'start'], {
      cwd: this.folder,
      env: this.#environment,
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    this.#process = child
    const until = performance.now() + READY_WITHIN_MS
    while (!this.#text(said).includes(RUNS)) {
      if (child.exitCode !== null || performance.now() > until) {
        throw new Error(`The installation does not run:\n${this.#text(said).slice(-2_000)}`)
      }
      await pause(LOOK_MS)
    }
  }

  /** Process ids of the parts that run now. */
  pids(parent = this.#process?.pid): Readonly<Partial<Record<Part, number>>> {
    const children = childrenOf(parent ?? 0).map((pid) => ({ pid, command: commandOf(pid) }))
    const found = PARTS.flatMap((part) => {
      const child = children.find(({ command }) => command.includes(part === 'redis-server' ? part : `zuil.ts ${part}`))
      return child ? [[part, child.pid] as const] : []
    })
    return Object.fromEntries(found)
  }

  /** Sends a signal to a part; false when it does not run at this moment. */
  signal(part: Part, signal: NodeJS.Signals): boolean {
    const pid = this.pids()[part]
    return pid !== undefined && process.kill(pid, signal)
  }

  /** Runs a command of the command line against it; gives its exit code and what it printed. */
  async run(...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: this.folder, env: this.#environment })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, output: output.trim() }
  }

  /** Asks it to stop, as an operator does; gives the exit code, null when it had to be killed. */
  async stop(): Promise<number | null> {
    const child = this.#process
    this.#process = undefined
    if (!child || child.exitCode !== null) return child?.exitCode ?? 0
    const parts = Object.values(this.pids())
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const hard = setTimeout(() => {
      for (const pid of [...parts, child.pid]) killIfThere(pid)
    }, STOP_WITHIN_MS)
    child.kill('SIGTERM')
    const code = await gone
    clearTimeout(hard)
    return code
  }

  /** Waits until it ends by itself, because a part of it is gone for good; gives the exit code. @throws {Error} when it does not */
  async end(): Promise<number | null> {
    const child = this.#process
    if (!child) throw new Error('The installation does not run, and cannot end')
    const until = performance.now() + STOP_WITHIN_MS
    while (child.exitCode === null && child.signalCode === null) {
      if (performance.now() > until) throw new Error('The installation did not end by itself')
      await pause(LOOK_MS)
    }
    this.#process = undefined
    return child.exitCode
  }

  /** Ends everything in the same moment, as a machine that fails: nobody is there to start anything again. */
  async crash(): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (!child || child.exitCode !== null) throw new Error('The installation does not run, and cannot be killed')
    const parts = Object.values(this.pids(child.pid))
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    for (const pid of [child.pid, ...parts]) killIfThere(pid)
    await gone
  }

  /** The last lines that the installation printed. */
  get lastSaid(): string {
    return this.#text(0).slice(-4_000)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    this.#undo?.()
    rmSync(this.folder, { recursive: true, force: true })
  }

  get #log(): string {
    return join(this.folder, 'zuil.log')
  }

  #size(): number {
    return this.#text(0).length
  }

  #text(from: number): string {
    return readFileSync(this.#log, 'utf8').slice(from)
  }

  get #environment(): NodeJS.ProcessEnv {
    const [ingest = 0, dashboard = 0, internal = 0, redis = 0] = this.#ports
    return {
      ...process.env,
      NODE_ENV: 'production',
      ZUIL_DATA: this.data,
      ZUIL_SECRET: this.#secret.toString('hex'),
      ZUIL_REDIS_PORT: String(redis),
      ZUIL_REDIS_URL: '',
      ZUIL_INGEST_PORT: String(ingest),
      ZUIL_DASHBOARD_PORT: String(dashboard),
      ZUIL_INTERNAL_PORT: String(internal),
      ZUIL_SAMPLE: 'no',
      ZUIL_LOG_LEVEL: 'warn',
      ...this.#options.settings,
    }
  }
}

function killIfThere(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch {
    // it ended by itself meanwhile
  }
}
