import type { CommitItem, CommitOutcome, Ledger } from '@zuil/core'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { CommitBatch, CommitTexts } from './commit-batch.ts'
import { COMMIT_CONNECTION, CommitConnection, type ConnectionOptions, readCommitScript } from './commit-connection.ts'
import { type PreparedItem, prepareItem } from './commit-item.ts'
import { LedgerError } from './ledger-error.ts'
import { ledgerErrorOf } from './redis-error.ts'
import { isSpanning } from './spanning-item.ts'

/** Items that wait for a connection, over all of them: about a second of work. */
export const QUEUE_ITEMS_MAX = 50_000
export const CONNECTIONS_MAX = 8
/** What a connection keeps to write calls in: of the one that fills up and the one that is encoded. */
const TEXTS_KEPT_MAX = 2

export interface RedisLedgerOptions {
  /** Opens a connection; the ledger gives the options that a commit connection must have. */
  readonly connect: (options: ConnectionOptions) => Redis
  readonly lanes: number
  /** 1 to 8 connections, one call in flight on each. */
  readonly connections: number
}

export interface LedgerHealth {
  /** True while commits can be expected to succeed. */
  readonly ready: boolean
  /** Why not; empty when ready. */
  readonly reason: string
  /** Items that wait for a connection. */
  readonly waiting: number
}

/** The items of one caller, until all have an outcome or one call fails. */
interface Commission {
  readonly outcomes: CommitOutcome[]
  open: number
  readonly resolve: (outcomes: readonly CommitOutcome[]) => void
  readonly reject: (error: LedgerError) => void
}

/** Where the outcome of an item belongs. */
interface Place {
  readonly commission: Commission
  readonly index: number
}

/** Items of one commission that stand one behind the other, there and in a call. */
interface Run {
  readonly commission: Commission
  /** Index of the first one in the commission. */
  readonly from: number
  count: number
}

/** What goes into one call, and where the outcomes belong. */
interface Waiting {
  readonly batch: CommitBatch
  readonly texts: CommitTexts
  readonly runs: Run[]
}

/**
 * The ledger in Redis. Micro-batches form by arrival: while a connection's call is in flight, what comes in waits and
 * goes with its next call. Items of one holder always take the same connection, so they keep their order.
 * `commit` rejects with a LedgerError, or with a RangeError for an item that no decision makes.
 */
export class RedisLedger implements Ledger {
  readonly #lanes: number
  readonly #queues: readonly CommitQueue[]
  #waiting = 0
  #broken: LedgerError | undefined
  #closed = false

