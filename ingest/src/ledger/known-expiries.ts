/** Hashes that are remembered: those of a few hundred thousand holders in a period or two, some 20 MB. */
export const HASHES_MAX = 100_000

/**
 * Hashes of counters that have their expiry already, so that it is not set again with every check-in: one call less of five. What is
 * not remembered is only set once more. Nobody counts in a period that has expired: rules flag what is as late as that, and flagged
 * facts count nothing.
 */
export class KnownExpiries {
  readonly #hashes = new Set<string>()

  has(hash: string): boolean {
    return this.#hashes.has(hash)
  }

  add(hashes: readonly string[]): void {
    if (this.#hashes.size + hashes.length > HASHES_MAX) this.#hashes.clear()
    for (const hash of hashes) this.#hashes.add(hash)
  }

  /** After Redis may have been replaced by another one. */
  clear(): void {
    this.#hashes.clear()
  }
}
