import type { Guard } from '@zuil/core'
import { counterPlace, laneOf } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { LedgerError } from './ledger-error.ts'
import { LuaScript } from './lua-script.ts'

/** Counters of one call: about a millisecond of Redis' time. */
const CALL_COUNTERS_MAX = 1_000

export interface CounterReaderOptions {
  /** A connection for plain reads, with a `commandTimeout`; the reader does not close it. */
  readonly redis: Redis
  readonly lanes: number
}

type Counter = Pick<Guard, 'counter' | 'owner' | 'period'>

/** Reads guard counters as they stand. Rejects with a LedgerError only. */
export class CounterReader {
  readonly #lanes: readonly LaneReader[]

  constructor({ redis, lanes }: CounterReaderOptions) {
    const script = new LuaScript(new URL('./counter.lua', import.meta.url), new URL('./read-counters.lua', import.meta.url))
    this.#lanes = Array.from({ length: lanes }, () => new LaneReader({ redis, script, lanes }))
  }

  /** Value of each counter, 0 where nothing was counted yet. */
  async read(counters: readonly Counter[]): Promise<readonly number[]> {
    try {
      return await Promise.all(counters.map((counter) => this.#laneOf(counter).read(counter)))
    } catch (cause) {
      throw new LedgerError('unavailable', 'A counter could not be read', { cause })
    }
  }

  #laneOf({ owner }: Counter): LaneReader {
    const reader = this.#lanes[laneOf(owner, this.#lanes.length)]
    if (!reader) throw new RangeError(`There is no lane of ${owner}`)
    return reader
  }
}

interface Waiting {
  readonly key: string
  readonly field: string
  readonly resolve: (value: number) => void
  readonly reject: (error: unknown) => void
}

interface LaneReaderOptions {
  readonly redis: Redis
  readonly script: LuaScript
  readonly lanes: number
}

/**
 * One call at a time: what is asked for until it is sent, and while the one before is under way, goes together. A system call
 * for each counter would cost more than everything else about a tariff.
 */
class LaneReader {
  readonly #options: LaneReaderOptions
  #waiting: Waiting[] = []
  #isUnderWay = false

  constructor(options: LaneReaderOptions) {
    this.#options = options
  }

  read(counter: Counter): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const { key, field } = counterPlace(this.#options.lanes, counter)
    this.#waiting.push({ key, field, resolve, reject })
    if (!this.#isUnderWay) {
      this.#isUnderWay = true
      // after the requests that are being read in this round
      setImmediate(() => this.#call())
    }
    return promise
  }

  #call(): void {
    const { redis, script } = this.#options
    const asked = this.#waiting.splice(0, CALL_COUNTERS_MAX)
    const keys = asked.map(({ key }) => key)
    const fields = asked.map(({ field }) => field)
    script.run(redis, [String(keys.length), ...keys, ...fields]).then(
      (reply) => {
        // The head of read-counters.lua.
        const values = (reply as string).split(' ')
        for (const [index, { resolve }] of asked.entries()) resolve(Number(values[index]))
        this.#next()
      },
      (error: unknown) => {
        for (const { reject } of asked) reject(error)
        this.#next()
      },
    )
  }

  #next(): void {
    if (this.#waiting.length > 0) this.#call()
    else this.#isUnderWay = false
  }
}
