import { type ApiClient, entityId, isSameEntity, type Permission } from '@zuil/core'
import type { TransactionSearch } from '@zuil/core/contracts/transaction-search'
import type { Registry } from '../registry/registry.ts'

type Places = NonNullable<TransactionSearch['filter']['places']>

export interface PlacesQuestion {
  readonly client: ApiClient
  readonly permission: Permission
  readonly organizers: readonly string[]
  /** Whether what happens at an organizer's own place counts as well, whoever organizes it. */
  readonly withLocations?: Pick<Registry, 'organizer'>
}

/**
 * The organizers in whose name the client may read, as the warehouse filters on them; a grant for some card systems reaches
 * events of these only. A text: the organizer that did not give the permission.
 */
export function grantedPlaces({ client, permission, organizers, withLocations }: PlacesQuestion): Places | string {
  const all: string[] = []
  const some: Places['organizersInCardSystems'] = []
  const locations: string[] = []
  for (const organizer of organizers) {
    const grants = client.grants.filter(
      (grant) => isSameEntity(grant.organizer, organizer) && grant.permissions.includes(permission),
    )
    if (grants.length === 0) return organizer
    const id = entityId(organizer)
    if (grants.some(({ cardSystems }) => cardSystems.length === 0)) {
      all.push(id)
      const location = withLocations?.organizer(organizer)?.linkedLocation
      if (location !== undefined) locations.push(entityId(location))
    } else {
      for (const cardSystem of grants.flatMap(({ cardSystems }) => cardSystems)) some.push({ organizer: id, cardSystem })
    }
  }
  return { organizers: all, organizersInCardSystems: some, locations }
}

/** A text that comes once or several times in an address. */
export function repeated(text: string | readonly string[] | undefined): readonly string[] {
  return text === undefined ? [] : [text].flat()
}
