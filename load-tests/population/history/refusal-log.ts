import type { JournalRecord, RefusalCount } from '@zuil/core/contracts/journal'

const MINUTE_MS = 60_000

/** Counts refusals by the minute, as ingest does: nothing about persons is kept of them. */
export class RefusalLog {
  readonly #journal: (record: JournalRecord, at: number) => void
  #minute = 0
  #counts = new Map<string, RefusalCount>()

  constructor(journal: (record: JournalRecord, at: number) => void) {
    this.#journal = journal
  }

  add(refusal: Omit<RefusalCount, 'count'>, at: number): void {
    this.flushBefore(at)
    this.#minute = Math.floor(at / MINUTE_MS) * MINUTE_MS
    const key = `${refusal.reason} ${refusal.channel} ${refusal.organizer} ${refusal.venueNis}`
    this.#counts.set(key, { ...refusal, count: (this.#counts.get(key)?.count ?? 0) + 1 })
  }

  /** Journals the minute that is over at an instant. */
  flushBefore(at: number): void {
    if (this.#counts.size === 0 || at < this.#minute + MINUTE_MS) return
    const counts = [...this.#counts.values()]
    this.#counts = new Map()
    this.#journal({ kind: 'refusals', minute: this.#minute, counts }, this.#minute + MINUTE_MS)
  }
}
