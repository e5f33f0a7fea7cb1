import { randomBytes } from 'node:crypto'
import type { Ledger } from '@zuil/core'
import { type LedgerHealth, RedisLedger, type RedisLedgerOptions } from './redis-ledger.ts'
import { ReservationStore } from './reservation-store.ts'
import { ReservationSweeper } from './reservation-sweeper.ts'
import { SpanningLedger } from './spanning-ledger.ts'

const ID_BYTES = 8

export interface OpenLedgerOptions extends RedisLedgerOptions {
  /** Epoch ms. */
  readonly now: () => number
  /** Told when a reservation could not be ended; it is tried again. */
  readonly onError?: (error: unknown) => void
}

export interface OpenedLedger {
  readonly ledger: Ledger & { readonly health: LedgerHealth }
  /** Connects. @throws {LedgerError} `unavailable` */
  start(): Promise<void>
  close(): Promise<void>
}

/** The ledger for a number of lanes: with one lane nothing can be elsewhere. */
export function openLedger(options: OpenLedgerOptions): OpenedLedger {
  const { connect, lanes, now, onError } = options
  const inner = new RedisLedger(options)
  if (lanes === 1) return { ledger: inner, start: () => inner.start(), close: () => inner.close() }
  const store = new ReservationStore(connect)
  const sweeper = new ReservationSweeper({ store, lanes, ...(onError && { onError }) })
  const ledger = new SpanningLedger({ inner, store, lanes, now, newId: () => randomBytes(ID_BYTES).toString('hex') })
  return {
    ledger,
    async start() {
      await Promise.all([inner.start(), store.open()])
      sweeper.start()
    },
    async close() {
      await sweeper.close()
      await inner.close()
      await ledger.settled()
      store.close()
    },
  }
}
