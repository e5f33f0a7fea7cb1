import type { Ledger } from '@zuil/core'
import type { RefusalCount } from '@zuil/core/contracts/journal'

export interface RefusalCounterOptions {
  readonly ledger: Ledger
  /** Epoch ms. */
  readonly now: () => number
  /** Told when counts could not be journalled; they are kept and tried again. */
  readonly onError?: (error: unknown) => void
}

/** Counts refusals and journals the counts about every second. */
export class RefusalCounter {
  constructor(_options: RefusalCounterOptions) {}
  /** Flushes about every second from now on. */
  start(): void {}
  /** Synchronous and cheap; called once for each refusal. */
  count(_refusal: Omit<RefusalCount, 'count'>): void {}
  async flush(): Promise<void> {}
  /** Stops and flushes what is left. */
  async close(): Promise<void> {}
}
