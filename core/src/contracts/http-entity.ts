import Type, { type Static } from 'typebox'

/** `CardSystem` of the official API, as far as the registry knows it. */
export const CardSystemBody = Type.Object(
  {
    id: Type.Integer(),
    name: Type.Optional(Type.String()),
    branding: Type.Optional(
      Type.Object({
        logo: Type.Optional(Type.String()),
        primaryColor: Type.Optional(Type.String()),
        secondaryColor: Type.Optional(Type.String()),
      }),
    ),
    links: Type.Optional(Type.Object({ website: Type.Optional(Type.String()) })),
    cities: Type.Optional(Type.Array(Type.Object({ postalCode: Type.String(), name: Type.String() }))),
    permanent: Type.Optional(Type.Boolean()),
  },
  { title: 'CardSystem' },
)
export type CardSystemBody = Static<typeof CardSystemBody>

/** `Organizer` of the official API. */
export const OrganizerBody = Type.Object(
  {
    id: Type.String(),
    name: Type.Optional(Type.String()),
    address: Type.Optional(
      Type.Object({
        street: Type.Optional(Type.String()),
        postalCode: Type.Optional(Type.String()),
        city: Type.String(),
      }),
    ),
    linkedLocationId: Type.Optional(Type.String()),
  },
  { title: 'Organizer' },
)
export type OrganizerBody = Static<typeof OrganizerBody>
