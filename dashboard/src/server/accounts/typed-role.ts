import type { Role } from '@zuil/core/contracts/roles'
import type { RolesFault } from '../../lib/roles-view.ts'
import type { NamedPlace } from '../scope/place-book.ts'

/** Every kind of role, in the order in which it is offered: that of whoever reads least to that of whoever reads all. */
export const ROLE_KINDS = [
  'municipality',
  'region',
  'organizer',
  'settlement',
  'auditor',
  'publiq',
] as const satisfies readonly Role['role'][]

/** `municipality:44021`, `settlement:14`, `publiq`: says the same for the same role, and no other. */
export function roleKey(role: Role): string {
  switch (role.role) {
    case 'publiq':
    case 'auditor':
      return role.role
    case 'region':
    case 'settlement':
      return `${role.role}:${role.cardSystem}`
    case 'municipality':
      return `municipality:${role.nis}`
    case 'organizer':
      return `organizer:${role.organizer}`
  }
}

/** The place that is named with a role; who settles is named with the region. Undefined where there is none. */
export function rolePlace(role: Role): string | undefined {
  if (role.role === 'settlement') return `region:${role.cardSystem}`
  return role.role === 'publiq' || role.role === 'auditor' ? undefined : roleKey(role)
}

export interface TypedRole {
  readonly kind: string
  /** Name, or number as `44021`. */
  readonly place: string
}

/** The role that somebody typed, or what is wrong with it: only places that the registry knows have one. */
export function typedRole({ kind, place }: TypedRole, places: readonly NamedPlace[]): Role | RolesFault {
  const known = ROLE_KINDS.find((each) => each === kind)
  switch (known) {
    case undefined:
      return 'role'
    case 'publiq':
    case 'auditor':
      return { role: known }
    case 'region':
    case 'settlement': {
      const cardSystem = placeNamed('region', place, places)
      return 'fault' in cardSystem ? cardSystem.fault : { role: known, cardSystem: Number(cardSystem.id) }
    }
    case 'municipality': {
      const nis = placeNamed('municipality', place, places)
      return 'fault' in nis ? nis.fault : { role: known, nis: Number(nis.id) }
    }
    case 'organizer': {
      const organizer = placeNamed('organizer', place, places)
      return 'fault' in organizer ? organizer.fault : { role: known, organizer: organizer.id }
    }
  }
}

function placeNamed(
  word: 'region' | 'municipality' | 'organizer',
  typed: string,
  places: readonly NamedPlace[],
): { readonly id: string } | { readonly fault: RolesFault } {
  const own = places.filter(({ place }) => place.startsWith(`${word}:`))
  const numbered = own.filter(({ place }) => place === `${word}:${typed}`)
  const wanted = typed.toLowerCase()
  const found = numbered.length > 0 ? numbered : own.filter(({ name }) => name.toLowerCase() === wanted)
  const [first] = found
  if (!first) return { fault: 'place' }
  return found.length > 1 ? { fault: 'several' } : { id: first.place.slice(word.length + 1) }
}
