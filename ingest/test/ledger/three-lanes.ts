import { randomBytes } from 'node:crypto'
import type { CommitItem, CommitOutcome, Ledger } from '@zuil/core'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { CounterReader } from '../../src/ledger/counter-reader.ts'
import { RedisLedger } from '../../src/ledger/redis-ledger.ts'
import { ReservationStore } from '../../src/ledger/reservation-store.ts'
import { ReservationSweeper } from '../../src/ledger/reservation-sweeper.ts'
import { SpanningLedger } from '../../src/ledger/spanning-ledger.ts'
import { journalOf } from '../journal.ts'
import { RedisServer } from '../redis-server.ts'

export const LANES = 3

export class CrashError extends Error {}

/** Commits as the ledger below it does, and dies when it is told to: what runs then ends as in a process that is gone. */
export class MortalLedger implements Ledger {
  dies: 'never' | 'before a commit' | 'after a commit' = 'never'
  readonly #inner: RedisLedger

  constructor(inner: RedisLedger) {
    this.#inner = inner
  }

  get health() {
    return this.#inner.health
  }

  async commit(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
    if (this.dies === 'before a commit') throw new CrashError('died before the commit')
    const outcomes = await this.#inner.commit(items)
    if (this.dies === 'after a commit') throw new CrashError('died after the commit')
    return outcomes
  }
}

/** A ledger of three lanes on a Redis of its own. `await using` ends it. */
export class ThreeLanes implements AsyncDisposable {
  readonly server: RedisServer
  readonly redis: Redis
  readonly mortal: MortalLedger
  readonly store: ReservationStore
  readonly ledger: SpanningLedger
  readonly counters: CounterReader
  /** Ends every reservation that stands, however young. */
  readonly sweeper: ReservationSweeper
  readonly #inner: RedisLedger

  private constructor(server: RedisServer, storePort: number) {
    this.server = server
    this.redis = server.connect()
    this.#inner = new RedisLedger({ connect: server.connect, lanes: LANES, connections: 2 })
    this.mortal = new MortalLedger(this.#inner)
    this.store = new ReservationStore((options) => server.connectTo(storePort, options))
    const newId = () => randomBytes(8).toString('hex')
    this.ledger = new SpanningLedger({ inner: this.mortal, store: this.store, lanes: LANES, now: Date.now, newId })
    this.counters = new CounterReader({ redis: this.redis, lanes: LANES })
    this.sweeper = new ReservationSweeper({ store: this.store, lanes: LANES, reservedMsMax: -1 })
  }

  /** `storePort`: where reservations are sent to; default the server itself. */
  static async start(through: (server: RedisServer) => number = ({ port }) => port, server?: RedisServer): Promise<ThreeLanes> {
    const running = server ?? (await RedisServer.start())
    const lanes = new ThreeLanes(running, through(running))
    await Promise.all([lanes.#inner.start(), lanes.store.open()])
    return lanes
  }

  async commitOne(item: CommitItem): Promise<CommitOutcome> {
    const [outcome] = await this.ledger.commit([item])
    if (!outcome) throw new Error('No outcome')
    return outcome
  }

  /** Reservations that stand in all lanes, apart from those that are just being ended. */
  async reserved(): Promise<number> {
    await this.ledger.settled()
    const lengths = await Promise.all(Array.from({ length: LANES }, (_, lane) => this.redis.hlen(laneKeys(lane).reserved)))
    return lengths.reduce((sum, length) => sum + length, 0)
  }

  /** Records in the journals, by lane. */
  async journals(): Promise<readonly number[]> {
    return await Promise.all(Array.from({ length: LANES }, async (_, lane) => (await journalOf(this.redis, lane)).length))
  }

  /** Marks of commits that nobody dropped. */
  async marks(): Promise<number> {
    await this.ledger.settled()
    const keys = await this.redis.keys('zuil:{*}:n:reserved-*')
    const lengths = await Promise.all(keys.map((key) => this.redis.hlen(key)))
    return lengths.reduce((sum, length) => sum + length, 0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.ledger.settled()
    await this.#inner.close()
    this.store.close()
    await this.server[Symbol.asyncDispose]()
  }
}
