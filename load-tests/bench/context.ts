import type { Population } from '../population/population.ts'
import { visitsMax } from '../population/visit.ts'
import type { LoadJob, LoadResult } from './client/job.ts'
import { ClientProcess } from './client-process.ts'
import type { Figure } from './figure.ts'
import { Installation, type ProcessName } from './installation.ts'
import { loadRegistry } from './registry-load.ts'

/** One benchmark: a question, and the figures that answer it. */
export interface Bench {
  readonly name: string
  readonly question: string
  run(context: Context): Promise<readonly Figure[]>
}

export interface ContextOptions {
  readonly population: Population
  /** Length of one measured load. */
  readonly seconds: number
  readonly log: (line: string) => void
}

const CREDENTIALS = { id: 'load-test', secret: 'load-test-secret' } as const

/** What the benchmarks of one run share: the installation with its registry, the client, and which visits were made. */
export class Context implements AsyncDisposable {
  readonly population: Population
  readonly seconds: number
  readonly log: (line: string) => void
  readonly installation: Installation
  readonly client = new ClientProcess()
  #nextVisit = 0
  #token = ''

  private constructor(options: ContextOptions, installation: Installation) {
    this.population = options.population
    this.seconds = options.seconds
    this.log = options.log
    this.installation = installation
  }

  /** Starts Redis, ingest and hub in a fresh folder and fills the registry. */
  static async create(options: ContextOptions): Promise<Context> {
    const context = new Context(options, await Installation.create())
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

  /** A load on ingest with visits that nobody made before. */
  async load(job: Omit<LoadJob, 'target' | 'token' | 'population'>): Promise<LoadResult> {
    const each = job.request.kind === 'batches' ? job.request.lines : 1
    const first = this.takeVisits(job.requestsMax * each)
    const target = { host: '127.0.0.1', port: this.installation.ports.ingest }
    const request = { ...job.request, first }
    return this.client.run({ ...job, request, target, token: this.#token, population: this.population })
  }

  get token(): string {
    return this.#token
  }

  /** Number of the first of `count` visits that are taken for good. */
  takeVisits(count: number): number {
    const first = this.#nextVisit
    this.#nextVisit += count
    const most = visitsMax(this.population)
    if (this.#nextVisit > most) throw new RangeError(`This run needs more than the ${most} visits the population can make`)
    return first
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
