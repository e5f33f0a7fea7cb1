/** Keys that are remembered: those of some hundred thousand events in a period or two, some megabytes. */
export const KEYS_MAX = 100_000

/**
 * Keys of counters that were begun already: hashes that have their expiry, arrays of balances that have their whole length. It is not
 * asked for again with every check-in; of what is not remembered it is only asked once more. Nobody counts in a period that has expired:
 * rules flag what is as late as that, and flagged facts count nothing.
 */
export class KnownKeys {
  readonly #keys = new Set<string>()

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  add(keys: readonly string[]): void {
    if (this.#keys.size + keys.length > KEYS_MAX) this.clear()
    for (const key of keys) this.#keys.add(key)
  }

  /** After Redis may have been replaced by another one. */
  clear(): void {
    this.#keys.clear()
  }
}
