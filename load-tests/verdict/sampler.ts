import { readRedisMemory } from '@zuil/core/contracts/redis-memory'
import { processorSeconds, residentMebibytes } from '../installation/process-facts.ts'
import { RedisLine } from '../installation/redis-line.ts'

/** How the installation stood at a moment of the run. */
export interface Sample {
  /** Epoch ms. */
  readonly at: number
  /** From a commit to its row in the warehouse, of the oldest one that is under way; undefined while the hub does not answer. */
  readonly lagMs: number | undefined
  /** Records that are not in the warehouse yet. */
  readonly waiting: number | undefined
  /** Frozen ranges that are not loaded, and jobs in the queues. */
  readonly openRanges: number | undefined
  readonly jobs: number | undefined
  readonly deadLetters: number | undefined
  /** Undefined while Redis does not answer. */
  readonly redisBytes: number | undefined
  /** Mebibytes and seconds of processor time by part; parts that do not run are absent. */
  readonly memory: Readonly<Record<string, number>>
  readonly processor: Readonly<Record<string, number>>
}

/** What is asked, of an installation of any kind. */
export interface Observed {
  /** Address of the hub's internal reads; undefined where they cannot be reached. */
  readonly internal?: string
  readonly internalToken?: string
  readonly redisPort?: number
  readonly pids: () => Readonly<Record<string, number>>
}

export const SAMPLE_EVERY_MS = 1_000
const ANSWER_WITHIN_MS = 800

/** What `GET /internal/status` has that is read here. */
interface Status {
  readonly lanes: readonly { readonly journalLength: number; readonly oldestUnloadedAgeMs: number; readonly openRanges: number }[]
  readonly queues: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly deadLetters: { readonly waiting: number }
}

/** Looks once a second, until it is stopped. Nothing that does not answer ends it: that is what drills are about. */
export class Sampler {
  readonly samples: Sample[] = []
  readonly #observed: Observed
  readonly #onSample: (sample: Sample) => void
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined

  constructor(observed: Observed, onSample: (sample: Sample) => void = () => undefined) {
    this.#observed = observed
    this.#onSample = onSample
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined
      })
    }, SAMPLE_EVERY_MS)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  async #look(): Promise<void> {
    const sample = await takeSample(this.#observed)
    this.samples.push(sample)
    this.#onSample(sample)
  }
}

export async function takeSample({ internal, internalToken, redisPort, pids }: Observed): Promise<Sample> {
  const at = Date.now()
  const [status, redisBytes] = await Promise.all([
    internal === undefined ? undefined : statusOf(internal, internalToken ?? ''),
    redisPort === undefined ? undefined : redisMemory(redisPort),
  ])
  const parts = Object.entries(pids())
  const facts = (of: (pid: number) => number) => Object.fromEntries(parts.flatMap(([part, pid]) => factOf(part, () => of(pid))))
  return {
    at,
    lagMs: status && Math.max(0, ...status.lanes.map(({ oldestUnloadedAgeMs }) => oldestUnloadedAgeMs)),
    waiting: status && sum(status.lanes.map(({ journalLength }) => journalLength)),
    openRanges: status && sum(status.lanes.map(({ openRanges }) => openRanges)),
    jobs:
      status &&
      sum(Object.values(status.queues).flatMap(({ waiting = 0, active = 0, delayed = 0 }) => [waiting, active, delayed])),
    deadLetters: status?.deadLetters.waiting,
    redisBytes,
    memory: facts(residentMebibytes),
    processor: facts(processorSeconds),
  }
}

async function statusOf(internal: string, token: string): Promise<Status | undefined> {
  try {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${internal}/internal/status`, { headers, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    // our own hub, whose contract this is
    return response.ok ? ((await response.json()) as Status) : undefined
  } catch {
    return undefined
  }
}

async function redisMemory(port: number): Promise<number | undefined> {
  try {
    const redis = await within(ANSWER_WITHIN_MS, RedisLine.open(port))
    try {
      return readRedisMemory(await within(ANSWER_WITHIN_MS, redis.ask('INFO', 'memory'))).used
    } finally {
      redis.close()
    }
  } catch {
    return undefined // stopped, paused or loading its file
  }
}

async function within<Value>(limitMs: number, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('no answer')), limitMs)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}

function factOf(part: string, fact: () => number): readonly (readonly [string, number])[] {
  try {
    return [[part, fact()]]
  } catch {
    return [] // it ended between the two looks
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
