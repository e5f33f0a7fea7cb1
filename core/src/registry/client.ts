import Type from 'typebox'
import type { ApiClient, Grant } from '../api-client.ts'
import { PERMISSIONS, type Permission } from '../permission.ts'
import { CardSystemId, EntityRef, LIST_LENGTH_MAX, parserOf, Text } from './shape.ts'

const PermissionDetail = Type.Object({
  id: Type.Enum([...PERMISSIONS]),
  cardSystemIds: Type.Optional(Type.Array(CardSystemId, { maxItems: LIST_LENGTH_MAX })),
})

/** A client of the API with its secret and, as in `GET /permissions`, what it may do for which organizer. */
const Shape = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100 }),
  name: Text,
  secret: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  permissions: Type.Optional(
    Type.Array(
      Type.Object({ organizer: EntityRef, permissionDetails: Type.Array(PermissionDetail, { maxItems: PERMISSIONS.length }) }),
      { maxItems: LIST_LENGTH_MAX },
    ),
  ),
})

export interface ClientEntry {
  readonly client: ApiClient
  /** To be kept as keyed hash only; absent: the secret stays as it is. */
  readonly secret?: string
}

export const parseClient = parserOf(Shape, (document, _faults, _context: unknown): ClientEntry => {
  const { id, name, secret, permissions = [] } = document
  const grants = permissions.flatMap(({ organizer, permissionDetails }) => grantsOf(organizer.id, permissionDetails))
  return { client: { id, name, grants }, ...(secret !== undefined && { secret }) }
})

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
