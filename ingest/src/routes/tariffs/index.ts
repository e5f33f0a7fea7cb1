import { type AvailableTariff, parsePrice, priceInEuro, problem, problemOfRefusal } from '@zuil/core'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import { StaticTariffsQuery, TariffsBody, TariffsQuery } from '@zuil/core/contracts/http-tariff'
import type { FastifyInstance } from 'fastify'
import { hasPermission, mayForEvent } from '../../access.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendNotFound, sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { SalesDesk } from '../../sales/sales-desk.ts'

const EVENT_ID_SHOWN_MAX = 64

/** `GET /tariffs` and `GET /tariffs/static`: what a ticket costs with a UiTPAS. */
export function tariffRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry } = services
  const desk = new SalesDesk(services)
  const responses = { 200: TariffsBody, '4xx': ProblemBody, '5xx': ProblemBody }

  app.get<{ Querystring: TariffsQuery }>(
    '/tariffs',
    {
      onRequest: authentication.client,
      config: { numberProblem: services.numberProblem },
      schema: { summary: 'Get tariffs', tags: ['Ticket sales'], querystring: TariffsQuery, response: responses },
    },
    async (request, reply) => {
      const client = clientOf(request)
      const { eventId, uitpasNumber, regularPrice, type = 'ANY' } = request.query
      const price = parsePrice(regularPrice)
      if (!hasPermission(client, 'TARIFFS_READ')) return sendForbidden(reply, 'TARIFFS_READ', 'of the event')
      const event = registry.event(eventId)
      if (event && !mayForEvent(client, 'TARIFFS_READ', { event, registry })) {
        return sendForbidden(reply, 'TARIFFS_READ', event.organizer)
      }
      if (price === undefined) return sendNotFound(reply)
      const asked = { eventId: eventId.slice(0, EVENT_ID_SHOWN_MAX), uitpasNumber, price }
      const found = await desk.tariffs(type === 'ANY' ? asked : { ...asked, type })
      if ('refusal' in found) return sendProblem(reply, problemOfRefusal(found.refusal))
      const { available, endUserMessage } = found
      return { available: available.map(tariffBody), ...(endUserMessage && { endUserMessage }) }
    },
  )

  app.get<{ Querystring: StaticTariffsQuery }>(
    '/tariffs/static',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Get static tariffs without passholder',
        tags: ['Ticket sales'],
        querystring: StaticTariffsQuery,
        response: responses,
      },
    },
    (request, reply) => {
      const client = clientOf(request)
      const { eventId, regularPrice } = request.query
      const price = parsePrice(regularPrice)
      if (!hasPermission(client, 'TARIFFS_READ')) return sendForbidden(reply, 'TARIFFS_READ', 'of the event')
      const event = registry.event(eventId)
      if (event && !mayForEvent(client, 'TARIFFS_READ', { event, registry })) {
        return sendForbidden(reply, 'TARIFFS_READ', event.organizer)
      }
      if (price === undefined) return sendNotFound(reply)
      const found = desk.staticTariffs({ eventId: eventId.slice(0, EVENT_ID_SHOWN_MAX), price })
      if ('refusal' in found) return sendProblem(reply, problemOfRefusal(found.refusal))
      if (found.length === 0) return sendProblem(reply, problem('social-tariff-not-available'))
      return reply.send({ available: found.map(tariffBody) })
    },
  )
}

function tariffBody({ tariff, remaining }: AvailableTariff): TariffsBody['available'][number] {
  const { id, name, shares, type } = tariff
  return { id, name, price: priceInEuro(shares.participant), type, remaining }
}
