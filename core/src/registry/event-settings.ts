import Type, { type Static } from 'typebox'
import type { EventCardSystem, EventSettings } from '../event-overlay.ts'
import { PERIOD_TYPES } from '../period.ts'
import { CardSystemId, EntityId, LIST_LENGTH_MAX, parserOf } from './shape.ts'

/** Manual distribution keys of one card system; the largest regions have a few dozen. */
const KEYS_MAX = 500

export const PeriodLimitShape = Type.Object(
  { volume: Type.Integer({ minimum: 1, maximum: 1_000_000 }), periodType: Type.Enum([...PERIOD_TYPES]) },
  { title: 'PeriodLimit' },
)

/** `EventSettings` of the official API, without the id. */
export const EventSettingsShape = Type.Object({
  checkinPoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
  checkinLimit: Type.Optional(PeriodLimitShape),
  passholderTicketLimit: Type.Optional(PeriodLimitShape),
})

/** `EventCardSystem` of the official API; names are ignored. */
export const EventCardSystemShape = Type.Object({
  id: CardSystemId,
  enabled: Type.Boolean(),
  manualDistributionKeys: Type.Optional(
    Type.Array(Type.Object({ id: Type.Integer({ minimum: 0, maximum: 0xffff_ffff }), enabled: Type.Boolean() }), {
      maxItems: KEYS_MAX,
    }),
  ),
})

export const EventCardSystemsShape = Type.Array(EventCardSystemShape, { maxItems: LIST_LENGTH_MAX })

/** Settings of one event, by the id of the event. */
export interface EventSettingsEntry {
  readonly id: string
  readonly settings: EventSettings
}

export const parseEventSettings = parserOf(
  Type.Object({ id: EntityId, ...EventSettingsShape.properties }),
  (document, _faults, _context: unknown): EventSettingsEntry => {
    const { id, checkinPoints, checkinLimit, passholderTicketLimit } = document
    return {
      id,
      settings: {
        checkinPoints,
        ...(checkinLimit && { checkinLimit: limitOf(checkinLimit) }),
        ...(passholderTicketLimit && { passholderTicketLimit: limitOf(passholderTicketLimit) }),
      },
    }
  },
)

function limitOf({ volume, periodType }: Static<typeof PeriodLimitShape>) {
  return { volume, period: periodType }
}

/** Card systems of one event, by the id of the event. */
export interface EventCardSystemsEntry {
  readonly id: string
  readonly cardSystems: readonly EventCardSystem[]
}

export const parseEventCardSystems = parserOf(
  Type.Object({ id: EntityId, cardSystems: EventCardSystemsShape }),
  (document, faults, _context: unknown): EventCardSystemsEntry => {
    const ids = new Set<number>()
    for (const [index, { id }] of document.cardSystems.entries()) {
      if (ids.has(id)) faults.add(`/cardSystems/${index}/id`, 'The card system comes twice.')
      ids.add(id)
    }
    return { id: document.id, cardSystems: document.cardSystems.map(cardSystemOf).sort((a, b) => a.id - b.id) }
  },
)

function cardSystemOf({ id, enabled, manualDistributionKeys = [] }: Static<typeof EventCardSystemShape>): EventCardSystem {
  const manualKeys = new Set(manualDistributionKeys.filter((key) => key.enabled).map((key) => key.id))
  return { id, enabled, manualKeys: [...manualKeys].sort((a, b) => a - b) }
}

/** That a ticket was sold for an event: from then on its card systems stay as they are. */
export const parseEventSales = parserOf(
  Type.Object({ id: EntityId }),
  (document, _faults, _context: unknown): { readonly id: string } => ({ id: document.id }),
)
