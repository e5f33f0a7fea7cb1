import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { childrenOf } from '../children.ts'
import { commandOf } from './command-of.ts'
import { freePort } from './free-port.ts'

const ROOT = join(import.meta.dirname, '../..')
interface Readiness {
  /** What is printed once it runs. */
  readonly said: string
  readonly withinMs: number
}

/** First start on a busy machine: migrations, sample registry, dashboard. */
const STARTED: Readiness = { said: 'Zuil runs.', withinMs: 120_000 }
/** What `zuil start` itself allows its parts. */
const STOP_TIMEOUT_MS = 90_000
const BESIDE_EVERY_MS = 200

/** Why an installation cannot run here; empty when it can. */
export function installationProblem(): string {
  return spawnSync('redis-server', ['--version']).status === 0 ? '' : 'redis-server is not installed'
}

export type Part = 'hub' | 'ingest' | 'redis-server'

/** A whole installation in a folder and on ports of its own, started as `npm start` does after it prepared. */
export class Installation implements AsyncDisposable {
  readonly folder: string
  readonly #ports: Readonly<Record<string, string>>
  readonly #settings: Readonly<Record<string, string>>
  #process: ChildProcess | undefined
  #output = ''

  private constructor(folder: string, ports: Readonly<Record<string, string>>, settings: Readonly<Record<string, string>>) {
    this.folder = folder
    this.#ports = ports
    this.#settings = settings
  }

  /** `settings`: those that differ from a fresh installation, e.g. `ZUIL_LANES`. */
  static async create(settings: Readonly<Record<string, string>> = {}): Promise<Installation> {
    const ports: Record<string, string> = {}
    for (const name of ['INGEST', 'DASHBOARD', 'INTERNAL', 'REDIS']) ports[`ZUIL_${name}_PORT`] = String(await freePort())
    return new Installation(await mkdtemp(join(tmpdir(), 'zuil-installation-')), ports, settings)
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.#ports.ZUIL_INGEST_PORT}`
  }

  get dashboardUrl(): string {
    return `http://127.0.0.1:${this.#ports.ZUIL_DASHBOARD_PORT}`
  }

  /** Everything that was printed since the last start. */
  get output(): string {
    return this.#output
  }

  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.#ports, ...this.#settings, ZUIL_DATA: this.folder, ZUIL_LOG_LEVEL: 'warn' }
  }

  /**
   * As `npm start` does; or another command that runs until it is stopped, with what it says once it runs.
   * @throws {Error} with what was printed, when it does not run in time.
   */
  async start(command: readonly string[] = ['start'], { said, withinMs }: Readiness = STARTED): Promise<void> {
    this.#output = ''
    const child = spawn(process.execPath, ['bin/zuil.ts', ...command], {
      cwd: ROOT,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    await new Promise<void>((resolve, reject) => {
      const give = (problem: string) => reject(new Error(`${problem}:\n${this.#output}`))
      const timer = setTimeout(() => give('The installation does not run in time'), withinMs)
      const look = (chunk: Buffer) => {
        this.#output += chunk.toString()
        if (!this.#output.includes(said)) return
        clearTimeout(timer)
        resolve()
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      child.once('exit', (code) => {
        clearTimeout(timer)
        give(`The installation ended with code ${code}`)
      })
    })
  }

  /** Sends SIGINT, and again while it stops: Ctrl-C in a terminal comes from there and from npm. Gives the exit code. */
  async stop(): Promise<number | null> {
    const child = this.#process
    if (!child) return null
    this.#process = undefined
    if (child.exitCode !== null) return child.exitCode
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('Stopping')) child.kill('SIGINT')
    })
    child.kill('SIGINT')
    const code = await ended
    clearTimeout(hard)
    return code
  }

  /** Runs a command of the command line against this installation. */
  run(...args: readonly string[]): { code: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/zuil.ts', ...args], {
      cwd: ROOT,
      env: this.environment,
      encoding: 'utf8',
    })
    return { code: status, output: stdout + stderr }
  }

  /** The same, while something else is done again and again. */
  async runBeside(
    args: readonly string[],
    again: () => Promise<unknown>,
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    const child = spawn(process.execPath, ['bin/zuil.ts', ...args], { cwd: ROOT, env: this.environment })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const ended = once(child, 'close').then(() => true)
    while (!(await Promise.race([ended, pause(BESIDE_EVERY_MS, false)]))) await again()
    return { code: child.exitCode, output }
  }

  /** Brings lines in the format of `zuil import` into the running installation. */
  importRegistry(lines: readonly string[]): { code: number | null; output: string } {
    const file = join(this.folder, 'import.ndjson')
    writeFileSync(file, `${lines.join('\n')}\n`)
    return this.run('import', file)
  }

  /** Ends a part at once, as a crash does; the supervisor starts it again. Linux only: finds it below /proc. */
  kill(part: Part): void {
    const pid = this.#pidOf(part)
    if (pid === undefined) throw new Error(`${part} does not run`)
    process.kill(pid, 'SIGKILL')
  }

  /** Whether a part is there at all; one that was killed comes back after a moment. Linux only. */
  runs(part: Part): boolean {
    return this.#pidOf(part) !== undefined
  }

  #pidOf(part: Part): number | undefined {
    return childrenOf(this.#process?.pid ?? 0).find((child) => commandOf(child).includes(part))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    await rm(this.folder, { recursive: true, force: true })
  }
}
