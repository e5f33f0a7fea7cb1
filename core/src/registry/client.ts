import Type from 'typebox'
import type { ApiClient, Grant } from '../api-client.ts'
import { PERMISSIONS, type Permission } from '../permission.ts'
import { CardSystemId, EntityRef, LIST_LENGTH_MAX, parserOf, Text } from './shape.ts'

const PermissionDetail = Type.Object({
  id: Type.Enum([...PERMISSIONS]),
  cardSystemIds: Type.Optional(Type.Array(CardSystemId, { maxItems: LIST_LENGTH_MAX })),
})

const OrganizerPermissions = Type.Object({
  organizer: EntityRef,
  permissionDetails: Type.Array(PermissionDetail, { maxItems: PERMISSIONS.length }),
})

/** Addresses of one app: its releases, its test versions. */
const REDIRECT_URIS_MAX = 20
const REDIRECT_URI_LENGTH_MAX = 500

/** A client of the API with its secret and, as in `GET /permissions`, what it may do for which organizer. */
const Shape = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100 }),
  name: Text,
  secret: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  redirectUris: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: REDIRECT_URI_LENGTH_MAX }), { maxItems: REDIRECT_URIS_MAX }),
  ),
  permissions: Type.Optional(
    Type.Array(
      Type.Object({
        ...OrganizerPermissions.properties,
        linkedOrganizers: Type.Optional(Type.Array(OrganizerPermissions, { maxItems: LIST_LENGTH_MAX })),
      }),
      { maxItems: LIST_LENGTH_MAX },
    ),
  ),
})

export interface ClientEntry {
  readonly client: ApiClient
  /** To be kept as keyed hash only; absent: the secret stays as it is. */
  readonly secret?: string
}

export const parseClient = parserOf(Shape, (document, faults, _context: unknown): ClientEntry => {
  const { id, name, secret, permissions = [], redirectUris = [] } = document
  const grants = permissions.flatMap(({ organizer, permissionDetails, linkedOrganizers = [] }) => [
    ...grantsOf(organizer.id, permissionDetails),
    ...linkedOrganizers.flatMap((linked) =>
      grantsOf(linked.organizer.id, linked.permissionDetails).map((grant) => ({ ...grant, through: organizer.id })),
    ),
  ])
  for (const [index, uri] of redirectUris.entries()) {
    if (!isRedirectUri(uri)) faults.add(`/redirectUris/${index}`, REDIRECT_URI_FAULT)
  }
  return {
    client: { id, name, grants, ...(redirectUris.length > 0 && { redirectUris: [...new Set(redirectUris)] }) },
    ...(secret !== undefined && { secret }),
  }
})

const REDIRECT_URI_FAULT =
  'The data must be an https address, an http address of this machine (127.0.0.1, [::1], localhost), or an address in a ' +
  'scheme of the app with a dot in it; without blanks, user, fragment or wildcard.'

/** RFC 8252, 7.1 to 7.3: what only the app itself can receive. A code is sent there, so nothing but the whole address counts. */
const REDIRECT_URIS = [
  /^https:\/\/(?!(?:localhost|127\.0\.0\.1)(?:[:/]|$))[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?(?:\/[^\s#*\\]*)?$/,
  /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?(?:\/[^\s#*\\]*)?$/,
  /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:\/[^\s#*\\]*$/,
]

function isRedirectUri(uri: string): boolean {
  return REDIRECT_URIS.some((pattern) => pattern.test(uri))
}

/** Permissions that hold in the same card systems make one grant. */
function grantsOf(
  organizer: string,
  details: readonly { id: Permission; cardSystemIds?: readonly number[] }[],
): readonly Grant[] {
  const grants = new Map<string, { cardSystems: readonly number[]; permissions: Permission[] }>()
  for (const { id, cardSystemIds = [] } of details) {
    const cardSystems = [...cardSystemIds].sort((a, b) => a - b)
    const key = cardSystems.join()
    const grant = grants.get(key) ?? { cardSystems, permissions: [] }
    if (!grant.permissions.includes(id)) grant.permissions.push(id)
    grants.set(key, grant)
  }
  return [...grants.values()].map((grant) => ({ organizer, ...grant }))
}
