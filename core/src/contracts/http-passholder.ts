import Type, { type Static } from 'typebox'
import { CARD_TYPES } from '../card-system.ts'
import type { CardStatus } from '../holder.ts'
import { CardSystemBody } from './http-entity.ts'

/** A card that was not handed out is nobody's current card. */
export const MEMBER_CARD_STATUSES = ['ACTIVE', 'BLOCKED', 'DELETED'] as const satisfies readonly CardStatus[]

/** `CardSystemMembership` of the official API. */
export const MembershipBody = Type.Object(
  {
    cardSystem: CardSystemBody,
    /** Of the current card, when that is active. */
    uitpasNumber: Type.Optional(Type.String()),
    currentCard: Type.Optional(
      Type.Object({
        uitpasNumber: Type.String(),
        cardType: Type.Enum([...CARD_TYPES]),
        status: Type.Enum([...MEMBER_CARD_STATUSES]),
      }),
    ),
    status: Type.Enum(['ACTIVE', 'BLOCKED']),
    socialTariff: Type.Optional(
      Type.Object({
        status: Type.Enum(['ACTIVE', 'EXPIRED', 'SUSPENDED']),
        endDate: Type.String(),
        inGracePeriod: Type.Boolean(),
        /** Of a suspended right, when the registry was given it. */
        suspendedUntilDate: Type.Optional(Type.String()),
        expired: Type.Boolean(),
      }),
    ),
  },
  { title: 'CardSystemMembership' },
)
export type MembershipBody = Static<typeof MembershipBody>

/** `Passholder` of the official API, as far as the registry keeps it. Comes with a check-in for who has PASSHOLDERS_SEARCH. */
export const PassholderBody = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    firstName: Type.String(),
    dateOfBirth: Type.Optional(Type.String()),
    postalCode: Type.String(),
    address: Type.Object({ postalCode: Type.String(), city: Type.String() }),
    points: Type.Integer(),
    uitpasNumber: Type.Optional(Type.String()),
    cardSystemMemberships: Type.Array(MembershipBody),
  },
  { title: 'Passholder' },
)
export type PassholderBody = Static<typeof PassholderBody>
