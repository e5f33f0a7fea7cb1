import { pause } from '../backoff.ts'

/**
 * Rows loaded a second above which a release waits: four times what all of Flanders brings on a busy evening. What comes faster is a peak,
 * an import or a backlog, and has the machine for itself.
 */
export const BUSY_ROWS_PER_SECOND = 200
/** One release waits this long in all; then it goes on beside the peak, so that it comes the same day. */
export const CALM_WAIT_MS_MAX = 3_600_000
/** How often a release that waits looks again, and the length over which rows are counted. */
const LOOK_EVERY_MS = 1_000

/** Resolves when the installation has time for what can wait; at once when the signal aborts. */
export type UntilCalm = (signal: AbortSignal) => Promise<void>

export const atOnce: UntilCalm = async () => undefined

/** Somebody who asked for a release waits for the one under way, which then waits for nothing. */
export interface Hurry {
  during<Result>(asked: Promise<Result>): Promise<Result>
  unless(untilCalm: UntilCalm): UntilCalm
}

export function createHurry(): Hurry {
  let waiting = 0
  let hurry = new AbortController()
  return {
    async during(asked) {
      waiting += 1
      hurry.abort()
      try {
        return await asked
      } finally {
        waiting -= 1
        if (waiting === 0) hurry = new AbortController()
      }
    },
    unless: (untilCalm) => (signal) => untilCalm(AbortSignal.any([signal, hurry.signal])),
  }
}

export interface CalmOptions {
  /** Rows loaded since the start; only grows. */
  readonly rows: () => number
  /** Monotonic ms. */
  readonly elapsed: () => number
  /** Waits; ends early when the signal aborts. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Gives, for each release, what it waits with between two of its questions to the warehouse. */
export function createCalm({ rows, elapsed, wait = pause }: CalmOptions): () => UntilCalm {
  let counted = { at: elapsed(), rows: rows() }
  let isBusy = false
  const look = () => {
    const now = { at: elapsed(), rows: rows() }
    const span = now.at - counted.at
    if (span < LOOK_EVERY_MS) return
    isBusy = ((now.rows - counted.rows) * 1_000) / span > BUSY_ROWS_PER_SECOND
    counted = now
  }
  return () => {
    let left = CALM_WAIT_MS_MAX
    return async (signal) => {
      for (look(); isBusy && left > 0 && !signal.aborted; look()) {
        await wait(LOOK_EVERY_MS, signal)
        left -= LOOK_EVERY_MS
      }
    }
  }
}
