import { chipNumber, MESSAGES, problem } from '@zuil/core'
import { KioskCheckinBody, KioskCheckinRequest, KioskDeviceEventBody } from '@zuil/core/contracts/http-kiosk'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { keyOfRequest } from '../../checkins/idempotency.ts'
import { kioskEventBody } from '../../checkins/kiosk-view.ts'
import { kioskOf, principalOf } from '../../plugins/authentication.ts'
import { sendProblem, sendUnsettled } from '../../plugins/problems.ts'
import { giveReceipt } from '../../plugins/stored-preference.ts'
import type { RouteContext } from '../../route-context.ts'

/** `/kiosk-devices/checkins`: somebody holds a card at the kiosk; the kiosk's event of the moment counts. */
export function kioskCheckinRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, backpressure, checkins } = context
  const { secrets } = services
  const problems = { '4xx': ProblemBody, '5xx': ProblemBody }
  const tags = ['Kiosk devices']

  app.post<{ Body: KioskCheckinRequest }>(
    '/kiosk-devices/checkins',
    {
      onRequest: authentication.kiosk,
      schema: {
        summary: 'Check in a passholder at the kiosk',
        tags,
        body: KioskCheckinRequest,
        response: { 200: KioskCheckinBody, ...problems },
      },
    },
    async (request, reply) => {
      const chip = chipNumber(request.body.chipNumber)
      const key = keyOfRequest(request, reply, {
        secrets,
        operation: 'POST /kiosk-devices/checkins',
        body: [chip ?? request.body.chipNumber],
      })
      if (key === 'answered') return reply
      if (backpressure.refuses(reply, 'live')) return reply
      const end = await checkins.takeOne({
        principal: principalOf(request),
        channel: 'KIOSK',
        ...(chip && { chipNumber: chip }),
        ...(key && { request: key }),
      })
      if (end.kind !== 'accepted') return sendUnsettled(reply, end)
      await giveReceipt(request, reply, { position: end.position, journal: services.journal })
      return { newPoints: end.points, totalPoints: end.total ?? 0 }
    },
  )

  app.get(
    '/kiosk-devices/checkins',
    {
      onRequest: authentication.kiosk,
      schema: { summary: 'Retrieve the current check-in event', tags, response: { 200: KioskDeviceEventBody, ...problems } },
    },
    async (request, reply) => {
      const event = checkins.kioskEvents.current(kioskOf(request), services.now())
      if (!event) return sendProblem(reply, problem('event-not-found', { endUserMessage: MESSAGES.noKioskEvent(), onRead: true }))
      return kioskEventBody(event, services)
    },
  )
}
