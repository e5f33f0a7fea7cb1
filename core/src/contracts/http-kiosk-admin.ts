import Type, { type Static } from 'typebox'
import { KioskDeviceBody } from './http-kiosk.ts'
import { PageQuery } from './http-paging.ts'

/** `GET /kiosks`: those that are set up. */
export const KiosksQuery = Type.Object({
  organizerId: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  ...PageQuery.properties,
})
export type KiosksQuery = Static<typeof KiosksQuery>

export const KiosksBody = Type.Object(
  { totalItems: Type.Integer(), member: Type.Array(KioskDeviceBody) },
  { title: 'KiosksPaginatedCollection' },
)
export type KiosksBody = Static<typeof KiosksBody>

/** Path of `/kiosks/{kioskId}…`. */
export const KioskPath = Type.Object({ kioskId: Type.String({ minLength: 1, maxLength: 100 }) })
export type KioskPath = Static<typeof KioskPath>
