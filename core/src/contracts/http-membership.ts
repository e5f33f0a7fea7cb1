import Type, { type Static } from 'typebox'
import { MEMBERSHIP_PREVIEWS } from '../membership-preview.ts'
import { MembershipBody } from './http-passholder.ts'

/** Path of `GET /passholders/{passholderId}/memberships/{cardSystemId}`. */
export const MembershipPath = Type.Object({
  passholderId: Type.String({ minLength: 1, maxLength: 100 }),
  cardSystemId: Type.String({ pattern: '^[0-9]{1,9}$' }),
})
export type MembershipPath = Static<typeof MembershipPath>

export const MembershipQuery = Type.Object({
  socialTariff: Type.Enum(['true', 'false']),
  /** The organizer that would create the membership. */
  organizerId: Type.String({ minLength: 1, maxLength: 100 }),
})
export type MembershipQuery = Static<typeof MembershipQuery>

export const MembershipPreviewBody = Type.Object(
  {
    type: Type.Enum([...MEMBERSHIP_PREVIEWS]),
    socialTariffEndDate: Type.Optional(Type.String({ format: 'date' })),
    addressChangeRequired: Type.Boolean(),
    replacedMembership: Type.Optional(MembershipBody),
  },
  { title: 'MembershipPreview' },
)
export type MembershipPreviewBody = Static<typeof MembershipPreviewBody>
