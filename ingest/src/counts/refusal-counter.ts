import type { Ledger } from '@zuil/core'
import type { RefusalCount } from '@zuil/core/contracts/journal'
import { FlushedCounter } from './flushed-counter.ts'

/** How often counts are journalled; also what a crash may lose. */
export const FLUSH_MS = 1_000
/** Different combinations that are counted at once; a flood of others is counted under the reason alone. */
export const COMBINATIONS_MAX = 2_000
/** Counts in one record, so that a record stays far below the journal's bound. */
const COUNTS_MAX = 400
const MINUTE_MS = 60_000

export interface RefusalCounterOptions {
  readonly ledger: Ledger
  /** Epoch ms. */
  readonly now: () => number
  /** Told when counts could not be journalled; they are kept and tried again. */
  readonly onError?: (error: unknown) => void
}

type Refusal = Omit<RefusalCount, 'count'>

interface Counted {
  readonly minute: number
  readonly refusal: Refusal
  count: number
}

/** Counts refusals and journals the counts about every second, in lane 0. No person is in them. */
export class RefusalCounter extends FlushedCounter {
  readonly #options: RefusalCounterOptions
  #counts = new Map<string, Counted>()

  constructor(options: RefusalCounterOptions) {
    super(FLUSH_MS)
    this.#options = options
  }

  /** Called once for each refusal; cheap, and never fails. */
  count(refusal: Refusal): void {
    const minute = Math.floor(this.#options.now() / MINUTE_MS) * MINUTE_MS
    this.#add({ minute, refusal, count: 1 })
  }

  #add(counted: Counted): void {
    const { minute, refusal } = counted
    const key = `${minute} ${refusal.reason} ${refusal.channel} ${refusal.organizer} ${refusal.venueNis}`
    const known = this.#counts.get(key)
    if (known) known.count += counted.count
    else if (this.#counts.size < COMBINATIONS_MAX || (refusal.organizer === '' && refusal.venueNis === 0))
      this.#counts.set(key, { ...counted })
    else this.#add({ ...counted, refusal: { ...refusal, organizer: '', venueNis: 0 } })
  }

  protected override async write(): Promise<void> {
    const taken = [...this.#counts.values()]
    this.#counts = new Map()
    const byMinute = new Map<number, Counted[]>()
    for (const counted of taken) byMinute.set(counted.minute, [...(byMinute.get(counted.minute) ?? []), counted])
    for (const [minute, counts] of byMinute) {
      for (let from = 0; from < counts.length; from += COUNTS_MAX)
        await this.#journal(minute, counts.slice(from, from + COUNTS_MAX))
    }
  }

  async #journal(minute: number, counts: readonly Counted[]): Promise<void> {
    try {
      const record = { kind: 'refusals', minute, counts: counts.map(({ refusal, count }) => ({ ...refusal, count })) } as const
      await this.#options.ledger.commit([{ owner: 0, proposal: { guards: [], record }, entities: [], registryVersion: 0 }])
    } catch (error) {
      for (const counted of counts) this.#add(counted)
      this.#options.onError?.(error)
    }
  }
}
