import type { Language } from './language.ts'
import type { KeptRow } from './notebook-view.ts'
import type { Option } from './shell-view.ts'

export const ROLES_PATH = '/beheer/rollen'
/** Fields of the forms; a role and a place stand in the address when something was wrong. Who it was about never does. */
export const ROLES_FIELDS = { account: 'account', role: 'rol', place: 'plaats', id: 'nummer', said: 'melding' } as const

/** Why nothing was changed. */
export const ROLES_FAULTS = ['account', 'role', 'place', 'several', 'full', 'last', 'unavailable'] as const
export type RolesFault = (typeof ROLES_FAULTS)[number]

/** What was changed. */
export const ROLES_CHANGES = ['given', 'taken'] as const
export type RolesChange = (typeof ROLES_CHANGES)[number]

/** The page "Rollen" in one language. */
export interface RolesView {
  readonly language: Language
  readonly title: string
  readonly intro: string
  /** Where an issuer of the operator's own has the first word; empty otherwise. */
  readonly elsewhere: string
  /** Why nothing was changed; empty when nothing was wrong. */
  readonly fault: string
  /** What was changed just now; empty when nothing was. */
  readonly done: string
  readonly form: {
    readonly title: string
    readonly labels: Readonly<Record<'account' | 'role' | 'place' | 'keep', string>>
    readonly roles: readonly Option[]
    /** Names that the field of the place offers. */
    readonly places: readonly string[]
    /** As they were typed, where something was wrong with them. */
    readonly values: Readonly<Record<'role' | 'place', string>>
  }
  readonly list: {
    readonly title: string
    readonly none: string
    readonly remove: string
    readonly rows: readonly (KeptRow & { readonly account: string; readonly role: string })[]
  }
}
