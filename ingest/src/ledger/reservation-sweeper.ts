import { decodeReservation, type Reservation } from '@zuil/core/contracts/reservation'
import type { ReservationStore, StoredReservation } from './reservation-store.ts'

/** How often is looked. */
export const SWEEP_MS = 10_000
/**
 * How long a reservation may wait for its commit: ten times what a commit may take. One that comes later fails, so this only
 * says how soon a unit is free again.
 */
export const RESERVED_MS_MAX = 30_000
/** So long before a mark expires nobody relies on it any more. */
const MARK_MARGIN_MS = 3_600_000

export interface ReservationSweeperOptions {
  readonly store: ReservationStore
  readonly lanes: number
  /** Default {@link RESERVED_MS_MAX}. */
  readonly reservedMsMax?: number
  /** Told what could not be ended; it is tried again. */
  readonly onError?: (error: unknown) => void
}

export interface Swept {
  readonly settled: number
  readonly released: number
  /** Nobody can tell any more how they ended; reconcile names them. */
  readonly unknown: number
}

/**
 * Ends what a crash left between a reservation and its commit, or between the commit and its settling. Every process of ingest
 * sweeps: twice does no harm, and no part has to run that might not.
 */
export class ReservationSweeper {
  readonly #options: ReservationSweeperOptions
  #timer: NodeJS.Timeout | undefined
  #sweeping: Promise<unknown> | undefined

  constructor(options: ReservationSweeperOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#sweepUnlessBusy(), SWEEP_MS).unref()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    await this.#sweeping
  }

  /** Never rejects. */
  async sweep(): Promise<Swept> {
    const swept = { settled: 0, released: 0, unknown: 0 }
    for (let lane = 0; lane < this.#options.lanes; lane++) {
      try {
        await this.#sweepLane(lane, swept)
      } catch (error) {
        // Another lane may be well.
        this.#options.onError?.(error)
      }
    }
    return swept
  }

  #sweepUnlessBusy(): void {
    this.#sweeping ??= this.sweep().finally(() => {
      this.#sweeping = undefined
    })
  }

  async #sweepLane(lane: number, swept: { settled: number; released: number; unknown: number }): Promise<void> {
    const { store, reservedMsMax = RESERVED_MS_MAX } = this.#options
    const now = await store.now()
    for await (const portion of store.list(lane)) {
      for (const stored of portion) {
        const reservation = decodeReservation(stored.text)
        if (!reservation || now > reservation.mark.expiresAt - MARK_MARGIN_MS) swept.unknown++
        else if (now - reservation.at > reservedMsMax) {
          const ending = await this.#end(lane, stored, reservation)
          if (ending) swept[ending]++
        }
      }
    }
  }

  /** Undefined when somebody else ended it meanwhile. */
  async #end(
    lane: number,
    { id }: StoredReservation,
    { mark, counters }: Reservation,
  ): Promise<'settled' | 'released' | undefined> {
    const { store } = this.#options
    const isCommitted = await store.isCommitted(mark)
    const isEnded = await store.end(id, isCommitted ? 'settle' : 'release', { lane, counters })
    if (!isEnded) return undefined
    return isCommitted ? 'settled' : 'released'
  }
}
