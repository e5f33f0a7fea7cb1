import type { CommitOutcome } from '@zuil/core'
import type { Redis, RedisOptions } from 'ioredis'
import type { CommitBatch, EncodedBatch } from './commit-batch.ts'
import { decodeReply } from './commit-reply.ts'
import { KnownKeys } from './known-keys.ts'
import { LedgerError } from './ledger-error.ts'
import { LuaScript } from './lua-script.ts'
import { ledgerErrorOf, redisErrorCode } from './redis-error.ts'

/** After this a call counts as lost. Longer than a slow fsync, shorter than a client's patience. */
export const COMMIT_TIMEOUT_MS = 3_000
const RECONNECT_MS_MAX = 500

/** Options of a connection; replies always come in their usual shape. */
export type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>

/**
 * What a commit connection must be: it never queues while offline and never sends a call again by itself, because a call
 * whose reply was lost may have been carried out. The client's retry with the same key is what repeats it.
 */
export const COMMIT_CONNECTION: ConnectionOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  commandTimeout: COMMIT_TIMEOUT_MS,
  connectTimeout: COMMIT_TIMEOUT_MS,
  retryStrategy: (attempt) => Math.min(attempt * 50, RECONNECT_MS_MAX),
  lazyConnect: true,
}

export function readCommitScript(): LuaScript {
  return new LuaScript(new URL('./commit.lua', import.meta.url))
}

/** What is kept of a call until its reply. */
interface Sent extends Pick<EncodedBatch, 'begun' | 'further'> {
  readonly lane: number
}

/** One connection with at most one call in flight; the caller sees to that. */
export class CommitConnection {
  readonly #redis: Redis
  readonly #script: LuaScript
  readonly #known = new KnownKeys()
  /** A call timed out: the connection is being replaced, whatever its status still says. */
  #isGivenUp = false

  constructor(redis: Redis, script: LuaScript) {
    this.#redis = redis
    this.#script = script
    // What is wrong shows in the call that fails; without a listener ioredis would print it.
    redis.on('error', () => {})
    redis.on('ready', () => {
      this.#isGivenUp = false
      this.#known.clear()
    })
  }

  get isReady(): boolean {
    return this.#redis.status === 'ready' && !this.#isGivenUp
  }

  /** @throws {LedgerError} `unavailable` */
  async open(): Promise<void> {
    try {
      await this.#redis.connect()
      await this.#redis.script('LOAD', this.#script.text)
    } catch (error) {
      throw ledgerErrorOf(error)
    }
  }

  /** Rejects with a LedgerError. */
  commit(lane: number, batch: CommitBatch): Promise<CommitOutcome[]> {
    const { call, begun, further } = batch.encode(this.#known)
    return this.#outcomes(this.#script.runEncoded(this.#redis, call), { lane, begun, further })
  }

  async #outcomes(reply: Promise<unknown>, { lane, begun, further }: Sent): Promise<CommitOutcome[]> {
    try {
      const outcomes = decodeReply(lane, further, await reply)
      // A key that was not written was not begun.
      if (begun.length > 0 && outcomes.every(isAsProposed)) this.#known.add(begun)
      return outcomes
    } catch (error) {
      if (redisErrorCode(error) === undefined && !(error instanceof LedgerError)) this.#giveUp()
      throw ledgerErrorOf(error)
    }
  }

  /** After a call without reply the next call would wait behind it: begin anew. */
  #giveUp(): void {
    if (!this.isReady) return
    this.#isGivenUp = true
    this.#redis.disconnect(true)
  }

  close(): void {
    this.#redis.disconnect()
  }
}

function isAsProposed(outcome: CommitOutcome): boolean {
  return outcome.kind === 'committed' && !outcome.otherwise
}
