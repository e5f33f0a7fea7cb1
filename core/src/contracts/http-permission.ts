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

/** Path of `/permissions/{clientId}`. */
export const ClientPath = Type.Object({ clientId: Type.String({ minLength: 1, maxLength: 100 }) })
export type ClientPath = Static<typeof ClientPath>

/** The organizers of a large town. */
const LINKED_ORGANIZERS_MAX = 500

const DetailsRequest = Type.Array(
  Type.Object({
    id: Type.Enum([...PERMISSIONS]),
    cardSystemIds: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }))),
  }),
)
const OrganizerReference = Type.Object({ id: Type.String({ minLength: 1 }) })

/** `PUT /permissions/{clientId}`: all that the client may from now on. Labels are ignored. */
export const PermissionsRequest = Type.Array(
  Type.Object(
    {
      organizer: OrganizerReference,
      permissions: Type.Optional(Type.Array(Type.Enum([...PERMISSIONS]))),
      permissionDetails: Type.Optional(DetailsRequest),
      linkedOrganizers: Type.Optional(
        Type.Array(Type.Object({ organizer: OrganizerReference, permissionDetails: Type.Optional(DetailsRequest) }), {
          maxItems: LINKED_ORGANIZERS_MAX,
        }),
      ),
    },
    { title: 'OrganizerPermissionsRequest' },
  ),
  { maxItems: 2_000 },
)
export type PermissionsRequest = Static<typeof PermissionsRequest>
