import type { Target } from './client/connection.ts'
import { type LoadJob, type RequestKind, turnsEach } from './client/job.ts'
import { type TurnCounter, turnCounterOf, turnsOf } from './client/turns.ts'
import { ClientProcess } from './client-process.ts'
import type { Figure } from './figure.ts'
import { Installation, type ProcessName } from './installation.ts'
import { Journal } from './journal.ts'
import type { Population } from './population/population.ts'
import { loadPoints, loadRegistry } from './registry-load.ts'

/** One benchmark: a question, and the figures that answer it. */
export interface Bench {
  readonly name: string
  readonly question: string
  run(context: Context): Promise<readonly Figure[]>
}

/** One that needs nothing of what the others share, and has the machine to itself. */
export interface LoneBench {
  readonly name: string
  readonly question: string
  readonly isAlone: true
  run(options: LoneOptions): Promise<readonly Figure[]>
}

export interface LoneOptions {
  /** Size of the largest registry. */
  readonly passholders: number
  readonly log: (line: string) => void
  /** Sizes of histories in millions of transactions, ascending; targets hold for the last one. Absent: each has its own. */
  readonly sizes?: readonly number[]
  /** Aborted when the run is ended: a bench stops asking soon, and gives the figures of what it has. */
  readonly signal: AbortSignal
  /** The one part of `measures` or of `release`, for a machine that is quiet for minutes only; absent: all. */
  readonly only?: string
  /** Keeps histories there, and uses those it finds; absent: a temporary folder. */
  readonly folder?: string
}

export interface ContextOptions {
  readonly population: Population
  /** Length of one measured load. */
  readonly seconds: number
  readonly log: (line: string) => void
  /** Memory of Redis in gigabytes; absent: enough for a million passholders and a backlog. */
  readonly redisGigabytes?: number
}

/** For what three loads of batches leave, several times over. */
const CAUGHT_UP_MAX_MS = 600_000

const CREDENTIALS = { id: 'load-test', secret: 'load-test-secret' } as const

/** What the benchmarks of one run share: the installation with its registry, the client, and which turns were taken. */
export class Context implements AsyncDisposable {
  readonly population: Population
  readonly seconds: number
  readonly log: (line: string) => void
  readonly installation: Installation
  readonly client = new ClientProcess()
  readonly #nextTurn = new Map<TurnCounter, number>()
  #token = ''
  #hasPoints = false

  private constructor(options: ContextOptions, installation: Installation) {
    this.population = options.population
    this.seconds = options.seconds
    this.log = options.log
    this.installation = installation
  }

  /** Starts Redis, ingest and hub in a fresh folder and fills the registry. */
  static async create(options: ContextOptions): Promise<Context> {
    const context = new Context(options, await Installation.create(options))
    try {
      await context.running('hub', true)
      await context.running('ingest', true)
      await context.#fillRegistry()
    } catch (error) {
      await context[Symbol.asyncDispose]()
      throw error
    }
    return context
  }

  /** Starts or stops a process, if it is not as wanted. */
  async running(name: ProcessName, wanted: boolean): Promise<void> {
    if (this.installation.isRunning(name) === wanted) return
    this.log(`${wanted ? 'starting' : 'stopping'} ${name}`)
    await (wanted ? this.installation.start(name) : this.installation.stop(name))
  }

  /** Starts the hub, and resolves when all that earlier loads left is in the warehouse. */
  async caughtUp(): Promise<void> {
    await this.running('hub', true)
    using journal = await Journal.open(this.installation.ports.redis)
    await journal.loadedUpTo(await journal.end(), CAUGHT_UP_MAX_MS)
  }

  /** A load with turns that nobody had before, on ingest when no other target is given. */
  async load({
    target = this.ingest,
    ...job
  }: Omit<LoadJob, 'target' | 'token' | 'population'> & Partial<Pick<LoadJob, 'target'>>) {
    const { kind } = job.request
    const each = turnsEach(job.request)
    const first = this.takeTurns(kind, job.requestsMax * each)
    const request = { ...job.request, first }
    const result = await this.client.run({
      ...job,
      request,
      target,
      token: this.#token,
      population: this.population,
    })
    // of a load that was cut off, some were sent and not answered
    if (!result.failure) this.#giveBack(kind, { from: first + result.requests * each, end: first + job.requestsMax * each })
    return result
  }

  get token(): string {
    return this.#token
  }

  get ingest(): Target {
    return { host: '127.0.0.1', port: this.installation.ports.ingest }
  }

  /** Number of the first of `count` turns (client/turns.ts) that are taken. */
  takeTurns(kind: RequestKind, count: number): number {
    const counter = turnCounterOf(kind)
    const first = this.#nextTurn.get(counter) ?? 0
    this.#nextTurn.set(counter, first + count)
    return first
  }

  /** How many turns nobody has taken yet. */
  turnsLeft(kind: RequestKind): number {
    return turnsOf(kind, this.population).count - (this.#nextTurn.get(turnCounterOf(kind)) ?? 0)
  }

  /** Gives the passholders who redeem rewards what they pay with, once. */
  async givePoints(): Promise<void> {
    if (this.#hasPoints) return
    this.#hasPoints = true
    this.log('carrying over points')
    const seconds = await loadPoints(this.installation, this.population)
    this.log(`carried over in ${seconds.toFixed(1)} s`)
  }

  /** Turns at the end of a load that ended by time, unless others were taken behind them meanwhile. */
  #giveBack(kind: RequestKind, { from, end }: { from: number; end: number }): void {
    const counter = turnCounterOf(kind)
    if (this.#nextTurn.get(counter) === end) this.#nextTurn.set(counter, from)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]()
    await this.installation[Symbol.asyncDispose]()
  }

  async #fillRegistry(): Promise<void> {
    this.log(`registering ${this.population.passholders} passholders and ${this.population.events} events`)
    const { passholders, seconds } = await loadRegistry(this.installation, this.population, CREDENTIALS)
    this.log(`registered in ${seconds.toFixed(1)} s (${Math.round(passholders / seconds)} passholders a second)`)
    this.#token = await this.installation.accessToken(CREDENTIALS)
  }
}
