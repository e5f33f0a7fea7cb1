import { Connection } from './connection.ts'
import type { Follower } from './follower.ts'
import { Histogram } from './histogram.ts'
import { ACCEPTED, checkJob, type LoadJob, type LoadResult, type Percentiles } from './job.ts'
import { type RequestTemplate, RequestWriter } from './request-writer.ts'
import type { ResponseHandler, ResponseHead } from './response-parser.ts'
import { Tally } from './tally.ts'

/** Open loop: how often due requests are looked for. The finest timer Node has. */
const TICK_MS = 1
/** How long requests under way may take to come back when the time is up. */
const DRAIN_MAX_MS = 30_000
/** A connection that was never asked over for this long is opened anew: ingest ends it after 3 s, maybe while a request is on its way. */
const UNUSED_MAX_MS = 2_000

/**
 * Sends the requests of a job and measures them.
 *
 * Closed loop (no rate): each connection sends its next request when the response is there: what the server can do at most.
 * Open loop: request n is due at n / rate, whether or not earlier ones are answered; when all connections are busy it
 * waits, and its latency counts from the moment it was due, so that a stall shows in every request it held up.
 */
export async function runLoad(job: LoadJob, follower?: Follower): Promise<LoadResult> {
  checkJob(job)
  const load = new Load(job, new RequestWriter(job), follower)
  return load.run()
}

interface Caller {
  connection: Connection | undefined
  readonly template: RequestTemplate
  /** Where the body says what was accepted. */
  readonly tally: Tally | undefined
  /** When the request under way was to be sent (performance.now); -1 when idle. */
  dueAt: number
  /** Until when a connection that was just opened may be asked over first (performance.now); one that was asked over has no end. */
  usableUntil: number
}

class Load {
  readonly #job: LoadJob
  readonly #writer: RequestWriter
  readonly #follower: Follower | undefined
  /** 0 where the body says what was accepted. */
  readonly #acceptedStatus: number
  readonly #latency = new Histogram()
  readonly #statuses = new Map<number, number>()
  readonly #idle: Caller[] = []
  readonly #finished = Promise.withResolvers<void>()
  #callers: Caller[] = []
  #next = 0
  #answered = 0
  #accepted = 0
  #open = 0
  #startedAt = 0
  #lastAnswerAt = 0
  #failure: string | undefined

  constructor(job: LoadJob, writer: RequestWriter, follower: Follower | undefined) {
    this.#job = job
    this.#writer = writer
    this.#follower = follower
    const accepted = ACCEPTED[job.request.kind]
    this.#acceptedStatus = 'status' in accepted ? accepted.status : 0
  }

  async run(): Promise<LoadResult> {
    this.#callers = await Promise.all(Array.from({ length: this.#job.connections }, () => this.#openCaller()))
    this.#open = this.#callers.length
    const cpuBefore = process.cpuUsage()
    this.#startedAt = performance.now()
    this.#idle.push(...this.#callers)
    const tick = setInterval(() => this.#sendDue(), TICK_MS)
    const giveUp = setTimeout(() => this.#finished.resolve(), this.#job.durationMs + DRAIN_MAX_MS)
    this.#sendDue()
    await this.#finished.promise
    clearInterval(tick)
    clearTimeout(giveUp)
    const cpu = process.cpuUsage(cpuBefore)
    for (const caller of this.#callers) caller.connection?.close()
    const freshness = await this.#follower?.finish()
    return {
      seconds: (this.#lastAnswerAt - this.#startedAt) / 1000,
      requests: this.#answered,
      accepted: this.#callers.reduce((sum, { tally }) => sum + (tally?.count ?? 0), this.#accepted),
      statuses: Object.fromEntries(this.#statuses),
      ...(this.#failure ? { failure: this.#failure } : {}),
      latency: percentilesOf(this.#latency),
      clientMicros: (cpu.user + cpu.system) / Math.max(1, this.#answered),
      ...(freshness ? { freshness: percentilesOf(freshness) } : {}),
    }
  }

  async #openCaller(): Promise<Caller> {
    const accepted = ACCEPTED[this.#job.request.kind]
    const tally = 'text' in accepted ? new Tally(accepted.text) : undefined
    const caller: Caller = { connection: undefined, template: this.#writer.template(), tally, dueAt: -1, usableUntil: 0 }
    await this.#connect(caller)
    return caller
  }

  async #connect(caller: Caller): Promise<void> {
    const { tally } = caller
    const handler: ResponseHandler = {
      response: (head) => this.#answer(caller, head),
      wantsReceipt: this.#follower !== undefined,
      ...(tally && { body: (bytes: Buffer) => tally.add(bytes) }),
    }
    caller.connection = await Connection.open(this.#job.target, handler, (error) => this.#ended(caller, error))
    caller.usableUntil = performance.now() + UNUSED_MAX_MS
  }

  /** Gives idle connections the requests that are due; in a closed loop that is always one more. */
  #sendDue(): void {
    const now = performance.now()
    while (this.#idle.length > 0) {
      if (this.#isOver(now)) {
        this.#finishWhenIdle()
        return
      }
      const dueAt = this.#job.rate === undefined ? now : this.#startedAt + (this.#next * 1000) / this.#job.rate
      if (dueAt > now) return
      const caller = this.#idle.pop()
      if (!caller) return
      if (now > caller.usableUntil) this.#disconnect(caller)
      this.#send(caller, dueAt)
    }
  }

  #isOver(now: number): boolean {
    return this.#next >= this.#job.requestsMax || now - this.#startedAt >= this.#job.durationMs
  }

  #send(caller: Caller, dueAt: number): void {
    caller.template.fill(this.#next++)
    caller.dueAt = dueAt
    if (caller.connection) {
      caller.connection.send(caller.template.bytes)
      return
    }
    this.#connect(caller).then(
      () => caller.connection?.send(caller.template.bytes),
      (error: unknown) => this.#fail(error instanceof Error ? error : new Error(String(error))),
    )
  }

  #answer(caller: Caller, { status, receipt, isLast }: ResponseHead): void {
    // what comes unasked is the server ending an idle connection (408)
    if (isLast) this.#disconnect(caller)
    if (caller.dueAt < 0) return
    const now = performance.now()
    this.#latency.record((now - caller.dueAt) * 1000)
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1)
    if (status === this.#acceptedStatus) this.#accepted++
    this.#answered++
    this.#lastAnswerAt = now
    caller.dueAt = -1
    caller.usableUntil = Number.POSITIVE_INFINITY
    if (receipt !== '') this.#follower?.follow(receipt, now)
    this.#idle.push(caller)
    this.#sendDue()
  }

  /** Servers end a connection after some requests, or when it was idle for long; the next request opens another one. */
  #disconnect(caller: Caller): void {
    caller.connection?.close()
    caller.connection = undefined
  }

  #ended(caller: Caller, error: Error): void {
    if (caller.dueAt < 0) this.#disconnect(caller)
    else this.#fail(error)
  }

  #fail(error: Error): void {
    this.#failure ??= error.message
    this.#open--
    this.#finishWhenIdle()
  }

  #finishWhenIdle(): void {
    const isDone = this.#open === 0 || (this.#isOver(performance.now()) && this.#idle.length === this.#open)
    if (isDone) this.#finished.resolve()
  }
}

function percentilesOf(histogram: Histogram): Percentiles {
  return {
    count: histogram.total,
    p50: histogram.percentile(0.5),
    p95: histogram.percentile(0.95),
    p99: histogram.percentile(0.99),
    p999: histogram.percentile(0.999),
    max: histogram.max,
  }
}
