import { problem } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from '../plugins/problems.ts'
import type { RouteContext } from '../route-context.ts'
import { OFFICIAL_OPERATIONS } from './official-operations.ts'

/** What is said of an operation that nothing stands in for. */
export const STILL_TO_COME = 'This call is still to come.'

/**
 * Answers 501 to the operations of the official document that have no route. To be called after all other routes. They are
 * left out of the document at `/docs`; docs/api-coverage.md lists them.
 */
export function notImplementedRoutes(app: FastifyInstance, { authentication }: RouteContext): void {
  for (const { method, path, instead = STILL_TO_COME } of OFFICIAL_OPERATIONS) {
    const url = path.replaceAll(/\{(\w+)\}/g, ':$1')
    if (app.hasRoute({ method, url })) continue
    const answer = problem('not-implemented', { detail: instead })
    app.route({ method, url, onRequest: authentication.clientOrPerson, handler: (_request, reply) => sendProblem(reply, answer) })
  }
}
