import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

/** A process that runs again when it dies. */
export interface Supervised {
  /** Resolves when the process said that it is ready; rejects when it ends before. */
  readonly ready: Promise<void>
  readonly pid: number | undefined
  /** SIGTERM, then SIGKILL after `graceMs`; resolves when it is gone. */
  stop(graceMs: number): Promise<void>
}

export interface SupervisedOptions {
  readonly name: string
  /** What is run; this command line when it is left out. */
  readonly program?: string
  readonly args: readonly string[]
  readonly environment?: NodeJS.ProcessEnv
  /** Options of node itself. */
  readonly nodeOptions?: readonly string[]
  /** Told of each unwanted end. */
  readonly onDeath: (name: string, reason: string) => void
  /**
   * Told when the process will not get better by itself and is not started again: it never was ready and ended with exit code 2 or 3, or
   * it ended {@link BIRTHS_MAX} times in a row before it was ready; one that ran before, at last with one of these codes.
   */
  readonly onHopeless: (name: string, exitCode: number) => void
}

const PROGRAM = join(import.meta.dirname, 'zuil.ts')
const RESTART_AFTER_MS = 200
const RESTART_AFTER_MAX_MS = 5_000
/** A process that lived this long starts again at once. */
const LONG_LIFE_MS = 30_000
/** Something that it needs is missing, or a setting is wrong. */
const MISSING_CODES = [2, 3]
/** A process that ends this often in a row before it was ready has a fault that a new try does not mend. */
const BIRTHS_MAX = 5

export function supervise(options: SupervisedOptions): Supervised {
  let child: ChildProcess | undefined
  let stopping = false
  let delay = RESTART_AFTER_MS
  let timer: NodeJS.Timeout | undefined
  let isKnownToRun = false
  let births = 0
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => undefined) // also reported through onHopeless

  const start = () => {
    const born = performance.now()
    births += 1
    child = fork(options.program ?? PROGRAM, [...options.args], {
      env: { ...process.env, ...options.environment },
      execArgv: [...process.execArgv, ...(options.nodeOptions ?? [])],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.on('message', (message) => {
      if (message !== 'ready') return
      isKnownToRun = true
      births = 0
      ready.resolve()
    })
    child.once('exit', (code, signal) => {
      if (stopping) return
      const isMissing = MISSING_CODES.includes(code ?? 0)
      // What it needs may be away for a moment: Redis, when both were killed.
      const isHopeless = isKnownToRun ? isMissing && births >= BIRTHS_MAX : isMissing || births >= BIRTHS_MAX
      if (isHopeless) {
        ready.reject(new Error(`${options.name} ended with exit code ${code}`))
        options.onHopeless(options.name, code ?? 1)
        return
      }
      options.onDeath(options.name, signal ?? `exit code ${code}`)
      delay = performance.now() - born > LONG_LIFE_MS ? RESTART_AFTER_MS : Math.min(delay * 2, RESTART_AFTER_MAX_MS)
      timer = setTimeout(start, delay)
    })
  }
  start()

  return {
    ready: ready.promise,
    get pid() {
      return child?.pid
    },
    async stop(graceMs) {
      stopping = true
      clearTimeout(timer)
      const running = child
      if (!running || running.exitCode !== null || running.signalCode !== null) return
      const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()))
      running.kill('SIGTERM')
      const hard = setTimeout(() => running.kill('SIGKILL'), graceMs)
      await gone
      clearTimeout(hard)
    },
  }
}
