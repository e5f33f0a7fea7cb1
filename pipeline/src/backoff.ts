import { setTimeout } from 'node:timers/promises'

export interface Backoff {
  /** Wait after the first failure; doubles with each further one. */
  readonly firstMs: number
  /** Longest wait. */
  readonly mostMs: number
}

/** Infrastructure comes back by itself: try soon, but no more than every ten seconds for as long as it lasts. */
export const INFRASTRUCTURE_BACKOFF: Backoff = { firstMs: 100, mostMs: 10_000 }

export function backoffMs(backoff: Backoff, failures: number): number {
  return Math.min(backoff.mostMs, backoff.firstMs * 2 ** Math.min(30, Math.max(0, failures - 1)))
}

/** Waits; ends early, without an error, when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
