import Type, { type Static } from 'typebox'
import { PassholderBody } from './http-passholder.ts'

/** `POST /checkins`. Members of the response that a client sends back are ignored. */
export const CheckinRequest = Type.Object(
  { eventId: Type.String({ minLength: 1 }), uitpasNumber: Type.String({ minLength: 1 }) },
  { title: 'CheckinRequest' },
)
export type CheckinRequest = Static<typeof CheckinRequest>

/** Members in the order of the official API. */
export const CheckinBody = Type.Object(
  {
    id: Type.String(),
    creationDate: Type.String({ format: 'date-time' }),
    eventId: Type.String(),
    eventTitle: Type.String(),
    uitpasNumber: Type.String(),
    points: Type.Integer(),
    /** Only for a client with PASSHOLDERS_SEARCH. */
    passholder: Type.Optional(PassholderBody),
  },
  { title: 'Checkin' },
)
export type CheckinBody = Static<typeof CheckinBody>

/** Path of `DELETE /checkins/{checkinId}`. */
export const CheckinPath = Type.Object({ checkinId: Type.String({ minLength: 1, maxLength: 100 }) })
export type CheckinPath = Static<typeof CheckinPath>

/** `GET /checkin-status`. */
export const CheckinStatusQuery = Type.Object({
  uitpasNumber: Type.String({ minLength: 1 }),
  eventId: Type.String({ minLength: 1 }),
})
export type CheckinStatusQuery = Static<typeof CheckinStatusQuery>

export const CheckinStatusBody = Type.Object(
  {
    allowed: Type.Boolean(),
    endUserMessage: Type.Optional(
      Type.Object({ nl: Type.String(), fr: Type.Optional(Type.String()), en: Type.Optional(Type.String()) }),
    ),
  },
  { title: 'CheckinStatus' },
)
export type CheckinStatusBody = Static<typeof CheckinStatusBody>
