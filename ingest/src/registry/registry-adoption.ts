import { entityId } from '@zuil/core'
import { ledgerErrorOf } from '../ledger/redis-error.ts'
import { RebuildError } from '../rebuild-error.ts'
import type { Secrets } from '../secrets.ts'
import { type PutResult, RegistryStore, type RegistryStoreOptions, type StoredKind } from './registry-store.ts'
import { type NumberGroup, RegistryWriter } from './registry-writer.ts'

/** What the registry numbers. */
type NumberedKind = 'holders' | 'cards' | 'events' | 'rewards'

export interface NumberedName {
  /** Id of a passholder, group pass, event or reward; the number on a card. */
  readonly name: string
  /** Of a card: number of its holder. */
  readonly owner?: number
}

/**
 * Takes in the registry of a history that was made elsewhere and stands in the journal: first the numbers by which the history
 * calls everybody, then the entries, which the journal is not told of again. Running it again changes nothing.
 */
export class RegistryAdoption {
  readonly #store: RegistryStore
  readonly #writer: RegistryWriter
  readonly #secrets: Secrets

  constructor(options: Omit<RegistryStoreOptions, 'isTold'>) {
    const { redis, secrets } = options
    this.#store = new RegistryStore({ ...options, isTold: true })
    this.#writer = new RegistryWriter(redis, secrets)
    this.#secrets = secrets
  }

  /**
   * Gives names the numbers from `first` on, in their order; those before it were given before.
   * @throws {RebuildError} `numbers-taken` when the registry calls somebody else so, or them otherwise
   */
  async number(kind: NumberedKind, names: readonly NumberedName[], first: number): Promise<void> {
    const numbers = await this.#numbers(
      kind,
      names.map(({ name, owner }) => ({ names: [this.#keyOf(kind, name)], ...(owner !== undefined && { owner }) })),
    )
    const wrong = numbers.findIndex((group, index) => group?.[0] !== first + index)
    if (wrong < 0) return
    throw new RebuildError(
      'numbers-taken',
      `The registry holds other ${kind}: number ${first + wrong} of the history is ${numbers[wrong]?.[0] ?? "somebody else's"} there.`,
    )
  }

  /** As {@link RegistryStore.put}. */
  put(kind: StoredKind, items: readonly unknown[]): Promise<readonly PutResult[]> {
    return this.#store.put(kind, items)
  }

  async #numbers(kind: NumberedKind, groups: readonly NumberGroup[]): Promise<readonly (readonly number[] | undefined)[]> {
    try {
      return await this.#writer.numbers(kind, groups)
    } catch (error) {
      throw ledgerErrorOf(error)
    }
  }

  #keyOf(kind: NumberedKind, name: string): string {
    switch (kind) {
      case 'holders':
        return this.#secrets.holderHash(name).toString('base64url')
      case 'cards':
        return this.#secrets.cardHash(name).toString('base64url')
      case 'events':
      case 'rewards':
        return entityId(name)
    }
  }
}
