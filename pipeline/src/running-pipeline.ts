import type { Worker } from 'bullmq'
import { backoffMs, INFRASTRUCTURE_BACKOFF, pause } from './backoff.ts'
import type { PipelineDependencies } from './dependencies.ts'
import { isJobName, JOBS, QUEUES } from './jobs/job-contract.ts'
import { startWorker } from './jobs/queues.ts'
import { poisonReason } from './load/poison-reason.ts'
import { createWatchdog, type Watchdog } from './maintain/watchdog.ts'
import { type Connections, joinParts, type Parts } from './parts.ts'
import { DRAIN_TIMEOUT_MS, type Pipeline, type StopOptions } from './pipeline-interface.ts'
import { problemOf } from './problem.ts'
import type { PipelineStatus } from './status.ts'
import { createStatusReader, type StatusReader } from './status-reader.ts'
import { verifyAfterUncleanStop } from './verify/after-unclean-stop.ts'

/** How often status and watchdog look: whoever comes forward by the status may not learn late that it fell behind. */
const LOOK_INTERVAL_MS = 250

/** What is being loaded gets this long to finish when the pipeline stops; then the job goes back to the queue. */
const STOP_TIMEOUT_MS = 15_000

/** Closing a queue takes no time, or Redis is away. */
const CLOSE_TIMEOUT_MS = 2_000

/** Jobs of the maintain queue that run at once: a checkpoint may take long, the free-space guard must not wait for it. */
const MAINTAIN_CONCURRENCY = 4

export class RunningPipeline implements Pipeline {
  readonly #dependencies: PipelineDependencies
  readonly #connections: Connections
  readonly #parts: Parts
  readonly #watchdog: Watchdog
  readonly #statusReader: StatusReader
  /** Aborts sealing, then everything else. */
  readonly #sealing = new AbortController()
  readonly #working = new AbortController()
  readonly #loops: Promise<void>[] = []
  #workers: Worker[] = []
  #isVerifying = false
  #isStarted = false
  #stopping: Promise<void> | undefined

