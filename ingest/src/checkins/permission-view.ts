import { type ApiClient, entityId, type Grant } from '@zuil/core'
import type { PermissionsBody } from '@zuil/core/contracts/http-permission'
import type { Registry } from '../registry/registry.ts'
import { organizerBody } from './kiosk-view.ts'
import { permissionLabel } from './permission-label.ts'

type OrganizerPermissions = PermissionsBody[number]
type View = Pick<Registry, 'organizer'>

/**
 * What a client may do, an entry for each organizer. Organizers that a client reaches through another one stand with that one,
 * and count like any other where a permission is looked for.
 */
export function permissionsBody({ grants }: Pick<ApiClient, 'grants'>, registry: View): PermissionsBody {
  const own = Map.groupBy(grants, ({ organizer, through = organizer }) => entityId(through))
  return [...own.values()].map((all): OrganizerPermissions => {
    const direct = all.filter(({ through }) => through === undefined)
    const [first] = all
    const id = direct[0]?.organizer ?? first?.through ?? ''
    const linked = Map.groupBy(
      all.filter(({ through }) => through !== undefined),
      ({ organizer }) => entityId(organizer),
    )
    return {
      organizer: organizerBody(id, registry.organizer(id)),
      permissions: [...new Set(direct.flatMap(({ permissions }) => permissions))],
      permissionDetails: direct.flatMap((grant) => detailsOf(grant, registry)),
      linkedOrganizers: [...linked.values()].flatMap(([grant, ...more]) => {
        if (!grant) return []
        const permissionDetails = [grant, ...more].flatMap((each) => detailsOf(each, registry))
        return [{ organizer: organizerBody(grant.organizer, registry.organizer(grant.organizer)), permissionDetails }]
      }),
    }
  })
}

function detailsOf({ organizer, permissions, cardSystems }: Grant, registry: View): OrganizerPermissions['permissionDetails'] {
  const cardSystemIds = [...(cardSystems.length > 0 ? cardSystems : (registry.organizer(organizer)?.cardSystems ?? []))]
  return permissions.map((id) => ({ id, label: permissionLabel(id), cardSystemIds }))
}
