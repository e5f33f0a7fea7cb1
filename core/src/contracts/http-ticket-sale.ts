import Type, { type Static } from 'typebox'
import { TARIFF_TYPES, TICKETS_MAX } from '../tariff.ts'
import { PassholderBody } from './http-passholder.ts'

/** Longest label of a price: it is stored with every ticket. */
const LABEL_LENGTH_MAX = 200
const Id = Type.String({ minLength: 1, maxLength: 100 })

/** `POST /ticket-sales`, one ticket. Members of the response that a client sends back are ignored. */
export const TicketSaleRequest = Type.Object(
  {
    /** Euro; real clients send it as a text as well. */
    regularPrice: Type.Union([Type.Number(), Type.String()]),
    regularPriceLabel: Type.Optional(Type.String({ maxLength: LABEL_LENGTH_MAX })),
    /** One of these two; the second is deprecated. */
    tariff: Type.Optional(Type.Object({ id: Id })),
    tariffId: Type.Optional(Id),
    eventId: Type.String({ minLength: 1 }),
    uitpasNumber: Type.String({ minLength: 1 }),
  },
  { title: 'TicketSaleRequest' },
)
export type TicketSaleRequest = Static<typeof TicketSaleRequest>

export const TicketSalesRequest = Type.Array(TicketSaleRequest, { minItems: 1, maxItems: TICKETS_MAX })
export type TicketSalesRequest = Static<typeof TicketSalesRequest>

/** Prices in euro; members in the order of the official API. */
export const TicketSaleBody = Type.Object(
  {
    id: Type.String(),
    creationDate: Type.String({ format: 'date-time' }),
    tariff: Type.Object({
      id: Type.String(),
      name: Type.String(),
      price: Type.Number(),
      type: Type.Enum([...TARIFF_TYPES]),
    }),
    /** Deprecated: the same as `tariff.id`. */
    tariffId: Type.String(),
    uitpasNumber: Type.String(),
    eventId: Type.String(),
    eventTitle: Type.String(),
    regularPrice: Type.Number(),
    regularPriceLabel: Type.Optional(Type.String()),
    /** Only for a client with PASSHOLDERS_SEARCH, and not for groups. */
    passholder: Type.Optional(PassholderBody),
  },
  { title: 'TicketSale' },
)
export type TicketSaleBody = Static<typeof TicketSaleBody>

export const SoldTicketsBody = Type.Array(TicketSaleBody)
export type SoldTicketsBody = Static<typeof SoldTicketsBody>

/** Path of `DELETE /ticket-sales/{ticketSaleId}`. */
export const TicketSalePath = Type.Object({ ticketSaleId: Type.String({ minLength: 1, maxLength: 100 }) })
export type TicketSalePath = Static<typeof TicketSalePath>
