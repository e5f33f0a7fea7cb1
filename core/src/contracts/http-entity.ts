import Type, { type Static } from 'typebox'
import { CARDLESS_REGISTRATION_TYPES } from '../card-system.ts'

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
    allowsCardlessRegistration: Type.Optional(Type.Boolean()),
    cardlessRegistrationType: Type.Optional(Type.Enum([...CARDLESS_REGISTRATION_TYPES])),
    socialTariffInfo: Type.Optional(Type.String()),
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
    cardSystems: Type.Optional(Type.Array(CardSystemBody)),
  },
  { title: 'Organizer' },
)
export type OrganizerBody = Static<typeof OrganizerBody>
