import { type Static, Type } from 'typebox'
import { PERMISSIONS } from '../permission.ts'

/**
 * Bodies of the UiTPAS API 4.0 that Zuil speaks, in the shapes of the official OpenAPI document. Members that an answer
 * reads and a request ignores are optional there, as clients send back what they got.
 */

const Texts = Type.Object({
  nl: Type.String(),
  fr: Type.Optional(Type.String()),
  de: Type.Optional(Type.String()),
  en: Type.Optional(Type.String()),
})

/** RFC 7807, with the members of publiq. */
export const ProblemBody = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    endUserMessage: Type.Optional(Texts),
    schemaErrors: Type.Optional(Type.Array(Type.Object({ jsonPointer: Type.String(), error: Type.String() }))),
  },
  { title: 'Problem' },
)

export const CheckinRequestBody = Type.Object(
  {
    eventId: Type.String({ minLength: 1, description: 'Id of the event in UiTdatabank' }),
    uitpasNumber: Type.String({ minLength: 1, description: 'UiTPAS number, 13 digits' }),
  },
  { title: 'CheckinRequest' },
)
export type CheckinRequestBody = Static<typeof CheckinRequestBody>

const CityBody = Type.Object({ postalCode: Type.String(), name: Type.String() })

export const CardSystemBody = Type.Object({
  id: Type.Integer(),
  name: Type.Optional(Type.String()),
  cities: Type.Optional(Type.Array(CityBody)),
  permanent: Type.Optional(Type.Boolean()),
})
export type CardSystemBody = Static<typeof CardSystemBody>

const MembershipBody = Type.Object({
  cardSystem: CardSystemBody,
  uitpasNumber: Type.Optional(Type.String()),
  currentCard: Type.Optional(
    Type.Object({ uitpasNumber: Type.String(), cardType: Type.Optional(Type.String()), status: Type.Optional(Type.String()) }),
  ),
  status: Type.Optional(Type.Union([Type.Literal('ACTIVE'), Type.Literal('BLOCKED')])),
  socialTariff: Type.Optional(
    Type.Object({
      status: Type.String(),
      endDate: Type.String(),
      inGracePeriod: Type.Optional(Type.Boolean()),
      expired: Type.Optional(Type.Boolean()),
    }),
  ),
})

/** What a client with PASSHOLDERS_SEARCH sees of a passholder beside a check-in. */
export const PassholderBody = Type.Object({
  id: Type.String(),
  name: Type.String(),
  firstName: Type.String(),
  dateOfBirth: Type.Optional(Type.String()),
  postalCode: Type.Optional(Type.String()),
  address: Type.Object({ postalCode: Type.String(), city: Type.String() }),
  points: Type.Integer(),
  uitpasNumber: Type.Optional(Type.String()),
  cardSystemMemberships: Type.Array(MembershipBody),
})
export type PassholderBody = Static<typeof PassholderBody>

export const CheckinBody = Type.Object(
  {
    id: Type.String(),
    creationDate: Type.String({ description: 'date-time' }),
    eventId: Type.String(),
    eventTitle: Type.String(),
    uitpasNumber: Type.String(),
    points: Type.Integer(),
    passholder: Type.Optional(PassholderBody),
  },
  { title: 'Checkin' },
)
export type CheckinBody = Static<typeof CheckinBody>

export const CheckinStatusQuery = Type.Object({
  uitpasNumber: Type.String({ minLength: 1, maxLength: 64 }),
  eventId: Type.String({ minLength: 1, maxLength: 64 }),
})
export type CheckinStatusQuery = Static<typeof CheckinStatusQuery>

export const CheckinStatusBody = Type.Object(
  { allowed: Type.Boolean(), endUserMessage: Type.Optional(Texts) },
  { title: 'CheckinStatus' },
)

export const KioskCheckinRequestBody = Type.Object(
  { chipNumber: Type.String({ minLength: 1, description: 'Chip of the card, 14 hexadecimal digits' }) },
  { title: 'KioskDeviceCheckinRequest' },
)
export type KioskCheckinRequestBody = Static<typeof KioskCheckinRequestBody>

