import { Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { backoffMs, INFRASTRUCTURE_BACKOFF } from '../backoff.ts'
import type { Registry } from '../registry.ts'
import { JOBS, type JobName, LOAD_JOBS_PER_LANE_MAX, loadJobId, QUEUE_PREFIX, type QueueName, SCHEDULES } from './job-contract.ts'

/** A worker that died is replaced within 7.5 s instead of BullMQ's default minute. */
const LOCK_MS = 5_000
const STALLED_INTERVAL_MS = 2_500

/** A job whose worker was killed runs again however often that happens; the default fails it for ever at the second time. */
const STALLED_COUNT_MAX = 1_000_000

/** Infrastructure is waited for without end. */
const ATTEMPTS_MAX = 1_000_000

/** Events are read by nobody but bull-board. */
const EVENTS_MAX = 1_000

/** A job in this state will not run by itself again. */
const ENDED_STATES: ReadonlySet<string> = new Set(['failed', 'completed', 'unknown'])

/** Of the job that somebody asked for, beside those of the scheduler. */
const ASKED = 'asked'

export interface QueueCounts {
  readonly waiting: number
  readonly active: number
  readonly delayed: number
  readonly failed: number
}

export interface Queues {
  /** Adds the wake-up job of a range, unless the lane has enough of them. */
  wake(lane: number, range: number, loadedRange: number): Promise<void>
  /** Makes sure that a range has a job that will run: adds it, or retries one that failed. */
  ensure(lane: number, range: number): Promise<void>
  /** Adds a wake-up that no job of an earlier process stands in the way of; `start` tells starts apart. */
  wakeAtStart(lane: number, range: number, start: number): Promise<void>
  /** Has papers made soon; asked again meanwhile, one job does for both. */
  wakePapers(): Promise<void>
  /** Sets the schedulers of all queues; the same again changes nothing. */
  schedule(): Promise<void>
  counts(): Promise<Readonly<Record<QueueName, QueueCounts>>>
  close(): Promise<void>
}

export function createQueues(connection: Redis): Queues {
  const options = { connection, prefix: QUEUE_PREFIX, streams: { events: { maxLen: EVENTS_MAX } } }
  const load = new Queue('load', options)
  const maintain = new Queue('maintain', options)
  const publish = new Queue('publish', options)
  const papers = new Queue('papers', options)
  const queues = { load, maintain, publish, papers } as const satisfies Record<QueueName, Queue>
  // connection errors are logged once, by the connection itself
  for (const queue of Object.values(queues)) queue.on('error', () => undefined)

  async function add(lane: number, range: number, jobId: string = loadJobId(lane, range)): Promise<void> {
    const jobOptions = {
      jobId,
      attempts: ATTEMPTS_MAX,
      backoff: { type: 'capped' },
      removeOnComplete: true,
      removeOnFail: false,
    }
    await load.add('load-range' satisfies JobName, { lane, range }, jobOptions)
  }

  return {
    async wake(lane, range, loadedRange) {
      if (range - loadedRange <= LOAD_JOBS_PER_LANE_MAX) await add(lane, range)
    },
    async ensure(lane, range) {
      const job = await load.getJob(loadJobId(lane, range))
      if (job && !ENDED_STATES.has(await job.getState())) return
      // a job that failed stands in the way of a new one with its id
      await job?.remove()
      await add(lane, range)
    },
    async wakeAtStart(lane, range, start) {
      await add(lane, range, `s-${lane}-${start}`)
    },
    async wakePapers() {
      const name = 'make-papers' satisfies JobName
      await papers.add(name, {}, { jobId: ASKED, removeOnComplete: true, removeOnFail: true })
    },
    async schedule() {
      // one release and one paper at a time, however many hubs there are
      await publish.setGlobalConcurrency(1)
      await papers.setGlobalConcurrency(1)
      for (const name of Object.keys(SCHEDULES) as (keyof typeof SCHEDULES)[]) {
        const [every, opts] = [SCHEDULES[name], { removeOnComplete: true, removeOnFail: true }]
        await queues[JOBS[name]].upsertJobScheduler(name, { every }, { name, opts })
      }
    },
    async counts() {
      const counted = [countsOf(load), countsOf(maintain), countsOf(publish), countsOf(papers)] as const
      const [ofLoad, ofMaintain, ofPublish, ofPapers] = await Promise.all(counted)
      return { load: ofLoad, maintain: ofMaintain, publish: ofPublish, papers: ofPapers }
    },
    async close() {
      await Promise.all(Object.values(queues).map((queue) => queue.close()))
    },
  }
}

async function countsOf(queue: Queue): Promise<QueueCounts> {
  const counts = await queue.getJobCounts('wait', 'active', 'delayed', 'failed')
  return {
    waiting: counts.wait ?? 0,
    active: counts.active ?? 0,
    delayed: counts.delayed ?? 0,
    failed: counts.failed ?? 0,
  }
}

export interface WorkerOptions {
  readonly connection: Redis
  readonly concurrency: number
  readonly onError: (queue: QueueName, error: Error) => void
}

/** Starts consuming a queue; resolves when the worker is ready. */
export async function startWorker(queue: QueueName, registry: Registry, options: WorkerOptions): Promise<Worker> {
  const worker = new Worker(queue, async (job) => await registry(job), {
    connection: options.connection,
    prefix: QUEUE_PREFIX,
    concurrency: options.concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_INTERVAL_MS,
    maxStalledCount: STALLED_COUNT_MAX,
    settings: { backoffStrategy: (attempts) => backoffMs(INFRASTRUCTURE_BACKOFF, attempts) },
  })
  worker.on('error', (error) => options.onError(queue, error))
  await worker.waitUntilReady()
  return worker
}
