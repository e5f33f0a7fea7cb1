import {
  type ApiClient,
  formatInstant,
  pointsCounter,
  problem,
  SOCIAL_TARIFF_ID,
  SOCIAL_TARIFF_NAME,
  type Transaction,
} from '@zuil/core'
import { pageOf } from '@zuil/core/contracts/http-paging'
import { TicketSalesBody, TicketSalesQuery } from '@zuil/core/contracts/http-reading'
import type { TicketSaleBody } from '@zuil/core/contracts/http-ticket-sale'
import type { FastifyInstance } from 'fastify'
import { hasPermission, mayForEvent } from '../../access.ts'
import { passholderBody } from '../../checkins/passholder-view.ts'
import { isPage, type ReadTransaction } from '../../hub/transaction-reader.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { Registry } from '../../registry/registry.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'
import { SALES_SEARCH, ticketSaleFilter } from './sale-filter.ts'

const CENTS = 100

/** `GET /ticket-sales`: of an event, or of a passholder at events and places of the organizers; newest first. */
export function ticketSaleListRoutes(app: FastifyInstance, { services, authentication, reader }: RouteContext): void {
  const { registry, counters } = services

  app.get<{ Querystring: TicketSalesQuery }>(
    '/ticket-sales',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve existing ticket sales',
        tags: ['Ticket sales'],
        querystring: TicketSalesQuery,
        response: { 200: TicketSalesBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      if (!hasPermission(client, SALES_SEARCH)) return sendForbidden(reply, SALES_SEARCH, 'of the event')
      const page = pageOf(request.query)
      if (!page) return sendProblem(reply, problem('url/query-limit-exceeded'))
      const filter = await ticketSaleFilter(request.query, { client, registry })
      if (filter === undefined) return { totalItems: 0, member: [] }
      if ('type' in filter) return sendProblem(reply, filter)
      const found = await reader.page(request, filter, page)
      if (!isPage(found)) return sendProblem(reply, found)
      const shown = found.transactions.filter(({ transaction }) => maySeePassholder(client, transaction, registry))
      const points = await balancesOf(shown)
      return { totalItems: found.totalItems, member: found.transactions.map((sale) => bodyOf(sale, points)) }
    },
  )

  /** Points by holder, for those whose passholder is shown. */
  async function balancesOf(sales: readonly ReadTransaction[]): Promise<ReadonlyMap<number, number>> {
    const questions = new Map(
      sales.map(({ transaction: { holder, programme } }) => [
        holder,
        { counter: pointsCounter(programme), owner: holder, period: '' },
      ]),
    )
    const values = await counters.read([...questions.values()])
    return new Map([...questions.keys()].map((holder, index) => [holder, values[index] ?? 0]))
  }

  function bodyOf(
    { id, recordedAt, transaction, identity, uitpasNumber }: ReadTransaction,
    points: ReadonlyMap<number, number>,
  ): TicketSaleBody {
    const { event, exchange } = transaction
    const holder = registry.holder(transaction.holder)
    const balance = points.get(transaction.holder)
    const label = exchange?.label ?? ''
    return {
      id,
      creationDate: formatInstant(recordedAt),
      tariff: tariffOf(exchange?.tariff ?? '', exchange?.price ?? 0, registry),
      tariffId: exchange?.tariff ?? '',
      uitpasNumber,
      eventId: event,
      eventTitle: registry.event(event)?.title ?? '',
      regularPrice: (exchange?.regularPrice ?? 0) / CENTS,
      ...(label !== '' && { regularPriceLabel: label }),
      ...(holder?.passType === 'INDIVIDUAL' &&
        identity &&
        balance !== undefined && { passholder: passholderBody(holder, identity, { registry, points: balance }) }),
    }
  }
}

function maySeePassholder(client: ApiClient, transaction: Transaction, registry: Registry): boolean {
  const { organizer, location, eventCardSystems } = transaction
  return mayForEvent(client, 'PASSHOLDERS_SEARCH', { event: { organizer, location, cardSystems: eventCardSystems }, registry })
}

/** The tariff as it was sold; `price` in cents. A coupon is named as the registry names it now. */
function tariffOf(id: string, price: number, { tariffs }: Pick<Registry, 'tariffs'>): TicketSaleBody['tariff'] {
  const paid = price / CENTS
  if (id === SOCIAL_TARIFF_ID) return { id, name: SOCIAL_TARIFF_NAME, price: paid, type: 'SOCIALTARIFF' }
  const coupon = tariffs.coupon(id) ?? tariffs.coupon(id.replace(/^COUPON_/, ''))
  return { id, name: coupon?.name ?? id, price: paid, type: 'COUPON' }
}
