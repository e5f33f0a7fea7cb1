import { guardHolds, type Proposal, problemOfRefusal, type Refusal, refusalOfGuard } from '@zuil/core'
import { CheckinStatusBody, CheckinStatusQuery } from '@zuil/core/contracts/http-checkin'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { hasPermission, mayForEvent } from '../access.ts'
import { clientOf, principalOf, sendForbidden } from '../plugins/authentication.ts'
import { sendProblem } from '../plugins/problems.ts'
import type { RouteContext } from '../route-context.ts'

/** `GET /checkin-status`: whether a check-in would be accepted now. */
export function checkinStatusRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, checkins } = context
  const { registry } = services

  app.get<{ Querystring: CheckinStatusQuery }>(
    '/checkin-status',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Get check-in status',
        tags: ['Checkins'],
        querystring: CheckinStatusQuery,
        response: { 200: CheckinStatusBody, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      const { eventId, uitpasNumber } = request.query
      if (!hasPermission(client, 'CHECKINS_WRITE')) return sendForbidden(reply, 'CHECKINS_WRITE', 'of the event')
      const event = registry.event(eventId)
      if (event && !mayForEvent(client, 'CHECKINS_WRITE', { event, registry })) {
        return sendForbidden(reply, 'CHECKINS_WRITE', event.organizer)
      }
      const considered = checkins.consider({ principal: principalOf(request), channel: 'COUNTER', eventId, uitpasNumber })
      const { decision, command } = considered
      if (decision.kind === 'refused') {
        const { refusal } = decision
        if (isNotFound(refusal)) return sendProblem(reply, problemOfRefusal(asNotFound(refusal), { onRead: true }))
        return { allowed: false, endUserMessage: refusal.endUserMessage }
      }
      const failed = await failedGuard(decision.proposal)
      if (failed < 0) return { allowed: true }
      return { allowed: false, endUserMessage: refusalOfGuard(command, failed).endUserMessage }
    },
  )

  /** Index of the first guard that does not hold at this moment; -1 when all do. */
  async function failedGuard({ guards }: Proposal): Promise<number> {
    const values = await services.counters.read(guards)
    return guards.findIndex((guard, index) => !guardHolds(guard, values[index] ?? 0))
  }
}

/** The endpoint has two answers for what is not there, and none for a number that cannot be one. */
function isNotFound({ code }: Refusal): boolean {
  return code === 'event-not-found' || code === 'passholder-not-found' || code === 'invalid-uitpas-number'
}

function asNotFound(refusal: Refusal): Refusal {
  return refusal.code === 'invalid-uitpas-number' ? { ...refusal, code: 'passholder-not-found' } : refusal
}
