import {
  formatInstant,
  parsePrice,
  priceInEuro,
  problem,
  problemOfRefusal,
  type SchemaError,
  SOCIAL_TARIFF_ID,
  SOCIAL_TARIFF_NAME,
  transactionId,
} from '@zuil/core'
import type { PassholderBody } from '@zuil/core/contracts/http-passholder'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import { SoldTicketsBody, type TicketSaleBody, TicketSalesRequest } from '@zuil/core/contracts/http-ticket-sale'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasPermission, mayForEvent } from '../../access.ts'
import { keyOfRequest } from '../../checkins/idempotency.ts'
import { passholderBody } from '../../checkins/passholder-view.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import { giveReceipt } from '../../plugins/stored-preference.ts'
import type { RouteContext } from '../../route-context.ts'
import type { SettledSales } from '../../sales/sales-answer.ts'
import { SalesDesk, type TicketRequest } from '../../sales/sales-desk.ts'

/** A detail repeats the event id it was sent, but not a body's worth of it. */
const EVENT_ID_SHOWN_MAX = 64

type Sold = Extract<SettledSales, { kind: 'accepted' }>
type SalesRequest = FastifyRequest<{ Body: TicketSalesRequest }>

/** `POST /ticket-sales`: sells tickets at a tariff. */
export function ticketSaleRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, backpressure } = context
  const { registry, secrets } = services
  const desk = new SalesDesk(services)
  const answer = answerer(context)

  app.post<{ Body: TicketSalesRequest }>(
    '/ticket-sales',
    {
      onRequest: authentication.client,
      config: { numberProblem: services.numberProblem },
      schema: {
        summary: 'Register ticket sales, all of them or none',
        tags: ['Ticket sales'],
        body: TicketSalesRequest,
        response: { 200: SoldTicketsBody, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      if (!hasPermission(client, 'TICKETSALES_REGISTER')) return sendForbidden(reply, 'TICKETSALES_REGISTER', 'of the event')
      for (const { eventId } of request.body) {
        const event = registry.event(eventId)
        if (event && !mayForEvent(client, 'TICKETSALES_REGISTER', { event, registry })) {
          return sendForbidden(reply, 'TICKETSALES_REGISTER', event.organizer)
        }
      }
      const read = ticketsOf(request.body)
      if ('errors' in read) return sendProblem(reply, problem('body/invalid-data', { schemaErrors: read.errors }))
      const key = keyOfRequest(request, reply, { secrets, operation: 'POST /ticket-sales', body: [JSON.stringify(read.tickets)] })
      if (key === 'answered') return reply
      if (backpressure.refuses(reply, 'live')) return reply
      const end = await desk.sell({ client: client.id, tickets: read.tickets, ...(key && { request: key }) })
      return answer(request, reply, end)
    },
  )
}

/** How the end of a sale is told. */
function answerer({
  services,
}: Pick<RouteContext, 'services'>): (request: SalesRequest, reply: FastifyReply, end: SettledSales) => Promise<FastifyReply> {
  const { registry, secrets } = services
  const idKey = secrets.idKey()
  return answer

  async function answer(request: SalesRequest, reply: FastifyReply, end: SettledSales): Promise<FastifyReply> {
    switch (end.kind) {
      case 'refused': {
        const document = { ...problemOfRefusal(end.refusal), jsonPointer: `/${end.index}` }
        return sendProblem(reply, document)
      }
      case 'conflict':
        return sendProblem(
          reply,
          problem('idempotency-key-reused', { detail: 'The Idempotency-Key came before with another request' }),
        )
      case 'accepted': {
        // The receipt of the last ticket covers those before it.
        const position = { ...end.position, sequence: end.position.sequence + request.body.length - 1 }
        await giveReceipt(request, reply, { position, journal: services.journal })
        return reply.send(await Promise.all(request.body.map((_, index) => soldBody(request, end, index))))
      }
    }
  }

  async function soldBody(request: SalesRequest, { position, sold }: Sold, index: number): Promise<TicketSaleBody> {
    const ticket = request.body[index]
    const soldAt = sold[index]
    if (!ticket || !soldAt) throw new Error(`Ticket ${index} was not sold`)
    const [tariff, price] = soldAt
    const event = registry.event(ticket.eventId)
    const showsPassholder = event !== undefined && mayForEvent(clientOf(request), 'PASSHOLDERS_SEARCH', { event, registry })
    const passholder = showsPassholder ? await passholderOf(ticket.uitpasNumber) : undefined
    return {
      id: transactionId(idKey, { ...position, sequence: position.sequence + index }),
      creationDate: formatInstant(position.ms),
      tariff: { id: tariff, ...nameOf(tariff), price: priceInEuro(price) },
      tariffId: tariff,
      uitpasNumber: ticket.uitpasNumber,
      eventId: ticket.eventId,
      eventTitle: event?.title ?? '',
      regularPrice: priceInEuro(parsePrice(ticket.regularPrice) ?? 0),
      ...(ticket.regularPriceLabel !== undefined && { regularPriceLabel: ticket.regularPriceLabel }),
      ...(passholder && { passholder }),
    }
  }

  function nameOf(tariff: string): Pick<TicketSaleBody['tariff'], 'name' | 'type'> {
    if (tariff === SOCIAL_TARIFF_ID) return { name: SOCIAL_TARIFF_NAME, type: 'SOCIALTARIFF' }
    const coupon = registry.tariffs.coupon(tariff) ?? registry.tariffs.coupon(tariff.replace(/^COUPON_/, ''))
    return { name: coupon?.name ?? tariff, type: 'COUPON' }
  }

  async function passholderOf(uitpasNumber: string): Promise<PassholderBody | undefined> {
    const holder = registry.byUitpasNumber(uitpasNumber)?.holder
    if (holder?.passType !== 'INDIVIDUAL') return undefined
    const identity = await registry.identity(holder.number)
    const [points = 0] = await services.counters.read([{ counter: 'points', owner: holder.number, period: '' }])
    return identity && passholderBody(holder, identity, { registry, points })
  }
}

/** The tickets of a body, or what a schema cannot say of it. */
function ticketsOf(
  body: TicketSalesRequest,
): { readonly tickets: readonly TicketRequest[] } | { readonly errors: readonly SchemaError[] } {
  const tickets: TicketRequest[] = []
  const errors: SchemaError[] = []
  for (const [index, ticket] of body.entries()) {
    const { eventId, uitpasNumber, regularPrice, regularPriceLabel = '' } = ticket
    const price = parsePrice(regularPrice) ?? 0
    const tariff = ticket.tariff?.id ?? ticket.tariffId
    if (price === 0) errors.push({ jsonPointer: `/${index}/regularPrice`, error: 'The data must be an amount above 0.' })
    if (tariff === undefined) errors.push({ jsonPointer: `/${index}`, error: 'Required property "tariff" missing.' })
    const shown = eventId.slice(0, EVENT_ID_SHOWN_MAX)
    tickets.push({ eventId: shown, uitpasNumber, tariff: tariff ?? '', price, label: regularPriceLabel })
  }
  return errors.length > 0 ? { errors } : { tickets }
}
