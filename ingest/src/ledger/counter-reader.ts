import type { Guard } from '@zuil/core'
import { counterField, counterKey, laneOf } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { LedgerError } from './ledger-error.ts'

export interface CounterReaderOptions {
  /** A connection for plain reads; the reader does not close it. */
  readonly redis: Redis
  readonly lanes: number
}

/** Reads guard counters as they stand. Rejects with a LedgerError only. */
export class CounterReader {
  readonly #redis: Redis
  readonly #lanes: number

  constructor(options: CounterReaderOptions) {
    this.#redis = options.redis
    this.#lanes = options.lanes
  }

  /** Value of each counter, 0 where nothing was counted yet. */
  async read(counters: readonly Pick<Guard, 'counter' | 'owner' | 'period'>[]): Promise<readonly number[]> {
    try {
      return await Promise.all(counters.map((counter) => this.#readOne(counter)))
    } catch (cause) {
      throw new LedgerError('unavailable', 'A counter could not be read', { cause })
    }
  }

  async #readOne({ counter, owner, period }: Pick<Guard, 'counter' | 'owner' | 'period'>): Promise<number> {
    const key = counterKey(laneOf(owner, this.#lanes), period, owner)
    return Number((await this.#redis.hget(key, counterField(counter, owner))) ?? 0)
  }
}
