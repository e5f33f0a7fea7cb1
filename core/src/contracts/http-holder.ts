import Type, { type Static } from 'typebox'
import { CARD_STATUSES } from '../holder.ts'
import { CardSystemBody, OrganizerBody } from './http-entity.ts'
import { PageQuery } from './http-paging.ts'
import { PassholderBody } from './http-passholder.ts'

/** Path of everything below `/passholders/{passholderId}` and `/grouppasses/{passholderId}`. */
export const PassholderPath = Type.Object({ passholderId: Type.String({ minLength: 1, maxLength: 100 }) })
export type PassholderPath = Static<typeof PassholderPath>

const OptionalText = Type.Optional(Type.String())

export const UITID_STATUSES = ['REGISTERED', 'UNREGISTERED'] as const

/** `Passholder` of the official API with all that the registry was given. */
export const PassholderDetailsBody = Type.Object(
  {
    ...PassholderBody.properties,
    inszNumber: OptionalText,
    email: OptionalText,
    creationDate: OptionalText,
    gender: Type.Optional(Type.Enum(['MALE', 'FEMALE', 'X'])),
    registrationOrganizer: Type.Optional(OrganizerBody),
    uitidStatus: Type.Optional(Type.Enum([...UITID_STATUSES])),
    address: Type.Object({ street: OptionalText, postalCode: Type.String(), city: Type.String() }),
    city: Type.String(),
    phoneNumber: OptionalText,
    nationality: OptionalText,
  },
  { title: 'PassholderDetails' },
)
export type PassholderDetailsBody = Static<typeof PassholderDetailsBody>

/** `Grouppass` of the official API. */
export const GrouppassBody = Type.Object(
  {
    id: Type.String(),
    uitpasNumber: Type.String(),
    name: OptionalText,
    cardStatus: Type.Enum([...CARD_STATUSES]),
    email: OptionalText,
    creationDate: OptionalText,
    socialTariff: Type.Optional(
      Type.Object({
        status: Type.Enum(['ACTIVE', 'EXPIRED']),
        endDate: OptionalText,
        totalTicketsPerYear: Type.Optional(Type.Integer()),
        availableTickets: Type.Optional(Type.Integer()),
      }),
    ),
    cardSystem: CardSystemBody,
    address: Type.Optional(Type.Object({ street: OptionalText, postalCode: Type.String(), city: Type.String() })),
    telephone: OptionalText,
  },
  { title: 'Grouppass' },
)
export type GrouppassBody = Static<typeof GrouppassBody>

/** `GET /grouppasses`: exactly one group pass, by a number of its card. */
export const GrouppassesQuery = Type.Object({
  uitpasNumber: Type.Optional(Type.String({ maxLength: 100 })),
  chipNumber: Type.Optional(Type.String({ maxLength: 100 })),
  'sort[name]': Type.Optional(Type.Enum(['asc', 'desc'])),
  ...PageQuery.properties,
})
export type GrouppassesQuery = Static<typeof GrouppassesQuery>

export const GrouppassesBody = Type.Object(
  { totalItems: Type.Integer(), member: Type.Array(GrouppassBody) },
  { title: 'GrouppassesPaginatedResponse' },
)
export type GrouppassesBody = Static<typeof GrouppassesBody>

/** `GET /cards`. */
export const CardsQuery = Type.Object({
  uitpasNumber: Type.Optional(Type.String({ maxLength: 100 })),
  chipNumber: Type.Optional(Type.String({ maxLength: 100 })),
})
export type CardsQuery = Static<typeof CardsQuery>

export const CardBody = Type.Object(
  {
    uitpasNumber: Type.String(),
    chipNumber: OptionalText,
    cardSystem: CardSystemBody,
    cardType: Type.Enum(['NFC_CARD', 'DIGITAL']),
    status: Type.Enum([...CARD_STATUSES]),
    /** The card was issued to somebody with a right to the social tariff; whether the right still stands is on the pass. */
    socialTariff: Type.Boolean(),
  },
  { title: 'Card' },
)
export type CardBody = Static<typeof CardBody>
