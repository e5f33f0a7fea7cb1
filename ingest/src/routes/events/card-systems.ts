import { type ApiClient, type Event, isEntityId, type Problem, problem } from '@zuil/core'
import { EventCardSystemsBody, EventCardSystemsRequest, EventPath } from '@zuil/core/contracts/http-event'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { hasPermission, mayForOrganizer } from '../../access.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { NO_CONTENT, PROBLEM_RESPONSES } from '../responses.ts'
import { storeEntry } from '../stored-setting.ts'
import { eventCardSystems, faultOf, possibleCardSystems } from './card-system-choice.ts'

/** `/events/{eventId}/card-systems`: where the event counts. May be put before UiTdatabank sends the event. */
export function eventCardSystemRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry } = services
  const tags = ['Events']

  app.get<{ Params: EventPath }>(
    '/events/:eventId/card-systems',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Get event card systems',
        tags,
        params: EventPath,
        response: { 200: EventCardSystemsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const event = registry.event(request.params.eventId)
      return event ? eventCardSystems(event, registry) : sendUnknown(reply)
    },
  )

  app.put<{ Params: EventPath; Body: EventCardSystemsRequest }>(
    '/events/:eventId/card-systems',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Update event card systems',
        tags,
        params: EventPath,
        body: EventCardSystemsRequest,
        response: { 204: NO_CONTENT, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { eventId } = request.params
      if (!isEntityId(eventId)) return sendUnknown(reply)
      const client = clientOf(request)
      const event = registry.event(eventId)
      if (!hasPermission(client, 'EVENTS_UPDATE_ALL') && !mayUpdate(client, event)) {
        return sendForbidden(reply, 'EVENTS_UPDATE', event?.organizer ?? 'of the event')
      }
      const found = faultOf(request.body, { possible: possibleFor(client, event), registry })
      if (found) return sendProblem(reply, found)
      // What other processes sold a moment ago counts too.
      await registry.refresh(0)
      if (registry.hasTicketSales(eventId)) return sendProblem(reply, sold(eventId))
      const entry = { id: event?.id ?? eventId, cardSystems: request.body }
      return await storeEntry(reply, services, { kind: 'event-card-systems', entry })
    },
  )

  /** Card systems that may be enabled; undefined: every one. */
  function possibleFor(client: ApiClient, event: Event | undefined): ReadonlySet<number> | undefined {
    if (event) return new Set(possibleCardSystems(event, registry))
    if (hasPermission(client, 'EVENTS_UPDATE_ALL')) return undefined
    // Whose event it will be is not known yet: then only where the client may change events at all.
    const grants = client.grants.filter(({ permissions }) => permissions.includes('EVENTS_UPDATE'))
    return new Set(
      grants.flatMap(({ organizer, cardSystems }) => (cardSystems.length > 0 ? cardSystems : registry.cardSystemsOf(organizer))),
    )
  }
}

function mayUpdate(client: ApiClient, event: Event | undefined): boolean {
  return event ? mayForOrganizer(client, 'EVENTS_UPDATE', event.organizer) : hasPermission(client, 'EVENTS_UPDATE')
}

function sold(eventId: string): Problem {
  return problem('event-already-has-ticketsales', { detail: `A ticket was sold for event ${eventId}` })
}

function sendUnknown(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, problem('event-not-found', { onRead: true }))
}
