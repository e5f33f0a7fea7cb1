import Type, { type Static } from 'typebox'
import { PERMISSIONS } from '../permission.ts'
import { OrganizerBody } from './http-entity.ts'

export const PermissionDetailsBody = Type.Object(
  {
    id: Type.Enum([...PERMISSIONS]),
    label: Type.Object({ nl: Type.String(), en: Type.Optional(Type.String()) }),
    cardSystemIds: Type.Array(Type.Integer()),
  },
  { title: 'PermissionDetail' },
)
export type PermissionDetailsBody = Static<typeof PermissionDetailsBody>

/** `GET /permissions`: what the caller may do, for each organizer. */
export const PermissionsBody = Type.Array(
  Type.Object(
    {
      organizer: OrganizerBody,
      permissions: Type.Array(Type.Enum([...PERMISSIONS])),
      permissionDetails: Type.Array(PermissionDetailsBody),
      linkedOrganizers: Type.Array(
        Type.Object({ organizer: OrganizerBody, permissionDetails: Type.Array(PermissionDetailsBody) }),
      ),
    },
    { title: 'OrganizerPermissions' },
  ),
)
export type PermissionsBody = Static<typeof PermissionsBody>
