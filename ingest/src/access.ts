import { type ApiClient, type Event, entityId, type Grant, type Permission } from '@zuil/core'
import type { Registry } from './registry/registry.ts'

/** Grants of a client by organizer; kept as long as the registry keeps this version of the client. */
const grantsOf = new WeakMap<ApiClient, ReadonlyMap<string, readonly Grant[]>>()

/** Whether the client holds the permission for any organizer at all. */
export function hasPermission(client: ApiClient, permission: Permission): boolean {
  for (const grant of client.grants) if (grant.permissions.includes(permission)) return true
  return false
}

/** Whether the organizer itself gave the client the permission, in any card system. */
export function mayForOrganizer(client: ApiClient, permission: Permission, organizer: string): boolean {
  const grants = grantsByOrganizer(client).get(entityId(organizer))
  return grants?.some((grant) => grant.permissions.includes(permission)) ?? false
}

/** Whether the organizer gave the client the permission, and the permission holds in the card system. */
export function mayInCardSystem(client: ApiClient, permission: Permission, { organizer, cardSystem }: CardSystemAccess): boolean {
  const grants = grantsByOrganizer(client).get(entityId(organizer))
  return grants?.some((grant) => covers(grant, permission, { cardSystems: [cardSystem] })) ?? false
}

export interface CardSystemAccess {
  readonly organizer: string
  readonly cardSystem: number
}

/**
 * Whether the client holds the permission for an event: from the organizer of the event, or from the organizer whose
 * place the event takes place in.
 */
export function mayForEvent(client: ApiClient, permission: Permission, { event, registry }: EventAccess): boolean {
  const grants = grantsByOrganizer(client)
  if (isCovered(grants.get(entityId(event.organizer)), permission, event)) return true
  if (event.location === '') return false
  for (const organizer of registry.organizersAt(event.location)) {
    if (isCovered(grants.get(organizer), permission, event)) return true
  }
  return false
}

/** Written out: this runs twice for every check-in, and a function for each list costs more than looking through it. */
function isCovered(grants: readonly Grant[] = [], permission: Permission, event: Pick<Event, 'cardSystems'>): boolean {
  for (const grant of grants) if (covers(grant, permission, event)) return true
  return false
}

export interface EventAccess {
  readonly event: Pick<Event, 'organizer' | 'location' | 'cardSystems'>
  readonly registry: Pick<Registry, 'organizersAt'>
}

function covers(grant: Grant, permission: Permission, event: Pick<Event, 'cardSystems'>): boolean {
  if (!grant.permissions.includes(permission)) return false
  return grant.cardSystems.length === 0 || grant.cardSystems.some((cardSystem) => event.cardSystems.includes(cardSystem))
}

function grantsByOrganizer(client: ApiClient): ReadonlyMap<string, readonly Grant[]> {
  const known = grantsOf.get(client)
  if (known) return known
  const grants = Map.groupBy(client.grants, (grant) => entityId(grant.organizer))
  grantsOf.set(client, grants)
  return grants
}
