import { CardStatusProblemBody, PassBody, PassesQuery, PassPath } from '@zuil/core/contracts/http-pass'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../access.ts'
import { cardStatusProblem, membershipProblem, PassDesk, passNotFound } from '../passes/pass-desk.ts'
import { clientOf, sendForbidden } from '../plugins/authentication.ts'
import { sendProblem } from '../plugins/problems.ts'
import type { RouteContext } from '../route-context.ts'

/** `GET /passes?identifier=` and the older `GET /passes/{uitpasNumber}`: a pass with its balance and messages. */
export function passRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const passes = new PassDesk(services)
  const shared = { onRequest: authentication.client }
  const tags = ['Passes']
  const problems = { 400: CardStatusProblemBody, '4xx': ProblemBody, '5xx': ProblemBody }

  app.get<{ Querystring: PassesQuery }>(
    '/passes',
    {
      ...shared,
      schema: {
        summary: 'Retrieve pass by identifier',
        tags,
        querystring: PassesQuery,
        response: { 200: PassBody, ...problems },
      },
    },
    async (request, reply) => {
      if (!hasPermission(clientOf(request), 'PASSES_READ')) return sendForbidden(reply, 'PASSES_READ', 'of the client')
      const found = await passes.byIdentifier(request.query.identifier)
      if (found === undefined) return sendProblem(reply, passNotFound())
      if ('status' in found) return sendProblem(reply, found)
      const refused = cardStatusProblem(found) ?? membershipProblem(found)
      return refused ? sendProblem(reply, refused) : await passes.body(found)
    },
  )

  app.get<{ Params: PassPath }>(
    '/passes/:uitpasNumber',
    {
      ...shared,
      schema: { summary: 'Retrieve pass by UiTPAS number', tags, params: PassPath, response: { 200: PassBody, ...problems } },
    },
    async (request, reply) => {
      if (!hasPermission(clientOf(request), 'PASSES_READ')) return sendForbidden(reply, 'PASSES_READ', 'of the client')
      const answer = await passes.olderAnswer(await passes.byUitpasNumber(request.params.uitpasNumber))
      return 'type' in answer ? sendProblem(reply, answer) : answer
    },
  )
}
