import { type Kiosk, MESSAGES, mayFixKioskOn, type Permission, problem } from '@zuil/core'
import { KioskDeviceEventBody, KioskEventRequest } from '@zuil/core/contracts/http-kiosk'
import { KioskPath } from '@zuil/core/contracts/http-kiosk-admin'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasPermission } from '../../access.ts'
import { storeKiosk } from '../../checkins/kiosk-changes.ts'
import { kioskEventBody } from '../../checkins/kiosk-view.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendNotFound, sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { NO_CONTENT, PROBLEM_RESPONSES } from '../responses.ts'
import { mayForKiosk } from './index.ts'

/** `/kiosks/{kioskId}/fixed-event`: the event that a kiosk is fixed on, from afar. Without one it finds its event itself. */
export function kioskFixedEventRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry, rules } = services
  const url = '/kiosks/:kioskId/fixed-event'
  const shared = { tags: ['Kiosks'], params: KioskPath }

  app.get<{ Params: KioskPath }>(
    url,
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve fixed event of kiosk',
        ...shared,
        response: { 200: KioskDeviceEventBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const kiosk = kioskFor(request, reply, 'KIOSKS_READ')
      if (!kiosk) return reply
      const event = kiosk.fixedEvent === undefined ? undefined : registry.event(kiosk.fixedEvent)
      return event ? kioskEventBody(event, services) : sendNoEvent(reply)
    },
  )

  app.put<{ Params: KioskPath; Body: KioskEventRequest }>(
    url,
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Configure fixed event for kiosk',
        ...shared,
        body: KioskEventRequest,
        response: { 204: NO_CONTENT, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const kiosk = kioskFor(request, reply, 'KIOSKS_WRITE')
      if (!kiosk) return reply
      const event = registry.event(request.body.id)
      if (!event) return sendProblem(reply, problem('event-not-found', { endUserMessage: MESSAGES.eventNotFound() }))
      if (!mayFixKioskOn(event, { kiosk, instant: services.now(), windows: rules.windows })) {
        const detail = `Event ${event.id} is not one of the kiosk's coming days`
        return sendProblem(reply, problem('event-not-acceptable', { detail }))
      }
      await storeKiosk(services, { ...kiosk, fixedEvent: event.id })
      return reply.code(204).send()
    },
  )

  app.delete<{ Params: KioskPath }>(
    url,
    {
      onRequest: authentication.client,
      schema: { summary: 'Remove fixed event for kiosk', ...shared, response: { 204: NO_CONTENT, ...PROBLEM_RESPONSES } },
    },
    async (request, reply) => {
      const kiosk = kioskFor(request, reply, 'KIOSKS_WRITE')
      if (!kiosk) return reply
      const { fixedEvent, ...rest } = kiosk
      if (fixedEvent === undefined) return sendNoEvent(reply)
      await storeKiosk(services, rest)
      return reply.code(204).send()
    },
  )

  /** Undefined: answered already. */
  function kioskFor(
    request: FastifyRequest<{ Params: KioskPath }>,
    reply: FastifyReply,
    permission: Permission,
  ): Kiosk | undefined {
    const client = clientOf(request)
    const kiosk = registry.kiosk(request.params.kioskId)
    if (!hasPermission(client, permission) || (kiosk && !mayForKiosk(client, permission, kiosk))) {
      sendForbidden(reply, permission, 'of the kiosk')
      return undefined
    }
    if (!kiosk) sendNotFound(reply)
    return kiosk
  }
}

function sendNoEvent(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, problem('event-not-found', { detail: 'No event is configured', onRead: true }))
}
