import { LANES_MAX } from '@zuil/core/contracts/redis-keys'

/** Hashes that are remembered: those of a few hundred thousand holders in a period or two, some megabytes. */
export const HASHES_MAX = 100_000

/** A hash of counters: those of one bucket of owners (redis-keys.ts) in one period. */
export interface CounterHash {
  readonly lane: number
  readonly period: string
  readonly bucket: number
}

/**
 * Hashes of counters that have their expiry already, so that it is not set again with every check-in: one call less of five. What is
 * not remembered is only set once more. Nobody counts in a period that has expired: rules flag what is as late as that, and flagged
 * facts count nothing.
 */
export class KnownExpiries {
  readonly #periods = new Map<string, Set<number>>()
  #size = 0

  has({ lane, period, bucket }: CounterHash): boolean {
    return this.#periods.get(period)?.has(bucket * LANES_MAX + lane) ?? false
  }

  add(hashes: readonly CounterHash[]): void {
    if (this.#size + hashes.length > HASHES_MAX) this.clear()
    this.#size += hashes.length
    for (const { lane, period, bucket } of hashes) {
      const known = this.#periods.get(period) ?? new Set()
      known.add(bucket * LANES_MAX + lane)
      this.#periods.set(period, known)
    }
  }

  /** After Redis may have been replaced by another one. */
  clear(): void {
    this.#periods.clear()
    this.#size = 0
  }
}
