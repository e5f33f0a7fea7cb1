import { inszNumber, problem, RateLimiter } from '@zuil/core'
import { InszNumberPath, InszStatusBody, PassBody } from '@zuil/core/contracts/http-pass'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../../access.ts'
import { PassDesk } from '../../passes/pass-desk.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem, sendRateLimited } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** Somebody who registers asks once; going through numbers must take ages. */
const STATUS_LIMIT = { burst: 30, perSecond: 1 } as const

/** The older call for a pass by INSZ number, and whether a number is that of a passholder. Numbers are never logged. */
export function inszNumberRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const passes = new PassDesk(services)
  const limiter = new RateLimiter(STATUS_LIMIT, services.now)
  const shared = { onRequest: authentication.client }

  app.get<{ Params: InszNumberPath }>(
    '/insz-numbers/:inszNumber',
    {
      ...shared,
      schema: {
        summary: 'Retrieve pass by INSZ number',
        tags: ['Passes'],
        params: InszNumberPath,
        response: { 200: PassBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      if (!hasPermission(clientOf(request), 'PASSES_INSZNUMBERS_READ')) {
        return sendForbidden(reply, 'PASSES_INSZNUMBERS_READ', 'of the client')
      }
      const answer = await passes.olderAnswer(await passes.byInsz(request.params.inszNumber))
      return 'type' in answer ? sendProblem(reply, answer) : answer
    },
  )

  app.get<{ Params: InszNumberPath }>(
    '/passholders/status/insz-numbers/:inszNumber',
    {
      ...shared,
      schema: {
        summary: 'Retrieve the status of a passholder based on INSZ number',
        tags: ['Passholders'],
        params: InszNumberPath,
        response: { 200: InszStatusBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const waitSeconds = limiter.take(clientOf(request).id)
      if (waitSeconds > 0) return sendRateLimited(reply, waitSeconds)
      const insz = inszNumber(request.params.inszNumber)
      if (insz === undefined) return sendProblem(reply, problem('invalid-insz-number'))
      const identity = await services.registry.identityByInsz(insz)
      return { state: identity ? 'USED' : 'UNUSED' } as const
    },
  )
}
