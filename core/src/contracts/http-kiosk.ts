import Type, { type Static } from 'typebox'
import { CardSystemBody, OrganizerBody } from './http-entity.ts'

export const LocationBody = Type.Object({ id: Type.String(), name: Type.String() }, { title: 'Location' })

/** `GET /kiosk-devices`, `PUT /kiosk-devices/setup`. */
export const KioskDeviceBody = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    deviceId: Type.String(),
    organizers: Type.Optional(Type.Array(OrganizerBody)),
    locations: Type.Optional(Type.Array(LocationBody)),
    cardSystem: CardSystemBody,
    releaseTrack: Type.Enum(['beta', 'stable']),
  },
  { title: 'KioskDevice' },
)
export type KioskDeviceBody = Static<typeof KioskDeviceBody>

/** `PUT /kiosk-devices/setup`, with the configuration code in `x-custom-token`. */
export const KioskSetupRequest = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 200 }), deviceId: Type.String({ minLength: 1, maxLength: 100 }) },
  { title: 'KioskDeviceSetup' },
)
export type KioskSetupRequest = Static<typeof KioskSetupRequest>

/** `GET /kiosk-devices/events` (the fixed event), `GET /kiosk-devices/checkins` (the current one). */
export const KioskDeviceEventBody = Type.Object(
  {
    checkinPoints: Type.Integer(),
    event: Type.Object({ id: Type.String(), title: Type.String() }),
    checkinCode: Type.String(),
  },
  { title: 'KioskDeviceEvent' },
)
export type KioskDeviceEventBody = Static<typeof KioskDeviceEventBody>

/** `PUT /kiosk-devices/events`. */
export const KioskEventRequest = Type.Object({ id: Type.String({ minLength: 1 }) }, { title: 'KioskDeviceEventRequest' })
export type KioskEventRequest = Static<typeof KioskEventRequest>

/** `POST /kiosk-devices/checkins`. */
export const KioskCheckinRequest = Type.Object(
  { chipNumber: Type.String({ minLength: 1 }) },
  { title: 'KioskDeviceCheckinRequest' },
)
export type KioskCheckinRequest = Static<typeof KioskCheckinRequest>

export const KioskCheckinBody = Type.Object(
  { newPoints: Type.Integer(), totalPoints: Type.Integer() },
  { title: 'KioskDeviceCheckinResponse' },
)
export type KioskCheckinBody = Static<typeof KioskCheckinBody>

/** `GET /kiosk-devices/chip-numbers/{chipNumber}`. */
export const ChipNumberPath = Type.Object({ chipNumber: Type.String({ minLength: 1, maxLength: 100 }) })
export type ChipNumberPath = Static<typeof ChipNumberPath>

export const KioskPassBody = Type.Object({ totalPoints: Type.Integer() }, { title: 'KioskPass' })
export type KioskPassBody = Static<typeof KioskPassBody>
