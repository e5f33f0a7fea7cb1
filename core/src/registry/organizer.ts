import Type from 'typebox'
import type { Organizer } from '../organizer.ts'
import type { RegistryContext } from './context.ts'
import { PeriodLimitShape } from './event-settings.ts'
import { Address, CardSystemRef, EntityId, LIST_LENGTH_MAX, parserOf, Text } from './shape.ts'

/** `Organizer` of the official API. */
const Shape = Type.Object({
  id: EntityId,
  name: Text,
  address: Type.Optional(Address),
  linkedLocationId: Type.Optional(EntityId),
  cardSystems: Type.Optional(Type.Array(CardSystemRef, { maxItems: LIST_LENGTH_MAX })),
  passholderTicketLimit: Type.Optional(PeriodLimitShape),
})

export const parseOrganizer = parserOf(Shape, (document, _faults, context: RegistryContext): Organizer => {
  const { id, name, address = {}, linkedLocationId, cardSystems = [], passholderTicketLimit: limit } = document
  const { street, postalCode, city } = address
  return {
    id,
    name,
    nis: context.nisOf(postalCode ?? '', city ?? ''),
    cardSystems: cardSystems.map((cardSystem) => cardSystem.id).sort((a, b) => a - b),
    ...(street !== undefined && { street }),
    ...(postalCode !== undefined && { postalCode }),
    ...(city !== undefined && { city }),
    ...(limit && { passholderTicketLimit: { volume: limit.volume, period: limit.periodType } }),
    ...(linkedLocationId !== undefined && { linkedLocation: linkedLocationId }),
  }
})
