import type { Redis } from 'ioredis'
import type { Secrets } from '../secrets.ts'
import type { RegistryKind } from './registry-kind.ts'

/** Entries in one put. */
export const PUT_ITEMS_MAX = 500

export type PutResult =
  /** `changed`: false when the registry had exactly this already. */
  | { readonly index: number; readonly ok: true; readonly changed: boolean }
  | { readonly index: number; readonly ok: false; readonly problem: PutProblem }

export interface PutProblem {
  readonly code: 'body/invalid-data' | 'card-in-use' | 'conflict'
  readonly detail: string
  readonly schemaErrors: readonly { readonly jsonPointer: string; readonly error: string }[]
}

export interface RegistryStoreOptions {
  readonly redis: Redis
  readonly lanes: number
  readonly secrets: Secrets
}

/** Writes the registry. Rejects with a LedgerError only; what is wrong with an item is a result. */
export class RegistryStore {
  constructor(_options: RegistryStoreOptions) {}
  /** Items in their official shapes, at most PUT_ITEMS_MAX. Results in the order of the items. */
  async put(_kind: RegistryKind, _items: readonly unknown[]): Promise<readonly PutResult[]> {
    throw new Error('under construction')
  }
}
