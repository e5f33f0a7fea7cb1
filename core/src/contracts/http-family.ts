import Type, { type Static } from 'typebox'
import { PassholderBody } from './http-passholder.ts'

/** `FamilyMember` of the official API, as far as the registry keeps it. */
export const FamilyMemberBody = Type.Object(
  {
    uitpasNumber: Type.String(),
    passholder: PassholderBody,
    creationDate: Type.Optional(Type.String({ format: 'date-time' })),
    icon: Type.Optional(Type.String()),
    /** The passholder whose family it is. */
    mainFamilyMember: Type.Boolean(),
  },
  { title: 'FamilyMember' },
)
export type FamilyMemberBody = Static<typeof FamilyMemberBody>
