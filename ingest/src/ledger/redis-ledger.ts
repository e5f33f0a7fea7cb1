import type { CommitItem, CommitOutcome, Ledger } from '@zuil/core'
import type { Redis, RedisOptions } from 'ioredis'

export interface RedisLedgerOptions {
  /** Opens a connection; the ledger gives the options that a commit connection must have. */
  readonly connect: (options: RedisOptions) => Redis
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

/** The ledger in Redis. `commit` rejects with a LedgerError only. */
export class RedisLedger implements Ledger {
  constructor(_options: RedisLedgerOptions) {}
  /** Connects and checks Redis' state. @throws {LedgerError} */
  async start(): Promise<void> {}
  async commit(_items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
    throw new Error('under construction')
  }
  get health(): LedgerHealth {
    return { ready: false, reason: 'under construction', waiting: 0 }
  }
  /** Ends what waits, then closes the connections. */
  async close(): Promise<void> {}
}