export const KioskCheckinBody = Type.Object(
  { newPoints: Type.Integer(), totalPoints: Type.Integer() },
  { title: 'KioskDeviceCheckinResponse' },
)

export const KioskPassBody = Type.Object({ totalPoints: Type.Integer() }, { title: 'KioskPass' })

export const KioskEventRequestBody = Type.Object(
  { id: Type.String({ minLength: 1, description: 'Id of the event in UiTdatabank' }) },
  { title: 'KioskDeviceEventRequest' },
)
export type KioskEventRequestBody = Static<typeof KioskEventRequestBody>

export const KioskEventBody = Type.Object(
  {
    checkinPoints: Type.Integer(),
    event: Type.Object({ id: Type.String(), title: Type.String() }),
    checkinCode: Type.String(),
  },
  { title: 'KioskDeviceEvent' },
)
export type KioskEventBody = Static<typeof KioskEventBody>

export const KioskSetupRequestBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 255 }),
    deviceId: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' }),
  },
  { title: 'KioskDeviceSetup' },
)
export type KioskSetupRequestBody = Static<typeof KioskSetupRequestBody>

const OrganizerBody = Type.Object({
  id: Type.String(),
  name: Type.Optional(Type.String()),
  linkedLocationId: Type.Optional(Type.String()),
  address: Type.Optional(
    Type.Object({ street: Type.Optional(Type.String()), postalCode: Type.Optional(Type.String()), city: Type.String() }),
  ),
})
export type OrganizerBody = Static<typeof OrganizerBody>

export const KioskBody = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    deviceId: Type.String(),
    organizers: Type.Optional(Type.Array(OrganizerBody)),
    locations: Type.Optional(Type.Array(Type.Object({ id: Type.String(), name: Type.String() }))),
    cardSystem: CardSystemBody,
    releaseTrack: Type.Union([Type.Literal('beta'), Type.Literal('stable')]),
  },
  { title: 'KioskDevice' },
)
export type KioskBody = Static<typeof KioskBody>

export const PassQuery = Type.Object({ identifier: Type.String({ minLength: 1, maxLength: 64 }) })
export type PassQuery = Static<typeof PassQuery>

export const PassBody = Type.Object(
  {
    passholderId: Type.String(),
    passType: Type.Union([Type.Literal('INDIVIDUAL'), Type.Literal('GROUP')]),
    uitpasNumber: Type.String(),
    firstName: Type.String(),
    points: Type.Integer(),
    postalCode: Type.String(),
    cardSystem: CardSystemBody,
    socialTariff: Type.Object({
      status: Type.Union([Type.Literal('ACTIVE'), Type.Literal('EXPIRED'), Type.Literal('NONE')]),
      endDate: Type.Optional(Type.String()),
    }),
    messages: Type.Optional(
      Type.Array(
        Type.Object({
          level: Type.Union([Type.Literal('INFO'), Type.Literal('WARN'), Type.Literal('ERROR')]),
          text: Type.String(),
        }),
      ),
    ),
  },
  { title: 'Pass' },
)
export type PassBody = Static<typeof PassBody>

const PermissionName = Type.Union(PERMISSIONS.map((permission) => Type.Literal(permission)))

const PermissionDetailBody = Type.Object({
  id: PermissionName,
  label: Type.Object({ nl: Type.String(), en: Type.Optional(Type.String()) }),
  cardSystemIds: Type.Array(Type.Integer()),
})

export const PermissionsBody = Type.Array(
  Type.Object({
    organizer: OrganizerBody,
    permissions: Type.Array(PermissionName),
    permissionDetails: Type.Array(PermissionDetailBody),
    linkedOrganizers: Type.Array(Type.Object({ organizer: OrganizerBody, permissionDetails: Type.Array(PermissionDetailBody) })),
  }),
  { title: 'OrganizerPermissions' },
)
export type PermissionsBody = Static<typeof PermissionsBody>
