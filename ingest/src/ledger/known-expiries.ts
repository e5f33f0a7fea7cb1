/** Hashes that are remembered: those of some hundred thousand events in a period or two, some megabytes. */
export const HASHES_MAX = 100_000

/**
 * Hashes of counters that have their expiry already, so that it is not set again with every check-in. What is not remembered is only
 * set once more. Nobody counts in a period that has expired: rules flag what is as late as that, and flagged facts count nothing.
 */
export class KnownExpiries {
  readonly #keys = new Set<string>()

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  add(keys: readonly string[]): void {
    if (this.#keys.size + keys.length > HASHES_MAX) this.clear()
    for (const key of keys) this.#keys.add(key)
  }

  /** After Redis may have been replaced by another one. */
  clear(): void {
    this.#keys.clear()
  }
}
