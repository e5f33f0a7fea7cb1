import type { Position } from '@zuil/core'
import type { JournalRecord } from '@zuil/core/contracts/journal'
import type { Redis } from 'ioredis'

export interface JournalReaderOptions {
  /** A connection for plain reads; the reader does not close it. */
  readonly redis: Redis
  readonly lanes: number
}

/** Reads the journal and how far it has come. Rejects with a LedgerError only. */
export class JournalReader {
  constructor(_options: JournalReaderOptions) {}
  /** The record at a position; undefined when it is trimmed (then it is in the warehouse) or never was. */
  async recordAt(_position: Position): Promise<JournalRecord | undefined> {
    throw new Error('under construction')
  }
  /** Position of the last record of a lane, `ms: 0, sequence: 0` for an empty one. */
  async last(_lane: number): Promise<Position> {
    throw new Error('under construction')
  }
  /** The watermark of a lane: everything up to it is in the warehouse. */
  async loaded(_lane: number): Promise<Position> {
    throw new Error('under construction')
  }
  /** Whether the record at the position is in the warehouse before the time is over. All waiters share one poll. */
  async waitUntilLoaded(_position: Position, _timeoutMs: number): Promise<boolean> {
    throw new Error('under construction')
  }
  /** Records of all lanes that are not in the warehouse yet; at most BACKLOG_AGE_MAX_MS old. For backpressure. */
  async backlog(): Promise<number> {
    throw new Error('under construction')
  }
  close(): void {}
}