  constructor(options: RedisLedgerOptions) {
    const { connect, lanes, connections } = options
    if (!(connections >= 1 && connections <= CONNECTIONS_MAX)) throw new RangeError(`connections: 1 to ${CONNECTIONS_MAX}`)
    this.#lanes = lanes
    const script = readCommitScript()
    this.#queues = Array.from({ length: connections }, () => {
      const connection = new CommitConnection(connect(COMMIT_CONNECTION), script)
      return new CommitQueue(
        { connection, lanes },
        { left: (items) => this.#left(items), failed: (error) => this.#failed(error) },
      )
    })
  }

  /** Connects. @throws {LedgerError} `unavailable` */
  async start(): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.connection.open()))
  }

  commit(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
    try {
      return this.#commission(items)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  #commission(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
    if (this.#lanes > 1 && items.some((item) => isSpanning(item, this.#lanes)))
      throw new RangeError('A call commits one lane: what needs several goes through a SpanningLedger')
    const prepared = items.map(prepareItem)
    this.#admit(prepared.length)
    const outcomes = new Array<CommitOutcome>(prepared.length)
    if (prepared.length === 0) return Promise.resolve(outcomes)
    const { promise, resolve, reject } = Promise.withResolvers<readonly CommitOutcome[]>()
    const commission = { outcomes, open: prepared.length, resolve, reject }
    for (const [index, item] of prepared.entries()) {
      const { owner } = item.item
      this.#queueOf(owner).add(laneOf(owner, this.#lanes), item, { commission, index })
    }
    return promise
  }

  get health(): LedgerHealth {
    const away = this.#queues.filter((queue) => !queue.connection.isReady).length
    const reason = this.#broken?.message ?? (away > 0 ? `${away} of ${this.#queues.length} connections to Redis are down` : '')
    return { ready: !this.#closed && reason === '', reason: this.#closed ? 'closed' : reason, waiting: this.#waiting }
  }

  /** Ends what waits, then closes the connections. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#queues.map((queue) => queue.drained()))
    for (const queue of this.#queues) queue.connection.close()
  }

  #admit(items: number): void {
    if (this.#broken) throw this.#broken
    if (this.#closed) throw new LedgerError('unavailable', 'The ledger is closing')
    if (this.#waiting + items > QUEUE_ITEMS_MAX) {
      throw new LedgerError('overloaded', `More than ${QUEUE_ITEMS_MAX} items wait for Redis; nothing was journalled`)
    }
    this.#waiting += items
  }

  #queueOf(owner: number): CommitQueue {
    const index = Math.floor(owner / this.#lanes) % this.#queues.length
    // The index is below the number of queues.
    return this.#queues[index] as CommitQueue
  }

  #left(items: number): void {
    this.#waiting -= items
  }

  #failed(error: LedgerError): void {
    if (error.code === 'unhealthy') this.#broken ??= error
  }
}

interface QueueEvents {
  readonly left: (items: number) => void
  readonly failed: (error: LedgerError) => void
}

/** What waits for one connection, by lane: a call holds items of one lane only. */
class CommitQueue {
  readonly connection: CommitConnection
  readonly #laneCount: number
  readonly #events: QueueEvents
  readonly #lanes = new Map<number, LaneQueue>()
  readonly #texts: CommitTexts[] = []
  #inFlight: Promise<void> | undefined

  constructor({ connection, lanes }: { readonly connection: CommitConnection; readonly lanes: number }, events: QueueEvents) {
    this.connection = connection
    this.#laneCount = lanes
    this.#events = events
  }

  add(lane: number, item: PreparedItem, place: Place): void {
    let queue = this.#lanes.get(lane)
    if (!queue) {
      queue = new LaneQueue(() => this.#newBatch(lane))
      this.#lanes.set(lane, queue)
    }
    queue.push(item, place)
    // Starts after the caller's turn, so that the items of one request share a call.
    this.#inFlight ??= Promise.resolve().then(() => this.#run())
  }

  async drained(): Promise<void> {
    await this.#inFlight
  }

  async #run(): Promise<void> {
    for (let sent = this.#sendNext(); sent; sent = this.#sendNext()) await sent
    this.#inFlight = undefined
  }

  /** Undefined when nothing waits. */
  #sendNext(): Promise<void> | undefined {
    const next = this.#next()
    if (!next) return undefined
    const { lane, waiting } = next
    const { batch, texts, runs } = waiting
    const reply = this.connection.commit(lane, batch)
    texts.clear()
    if (this.#texts.length < TEXTS_KEPT_MAX) this.#texts.push(texts)
    return this.#settle(runs, batch.count, reply)
  }

  #newBatch(lane: number): Waiting {
    const texts = this.#texts.pop() ?? new CommitTexts()
    return { batch: new CommitBatch({ lane, lanes: this.#laneCount }, texts), texts, runs: [] }
  }

  async #settle(runs: readonly Run[], items: number, reply: Promise<readonly CommitOutcome[]>): Promise<void> {
    try {
      const outcomes = await reply
      let number = 0
      for (const { commission, from, count } of runs) {
        // decodeReply gives an outcome for each item or throws.
        for (let n = 0; n < count; n++) commission.outcomes[from + n] = outcomes[number++] as CommitOutcome
        commission.open -= count
        if (commission.open === 0) commission.resolve(commission.outcomes)
      }
    } catch (cause) {
      const error = ledgerErrorOf(cause)
      this.#events.failed(error)
      for (const { commission } of runs) commission.reject(error)
    }
    this.#events.left(items)
  }

  /** The next call of the lane that has waited longest; lanes take turns because a served lane goes to the end. */
  #next(): { readonly lane: number; readonly waiting: Waiting } | undefined {
    const first = this.#lanes.entries().next()
    if (first.done) return undefined
    const [lane, queue] = first.value
    this.#lanes.delete(lane)
    const waiting = queue.take()
    if (!queue.isEmpty) this.#lanes.set(lane, queue)
    return waiting && { lane, waiting }
  }
}

/** Calls that wait in one lane, oldest first. The last one takes what comes in until it is full. */
class LaneQueue {
  readonly #newBatch: () => Waiting
  readonly #calls: Waiting[] = []

  constructor(newBatch: () => Waiting) {
    this.#newBatch = newBatch
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0
  }

  push(item: PreparedItem, { commission, index }: Place): void {
    let call = this.#calls.at(-1)
    if (!call?.batch.hasRoomFor(item)) {
      call = this.#newBatch()
      this.#calls.push(call)
    }
    call.batch.add(item)
    const last = call.runs.at(-1)
    if (last?.commission === commission && last.from + last.count === index) last.count++
    else call.runs.push({ commission, from: index, count: 1 })
  }

  take(): Waiting | undefined {
    return this.#calls.shift()
  }
}
