import { CheckinPath } from '@zuil/core/contracts/http-checkin'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { hasPermission, mayForEvent } from '../../access.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendNotFound } from '../../plugins/problems.ts'
import { giveReceipt } from '../../plugins/stored-preference.ts'
import type { RouteContext } from '../../route-context.ts'

/** `DELETE /checkins/{checkinId}`: takes a check-in back, once. */
export function checkinIdRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, backpressure, voids } = context

  app.delete<{ Params: CheckinPath }>(
    '/checkins/:checkinId',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Delete a check-in',
        tags: ['Checkins'],
        params: CheckinPath,
        response: { 204: { type: 'null', description: 'No Content' }, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      if (!hasPermission(client, 'CHECKINS_WRITE')) return sendForbidden(reply, 'CHECKINS_WRITE', 'of the event')
      if (backpressure.refuses(reply, 'live')) return reply
      const found = await voids.find(request.params.checkinId)
      if (found?.transaction.kind !== 'CHECKIN') return sendNotFound(reply)
      const { organizer, location, eventCardSystems } = found.transaction
      const event = { organizer, location, cardSystems: eventCardSystems }
      if (!mayForEvent(client, 'CHECKINS_WRITE', { event, registry: services.registry })) {
        return sendForbidden(reply, 'CHECKINS_WRITE', organizer)
      }
      const position = await voids.void(found)
      if (!position) return sendNotFound(reply)
      await giveReceipt(request, reply, { position, journal: services.journal })
      return reply.code(204).send()
    },
  )
}
