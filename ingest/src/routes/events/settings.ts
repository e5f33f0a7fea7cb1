import type { ApiClient, Event, PeriodLimit } from '@zuil/core'
import { isEntityId, problem } from '@zuil/core'
import { EventPath, EventSettingsBody } from '@zuil/core/contracts/http-event'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { hasPermission, mayForOrganizer } from '../../access.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { NO_CONTENT, PROBLEM_RESPONSES } from '../responses.ts'
import { storeEntry } from '../stored-setting.ts'

type SettingsPermission = 'EVENT_SETTINGS_READ' | 'EVENT_SETTINGS_UPDATE'

/** `/events/{eventId}/settings`: how many points, and how often. Settings that were put outlive what UiTdatabank sends. */
export function eventSettingsRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry, rules, now } = services
  const tags = ['Events']

  app.get<{ Params: EventPath }>(
    '/events/:eventId/settings',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Get event settings',
        tags,
        params: EventPath,
        response: { 200: EventSettingsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const event = registry.event(request.params.eventId)
      const refused = refusal(reply, { client: clientOf(request), permission: 'EVENT_SETTINGS_READ', event })
      if (refused) return refused
      return event ? settingsBody(event) : sendUnknown(reply)
    },
  )

  app.put<{ Params: EventPath; Body: EventSettingsBody }>(
    '/events/:eventId/settings',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Update event settings',
        tags,
        params: EventPath,
        body: EventSettingsBody,
        response: { 204: NO_CONTENT, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const event = registry.event(request.params.eventId)
      const refused = refusal(reply, { client: clientOf(request), permission: 'EVENT_SETTINGS_UPDATE', event })
      if (refused) return refused
      if (!event || !isEntityId(event.id)) return sendUnknown(reply)
      if (rules.windows.at(event.calendar, now()).state === 'over') {
        return sendProblem(reply, problem('event-over', { detail: `Points can no longer be saved for event ${event.id}` }))
      }
      return await storeEntry(reply, services, { kind: 'event-settings', entry: { ...request.body, id: event.id } })
    },
  )
}

interface Asked {
  readonly client: ApiClient
  readonly permission: SettingsPermission
  readonly event: Event | undefined
}

/** Undefined when the client may. Who may for no organizer at all does not learn which events there are. */
function refusal(reply: FastifyReply, { client, permission, event }: Asked): FastifyReply | undefined {
  if (hasPermission(client, `${permission}_ALL`)) return undefined
  if (!event) return hasPermission(client, permission) ? undefined : sendForbidden(reply, permission, 'of the event')
  return mayForOrganizer(client, permission, event.organizer) ? undefined : sendForbidden(reply, permission, event.organizer)
}

function sendUnknown(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, problem('event-not-found', { onRead: true }))
}

function settingsBody({ id, checkinPoints, checkinLimit, passholderTicketLimit }: Event): EventSettingsBody {
  return {
    id,
    checkinPoints,
    ...(checkinLimit && { checkinLimit: limitBody(checkinLimit) }),
    ...(passholderTicketLimit && { passholderTicketLimit: limitBody(passholderTicketLimit) }),
  }
}

function limitBody({ volume, period }: PeriodLimit): NonNullable<EventSettingsBody['checkinLimit']> {
  return { volume, periodType: period }
}
