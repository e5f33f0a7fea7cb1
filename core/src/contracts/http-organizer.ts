import Type, { type Static } from 'typebox'
import { OrganizerBody } from './http-entity.ts'
import { PageQuery } from './http-paging.ts'

/** `GET /organizers`. `*` in the name stands for any text. */
export const OrganizersQuery = Type.Object({
  groupId: Type.Optional(Type.String({ pattern: '^[0-9]{1,10}$' })),
  name: Type.Optional(Type.String({ maxLength: 200 })),
  cardSystemId: Type.Optional(Type.String({ pattern: '^[0-9]{1,10}$' })),
  'sort[name]': Type.Optional(Type.Enum(['asc', 'desc'])),
  ...PageQuery.properties,
})
export type OrganizersQuery = Static<typeof OrganizersQuery>

export const OrganizersBody = Type.Object(
  { totalItems: Type.Integer(), member: Type.Array(OrganizerBody) },
  { title: 'OrganizersPaginatedResponse' },
)
export type OrganizersBody = Static<typeof OrganizersBody>

/** `GET /organizers/{id}`. */
export const OrganizerPath = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) })
export type OrganizerPath = Static<typeof OrganizerPath>
