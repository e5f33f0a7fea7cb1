import type { RegistryKind } from '@zuil/core'

/** One line of `zuil import`: `data` in the shape that docs/registry.md gives for the kind. */
export interface RegistryEntry {
  readonly kind: Exclude<RegistryKind, 'accounts' | 'bonuses' | 'cards'>
  readonly data: Readonly<Record<string, unknown>>
}
