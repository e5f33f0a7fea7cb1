import { createHash } from 'node:crypto'
import type { History, HistoryDay } from '@zuil/load-tests/population/history/history'
import { type RegistryEntry, registryEntries } from '@zuil/load-tests/population/registry/registry'

/** What a registry has already: everybody and everything as it was at the end of a day of the history. */
export class KnownEntries {
  readonly #history: History
  /** First day that the registry does not know; undefined: it knows nothing. */
  readonly #until: number | undefined
  readonly #hashes = new Set<string>()

  constructor(history: History, until: number | undefined) {
    this.#history = history
    this.#until = until
  }

  observe({ day, isOver }: HistoryDay): void {
    if (!isOver || this.#until === undefined || day !== this.#until - 1) return
    for (const entry of registryEntries(this.#history.world, this.#history.state, day)) this.#hashes.add(hashOf(entry))
  }

  /** Those that are new or otherwise now. */
  *changed(entries: Iterable<RegistryEntry>): Generator<RegistryEntry> {
    for (const entry of entries) if (!this.#hashes.has(hashOf(entry))) yield entry
  }
}

function hashOf(entry: RegistryEntry): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('base64')
}