  constructor(dependencies: PipelineDependencies, connections: Connections) {
    const { clock, log, lanes } = dependencies
    this.#dependencies = dependencies
    this.#connections = connections
    const isVerifying = () => this.#isVerifying
    this.#parts = joinParts({ dependencies, connections, signal: this.#working.signal, isVerifying })
    const parts = this.#parts
    const waitsFor = () => (this.#isVerifying ? 'verification' : parts.space.state().loadingStopped ? 'free-space' : undefined)
    this.#watchdog = createWatchdog({
      ...parts,
      lanes,
      log,
      isOccupied: (lane) => parts.loader.state(lane).busy || waitsFor() !== undefined,
      maintainSeenAt: () => lastSeen(parts),
      ensure: parts.queues.ensure,
      restartWorkers: () => this.#restartWorkers(),
    })
    this.#statusReader = createStatusReader({ ...parts, watchdog: this.#watchdog, waitsFor, lanes, clock })
  }

  async start(): Promise<void> {
    const { lanes, log } = this.#dependencies
    const { cleanStop, archive, space, queues, sealer } = this.#parts
    const wasClean = await cleanStop.begin()
    // the first start has nothing to verify
    this.#isVerifying = !wasClean && (await archive.lanes()).length > 0
    await space.check().catch((error: unknown) => log.error({ problem: problemOf(error) }, 'Free space is not known'))
    await queues.schedule()
    await this.#startWorkers()
    await this.#wakeLanes()
    for (let lane = 0; lane < lanes; lane++) this.#loops.push(sealer.run(lane, this.#sealing.signal))
    if (this.#isVerifying) this.#loops.push(this.#verify())
    this.#loops.push(this.#look())
    this.#isStarted = true
    await this.#statusReader.refresh()
  }

  status(): PipelineStatus {
    return this.#statusReader.current()
  }

  async refreshStatus(): Promise<PipelineStatus> {
    return await this.#statusReader.refresh()
  }

  async drain(timeoutMs: number): Promise<boolean> {
    const { lanes } = this.#dependencies
    const { store, queues, elapsed } = this.#parts
    const deadline = elapsed() + timeoutMs
    // the sealer and the loader do the work; this only watches them, and wakes what sleeps
    for (;;) {
      const positions = await Promise.all(Array.from({ length: lanes }, (_, lane) => store.positions(lane))).catch(
        () => undefined,
      )
      if (positions?.every((lane) => lane.journalLength === 0 && lane.loadedRange === lane.range)) return true
      if (elapsed() >= deadline || this.#working.signal.aborted) return false
      for (const [lane, { loadedRange, range }] of positions?.entries() ?? []) {
        if (loadedRange < range && !this.#parts.loader.state(lane).busy)
          await queues.ensure(lane, loadedRange + 1).catch(() => undefined)
      }
      await pause(DRAIN_LOOK_MS, this.#working.signal)
    }
  }

  async wakePapers(): Promise<void> {
    await this.#parts.queues.wakePapers()
  }

  stop(options: StopOptions = {}): Promise<void> {
    this.#stopping ??= this.#stop(options)
    return this.#stopping
  }

  async #stop({ drain = false }: StopOptions): Promise<void> {
    const { log, publisher } = this.#dependencies
    const { loader, queues, cleanStop, registryLog } = this.#parts
    // a release takes minutes, and nothing of one is lost that was cut short
    await publisher?.stop()
    if (drain && !(await this.drain(DRAIN_TIMEOUT_MS))) log.warn({}, 'Not everything could be loaded before stopping')
    this.#sealing.abort()
    this.#working.abort()
    const ended = Promise.all([...this.#loops, loader.idle()])
    const isIdle = await withinTime(ended, STOP_TIMEOUT_MS)
    // without Redis a worker would wait for it before it closes
    const mustForce = !isIdle || !(await this.#redisAnswers())
    const areClosed = await withinTime(Promise.all(this.#workers.map((worker) => worker.close(mustForce))), STOP_TIMEOUT_MS)
    let isClean = isIdle && areClosed && this.#isStarted
    try {
      for (let lane = 0; lane < this.#dependencies.lanes; lane++) await registryLog.copy(lane)
    } catch (error) {
      log.warn({ problem: problemOf(error) }, 'Redis went away while stopping')
    }
    await withinTime(queues.close(), CLOSE_TIMEOUT_MS)
    for (const redis of Object.values(this.#connections)) redis.disconnect()
    // verification that was under way must be done again
    if (this.#isVerifying) isClean = false
    if (isClean) await cleanStop.end()
    log.info({ isClean }, 'The pipeline stopped')
  }

  /** Asked, because the status of a connection lags behind the death of its server. */
  async #redisAnswers(): Promise<boolean> {
    if (this.#connections.worker.status !== 'ready') return false
    const answer = this.#connections.lane.ping().then(
      () => true,
      () => false,
    )
    return (await withinTime(answer, CLOSE_TIMEOUT_MS)) && (await answer)
  }

  /** A job that was being worked on when the last process died is taken up after its lock expired only; nothing waits for that. */
  async #wakeLanes(): Promise<void> {
    const { lanes, clock } = this.#dependencies
    const { store, archive, queues } = this.#parts
    for (let lane = 0; lane < lanes; lane++) {
      const archived = await archive.lastRange(lane)
      if ((await store.positions(lane)).loadedRange < archived) await queues.wakeAtStart(lane, archived, clock())
    }
  }

  async #startWorkers(): Promise<void> {
    const { connect: _, ...rest } = this.#dependencies
    const onError = (queue: string, error: Error) =>
      rest.log.warn({ queue, problem: problemOf(error) }, 'A worker reports a problem')
    const connection = this.#connections.worker
    this.#workers = await Promise.all(
      QUEUES.map((queue) => {
        const concurrency = { load: rest.lanes + 1, maintain: MAINTAIN_CONCURRENCY, publish: 1, papers: 1 }[queue]
        return startWorker(queue, this.#parts.registry, { connection, concurrency, onError })
      }),
    )
  }

  async #restartWorkers(): Promise<void> {
    const old = this.#workers
    this.#workers = []
    // a wedged worker may never close; its jobs are harmless beside those of the new one
    for (const worker of old) void worker.close(true).catch(() => undefined)
    await this.#parts.queues.schedule()
    await this.#startWorkers()
  }

  /** Loading starts when this is done; it is tried until it succeeds. */
  async #verify(): Promise<void> {
    const { lanes, log } = this.#dependencies
    const { cleanStop, barrier } = this.#parts
    const { signal } = this.#working
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        await verifyAfterUncleanStop({ ...this.#dependencies, ...this.#parts, poisonReason }, await cleanStop.checkpoint(), lanes)
        await barrier()
        this.#isVerifying = false
        return
      } catch (error) {
        log.error(
          { problem: problemOf(error), failures },
          'What an unclean stop left could not be verified; nothing is loaded until it is',
        )
        await pause(backoffMs(INFRASTRUCTURE_BACKOFF, failures), signal)
      }
    }
  }

  async #look(): Promise<void> {
    const { signal } = this.#working
    while (!signal.aborted) {
      await this.#watchdog.look()
      await this.#statusReader.refresh()
      await pause(LOOK_INTERVAL_MS, signal)
    }
  }
}

/** Rounds of {@link RunningPipeline.drain}. */
const DRAIN_LOOK_MS = 50

function lastSeen(parts: Parts): number {
  const seen = Object.entries(parts.observer.figures()).filter(([name]) => isJobName(name) && JOBS[name] === 'maintain')
  return Math.max(0, ...seen.map(([, figures]) => figures.seenAt))
}

/** True when the work ends in time, well or not. */
async function withinTime(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController()
  const ended = work.then(
    () => true,
    () => false,
  )
  const isEnded = await Promise.race([ended, pause(timeoutMs, timer.signal).then(() => false)])
  timer.abort()
  return isEnded
}
