import { ChipNumberPath, PassBody } from '@zuil/core/contracts/http-pass'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../../access.ts'
import { PassDesk } from '../../passes/pass-desk.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** `GET /chip-numbers/{chipNumber}`: the older call for a pass by its chip. */
export function chipNumberRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const passes = new PassDesk(services)

  app.get<{ Params: ChipNumberPath }>(
    '/chip-numbers/:chipNumber',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve pass by chip number',
        tags: ['Passes'],
        params: ChipNumberPath,
        response: { 200: PassBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      if (!hasPermission(clientOf(request), 'PASSES_CHIPNUMBERS_READ')) {
        return sendForbidden(reply, 'PASSES_CHIPNUMBERS_READ', 'of the client')
      }
      const answer = await passes.olderAnswer(await passes.byChip(request.params.chipNumber))
      return 'type' in answer ? sendProblem(reply, answer) : answer
    },
  )
}
