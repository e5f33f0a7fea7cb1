import { type Kiosk, MESSAGES, mayFixKioskOn, problem } from '@zuil/core'
import { KioskDeviceEventBody, KioskEventRequest } from '@zuil/core/contracts/http-kiosk'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { storeKiosk } from '../../checkins/kiosk-changes.ts'
import { kioskEventBody } from '../../checkins/kiosk-view.ts'
import { kioskOf } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'

const NoContent = { type: 'null', description: 'No Content' } as const

/** `/kiosk-devices/events`: the event that staff fixed the kiosk on; without one it finds its event itself. */
export function kioskEventRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication } = context
  const { registry, rules } = services
  const shared = { onRequest: authentication.kiosk }
  const problems = { '4xx': ProblemBody, '5xx': ProblemBody }
  const tags = ['Kiosk devices']

  app.get(
    '/kiosk-devices/events',
    { ...shared, schema: { summary: 'Retrieve configured event', tags, response: { 200: KioskDeviceEventBody, ...problems } } },
    async (request, reply) => {
      const { fixedEvent } = kioskOf(request)
      const event = fixedEvent === undefined ? undefined : registry.event(fixedEvent)
      if (!event) return sendProblem(reply, problem('event-not-found', { detail: 'No event is configured', onRead: true }))
      return kioskEventBody(event, services)
    },
  )

  app.put<{ Body: KioskEventRequest }>(
    '/kiosk-devices/events',
    {
      ...shared,
      schema: { summary: 'Configure event', tags, body: KioskEventRequest, response: { 204: NoContent, ...problems } },
    },
    async (request, reply) => {
      const kiosk = kioskOf(request)
      const event = registry.event(request.body.id)
      if (!event) return sendProblem(reply, problem('event-not-found', { endUserMessage: MESSAGES.eventNotFound() }))
      if (!mayFixKioskOn(event, { kiosk, instant: services.now(), windows: rules.windows })) {
        return sendProblem(
          reply,
          problem('event-not-acceptable', { detail: `Event ${event.id} is not one of the kiosk's coming days` }),
        )
      }
      await storeKiosk(services, { ...kiosk, fixedEvent: event.id })
      return reply.code(204).send()
    },
  )

  app.delete(
    '/kiosk-devices/events',
    { ...shared, schema: { summary: 'Delete configured event', tags, response: { 204: NoContent, ...problems } } },
    async (request, reply) => {
      const kiosk = kioskOf(request)
      if (kiosk.fixedEvent !== undefined) await storeKiosk(services, withoutFixedEvent(kiosk))
      return reply.code(204).send()
    },
  )
}

function withoutFixedEvent({ fixedEvent: _, ...kiosk }: Kiosk): Kiosk {
  return kiosk
}
