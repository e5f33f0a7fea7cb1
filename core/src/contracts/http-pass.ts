import Type, { type Static } from 'typebox'
import { CARD_STATUSES } from '../holder.ts'
import { CardSystemBody } from './http-entity.ts'
import { ProblemBody } from './http-problem.ts'

/** `GET /passes?identifier=`: a UiTPAS number, a chip number, or an INSZ number. */
export const PassesQuery = Type.Object({ identifier: Type.String({ minLength: 1, maxLength: 100 }) })
export type PassesQuery = Static<typeof PassesQuery>

/** `GET /passes/{uitpasNumber}`. */
export const PassPath = Type.Object({ uitpasNumber: Type.String({ minLength: 1, maxLength: 100 }) })
export type PassPath = Static<typeof PassPath>

/** `endDate` never decides: the status may be ACTIVE after it. Messages must be shown. */
export const PassBody = Type.Object(
  {
    passholderId: Type.String(),
    passType: Type.Enum(['INDIVIDUAL', 'GROUP']),
    uitpasNumber: Type.String(),
    firstName: Type.String(),
    points: Type.Integer(),
    postalCode: Type.String(),
    cardSystem: CardSystemBody,
    socialTariff: Type.Object({
      status: Type.Enum(['ACTIVE', 'EXPIRED', 'NONE']),
      endDate: Type.Optional(Type.String({ format: 'date-time' })),
    }),
    messages: Type.Optional(Type.Array(Type.Object({ level: Type.Enum(['INFO', 'WARN', 'ERROR']), text: Type.String() }))),
  },
  { title: 'Pass' },
)
export type PassBody = Static<typeof PassBody>

/** `invalid-card-status` on `GET /passes`: which status, and whose card when that is known. */
export const CardStatusProblemBody = Type.Object(
  {
    ...ProblemBody.properties,
    cardStatus: Type.Optional(Type.Enum([...CARD_STATUSES])),
    passholderId: Type.Optional(Type.String()),
    passType: Type.Optional(Type.Enum(['INDIVIDUAL', 'GROUP'])),
    groupPass: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: true, title: 'CardStatusError' },
)
export type CardStatusProblemBody = Static<typeof CardStatusProblemBody>

/** `GET /chip-numbers/{chipNumber}`. */
export const ChipNumberPath = Type.Object({ chipNumber: Type.String({ minLength: 1, maxLength: 100 }) })
export type ChipNumberPath = Static<typeof ChipNumberPath>

/** `GET /insz-numbers/{inszNumber}` and `GET /passholders/status/insz-numbers/{inszNumber}`. */
export const InszNumberPath = Type.Object({ inszNumber: Type.String({ minLength: 1, maxLength: 100 }) })
export type InszNumberPath = Static<typeof InszNumberPath>

export const InszStatusBody = Type.Object({ state: Type.Enum(['USED', 'UNUSED']) }, { title: 'InszNumberStatus' })
export type InszStatusBody = Static<typeof InszStatusBody>
