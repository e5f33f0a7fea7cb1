import Type, { type Static } from 'typebox'
import { CheckinBody } from './http-checkin.ts'
import { PageQuery, RepeatedText } from './http-paging.ts'
import { TicketSaleBody } from './http-ticket-sale.ts'

const Id = Type.String({ minLength: 1, maxLength: 100 })
const Title = Type.String({ maxLength: 200 })

/** `GET /checkins`: of one passholder, at events of the organizers. */
export const CheckinsQuery = Type.Object({
  passholderId: Id,
  organizerId: RepeatedText,
  eventTitle: Type.Optional(Title),
  ...PageQuery.properties,
})
export type CheckinsQuery = Static<typeof CheckinsQuery>

export const CheckinsBody = Type.Object(
  { totalItems: Type.Integer(), member: Type.Array(CheckinBody) },
  { title: 'CheckinsPaginatedCollection' },
)
export type CheckinsBody = Static<typeof CheckinsBody>

/** `GET /ticket-sales`: of an event, or of a passholder at events and places of the organizers. */
export const TicketSalesQuery = Type.Object({
  eventId: Type.Optional(Id),
  passholderId: Type.Optional(Id),
  organizerId: Type.Optional(RepeatedText),
  eventTitle: Type.Optional(Title),
  ...PageQuery.properties,
})
export type TicketSalesQuery = Static<typeof TicketSalesQuery>

export const TicketSalesBody = Type.Object(
  { totalItems: Type.Integer(), member: Type.Array(TicketSaleBody) },
  { title: 'TicketSalesPaginatedResponse' },
)
export type TicketSalesBody = Static<typeof TicketSalesBody>

/** `GET /passholders/{passholderId}/transactions`. */
export const HistoryQuery = Type.Object({
  'sort[creationDate]': Type.Optional(Type.Enum(['asc', 'desc'])),
  ...PageQuery.properties,
})
export type HistoryQuery = Static<typeof HistoryQuery>

export const HistoryBody = Type.Object(
  {
    totalItems: Type.Integer(),
    member: Type.Array(
      Type.Object({
        title: Type.String(),
        location: Type.String(),
        creationDate: Type.String({ format: 'date-time' }),
        points: Type.Number(),
      }),
    ),
  },
  { title: 'TransactionsPaginatedCollection' },
)
export type HistoryBody = Static<typeof HistoryBody>
