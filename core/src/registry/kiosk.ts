import Type from 'typebox'
import type { Kiosk } from '../kiosk.ts'
import { CardSystemRef, EntityId, EntityRef, LIST_LENGTH_MAX, parserOf, Text } from './shape.ts'

const Secret = Type.String({ minLength: 1, maxLength: 100 })

/** `KioskDevice` of the official API, with the code for its setup and the event it is fixed on. */
const Shape = Type.Object({
  id: EntityId,
  name: Text,
  deviceId: Type.Optional(Secret),
  configurationCode: Type.Optional(Secret),
  cardSystem: CardSystemRef,
  releaseTrack: Type.Optional(Type.Enum(['beta', 'stable'])),
  organizers: Type.Optional(Type.Array(EntityRef, { maxItems: LIST_LENGTH_MAX })),
  locations: Type.Optional(Type.Array(Type.Object({ id: EntityId, name: Text }), { maxItems: LIST_LENGTH_MAX })),
  fixedEvent: Type.Optional(EntityRef),
})

export const parseKiosk = parserOf(Shape, (document, faults, _context: unknown): Kiosk => {
  const { id, name, deviceId, configurationCode, cardSystem, releaseTrack = 'stable', fixedEvent } = document
  if (deviceId === undefined && configurationCode === undefined) {
    faults.add('/', 'Required property "deviceId" or "configurationCode" missing.')
  }
  return {
    id,
    name,
    cardSystem: cardSystem.id,
    releaseTrack,
    organizers: (document.organizers ?? []).map((organizer) => organizer.id),
    locations: (document.locations ?? []).map((location) => ({ id: location.id, name: location.name })),
    ...(deviceId !== undefined && { deviceId }),
    ...(configurationCode !== undefined && { configurationCode }),
    ...(fixedEvent && { fixedEvent: fixedEvent.id }),
  }
})
