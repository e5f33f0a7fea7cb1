import Type, { type Static } from 'typebox'

/** Path of `POST /passholders/{passholderId}/checkins`. */
export const SelfCheckinPath = Type.Object({ passholderId: Type.String({ minLength: 1, maxLength: 100 }) })
export type SelfCheckinPath = Static<typeof SelfCheckinPath>

/** The raw content of the QR code that was scanned. */
export const SelfCheckinRequest = Type.Object({ checkinCode: Type.String({ minLength: 1 }) }, { title: 'SelfCheckinRequest' })
export type SelfCheckinRequest = Static<typeof SelfCheckinRequest>

export const SelfCheckinBody = Type.Object({ addedPoints: Type.Integer(), totalPoints: Type.Integer() }, { title: 'SelfCheckin' })
export type SelfCheckinBody = Static<typeof SelfCheckinBody>
