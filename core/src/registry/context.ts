import type { ProgrammeBook } from '../programme.ts'

/** What the mapping of a document needs to know of the rest of the registry. */
export interface RegistryContext {
  /** NIS code of the municipality of a postal code; the name of the town decides where a code has several. 0 when unknown. */
  readonly nisOf: (postalCode: string, town: string) => number
  /** Ids of the card systems of an organizer, ascending; empty when it is unknown. */
  readonly cardSystemsOf: (organizer: string) => readonly number[]
  readonly programmes: ProgrammeBook
}

/** Kinds of registry entry, in the order in which they depend on each other. */
export const REGISTRY_KINDS = [
  'municipalities',
  'card-systems',
  'programmes',
  'organizers',
  'distribution-keys',
  'settlement-agreements',
  'coupons',
  'events',
  // Before the passholders, who are granted welcome rewards.
  'rewards',
  'passholders',
  'accounts',
  'data-tokens',
  'group-passes',
  'cards',
  'bonuses',
  'kiosks',
  'clients',
] as const
export type RegistryKind = (typeof REGISTRY_KINDS)[number]

/**
 * Kinds whose entries can be removed: what lets somebody in, and nothing else needs. Everything else stands in transactions, or others
 * name it; its own members say that it is over (docs/registry.md).
 */
export const REMOVABLE_KINDS = ['accounts', 'kiosks', 'clients'] as const satisfies readonly RegistryKind[]
export type RemovableKind = (typeof REMOVABLE_KINDS)[number]

/** Kinds that are set through the API itself, never sent by the operator. They are entries of the registry like the others. */
export const SETTING_KINDS = ['event-settings', 'event-card-systems', 'event-sales'] as const
export type SettingKind = (typeof SETTING_KINDS)[number]
