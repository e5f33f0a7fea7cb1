import { problem } from '@zuil/core'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import { TicketSalePath } from '@zuil/core/contracts/http-ticket-sale'
import type { FastifyInstance } from 'fastify'
import { hasPermission, mayForEvent } from '../../access.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import { giveReceipt } from '../../plugins/stored-preference.ts'
import type { RouteContext } from '../../route-context.ts'

/** `DELETE /ticket-sales/{ticketSaleId}`: takes a ticket sale back, once. */
export function ticketSaleIdRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, backpressure, voids } = context
  const { registry } = services

  app.delete<{ Params: TicketSalePath }>(
    '/ticket-sales/:ticketSaleId',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Cancel a ticket sale registration',
        tags: ['Ticket sales'],
        params: TicketSalePath,
        response: { 204: { type: 'null', description: 'No Content' }, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      if (!hasPermission(client, 'TICKETSALES_REGISTER')) return sendForbidden(reply, 'TICKETSALES_REGISTER', 'of the event')
      if (backpressure.refuses(reply, 'live')) return reply
      const found = await voids.find(request.params.ticketSaleId)
      if (found?.transaction.kind !== 'TICKET_SALE') return sendProblem(reply, problem('ticket-sale-not-found'))
      const { organizer, location, eventCardSystems } = found.transaction
      const event = { organizer, location, cardSystems: eventCardSystems }
      if (!mayForEvent(client, 'TICKETSALES_REGISTER', { event, registry })) {
        return sendForbidden(reply, 'TICKETSALES_REGISTER', organizer)
      }
      const position = await voids.void(found)
      if (!position) return sendProblem(reply, problem('ticket-sale-not-found'))
      await giveReceipt(request, reply, { position, journal: services.journal })
      return reply.code(204).send()
    },
  )
}
