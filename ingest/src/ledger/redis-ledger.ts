import type { CommitItem, CommitOutcome, Ledger } from '@zuil/core'
import { ENTRY_RECORDS_MAX } from '@zuil/core/contracts/journal-entry'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { COMMIT_CONNECTION, CommitConnection, type ConnectionOptions, readCommitScript } from './commit-connection.ts'
import { type PreparedItem, prepareItem } from './commit-item.ts'
import { LedgerError } from './ledger-error.ts'
import { ledgerErrorOf } from './redis-error.ts'
import { isSpanning } from './spanning-item.ts'

/**
 * Items in one call. Redis syncs its file after each turn, so a batch gains by larger calls; at some 20 µs an item one call
 * stays near 10 ms, far below what a single check-in beside it may take.
 */
export const BATCH_ITEMS_MAX = 512
/** Characters in one call, about: 512 facts with what is journalled otherwise, and far more than five requests that sell a hundred tickets each. */
export const BATCH_CHARACTERS_MAX = 655_360
/** Items that wait for a connection, over all of them: about a second of work. */
export const QUEUE_ITEMS_MAX = 50_000
export const CONNECTIONS_MAX = 8

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
  readonly index: number
  readonly commission: Commission
}

/** What goes into one call. Once it is sent only the places are kept: items that wait for Redis would be looked through as garbage. */
interface Batch {
  readonly items: readonly PreparedItem[]
  readonly places: readonly Place[]
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
      return new CommitQueue(connection, { left: (items) => this.#left(items), failed: (error) => this.#failed(error) })
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
      this.#queueOf(owner).add(laneOf(owner, this.#lanes), item, { index, commission })
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
  readonly #events: QueueEvents
  readonly #lanes = new Map<number, LaneQueue>()
  #inFlight: Promise<void> | undefined

  constructor(connection: CommitConnection, events: QueueEvents) {
    this.connection = connection
    this.#events = events
  }

  add(lane: number, item: PreparedItem, place: Place): void {
    const queue = this.#lanes.get(lane) ?? new LaneQueue()
    queue.push(item, place)
    this.#lanes.set(lane, queue)
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
    return next && this.#settle(next.batch.places, this.connection.commit(next.lane, next.batch.items))
  }

  async #settle(places: readonly Place[], reply: Promise<readonly CommitOutcome[]>): Promise<void> {
    try {
      const outcomes = await reply
      for (const [number, { index, commission }] of places.entries()) {
        // decodeReply gives an outcome for each item or throws.
        commission.outcomes[index] = outcomes[number] as CommitOutcome
        commission.open -= 1
        if (commission.open === 0) commission.resolve(commission.outcomes)
      }
    } catch (cause) {
      const error = ledgerErrorOf(cause)
      this.#events.failed(error)
      for (const { commission } of places) commission.reject(error)
    }
    this.#events.left(places.length)
  }

  /** The next batch of the lane that has waited longest; lanes take turns because a served lane goes to the end. */
  #next(): { readonly lane: number; readonly batch: Batch } | undefined {
    const first = this.#lanes.entries().next()
    if (first.done) return undefined
    const [lane, queue] = first.value
    this.#lanes.delete(lane)
    const batch = queue.take()
    if (!queue.isEmpty) this.#lanes.set(lane, queue)
    return { lane, batch }
  }
}

/** What waits for one lane, oldest first. */
class LaneQueue {
  #items: PreparedItem[] = []
  #places: Place[] = []
  #from = 0

  get isEmpty(): boolean {
    return this.#from === this.#items.length
  }

  push(item: PreparedItem, place: Place): void {
    this.#items.push(item)
    this.#places.push(place)
  }

  /** At least one, at most what fits one call. */
  take(): Batch {
    const start = this.#from
    let size = 0
    let records = 0
    for (; this.#from < this.#items.length && this.#from - start < BATCH_ITEMS_MAX; this.#from++) {
      const next = this.#items[this.#from]
      size += next?.size ?? 0
      records += next?.records ?? 0
      // What a call journals is one entry.
      if ((size > BATCH_CHARACTERS_MAX || records > ENTRY_RECORDS_MAX) && this.#from > start) break
    }
    const items = this.#items.slice(start, this.#from)
    const places = this.#places.slice(start, this.#from)
    // Cut off only when most of it is gone, so that a long queue is not copied for every call.
    if (this.#from * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#from)
      this.#places = this.#places.slice(this.#from)
      this.#from = 0
    }
    return { items, places }
  }
}
