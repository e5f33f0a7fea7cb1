import { formatInstant, problem } from '@zuil/core'
import type { CheckinBody } from '@zuil/core/contracts/http-checkin'
import { pageOf } from '@zuil/core/contracts/http-paging'
import { CheckinsBody, CheckinsQuery } from '@zuil/core/contracts/http-reading'
import type { FastifyInstance } from 'fastify'
import { grantedPlaces, repeated } from '../../hub/granted-places.ts'
import { isPage, type ReadTransaction } from '../../hub/transaction-reader.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** `GET /checkins`: check-ins of a passholder at events of the organizers, newest first, without the passholder. */
export function checkinListRoutes(app: FastifyInstance, { services, authentication, reader }: RouteContext): void {
  const { registry } = services

  app.get<{ Querystring: CheckinsQuery }>(
    '/checkins',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Search check-ins',
        tags: ['Checkins'],
        querystring: CheckinsQuery,
        response: { 200: CheckinsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { passholderId, organizerId, eventTitle, ...bounds } = request.query
      const organizers = repeated(organizerId)
      const places = grantedPlaces({ client: clientOf(request), permission: 'CHECKINS_READ', organizers })
      if (typeof places === 'string') return sendForbidden(reply, 'CHECKINS_READ', places)
      const page = pageOf(bounds)
      if (!page) return sendProblem(reply, problem('url/query-limit-exceeded'))
      const holder = await registry.holderNumberOf(passholderId)
      if (holder === undefined) return { totalItems: 0, member: [] }
      const filter = { holder, kinds: ['CHECKIN' as const], places, ...(eventTitle !== undefined && { eventTitle }) }
      const found = await reader.page(request, filter, page)
      if (!isPage(found)) return sendProblem(reply, found)
      return { totalItems: found.totalItems, member: found.transactions.map(bodyOf) }
    },
  )

  function bodyOf({ id, recordedAt, transaction, uitpasNumber }: ReadTransaction): CheckinBody {
    return {
      id,
      creationDate: formatInstant(recordedAt),
      eventId: transaction.event,
      eventTitle: registry.event(transaction.event)?.title ?? '',
      uitpasNumber,
      points: transaction.points,
    }
  }
}
