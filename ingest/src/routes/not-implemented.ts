import { problem } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from '../plugins/problems.ts'
import type { RouteContext } from '../route-context.ts'
import { OFFICIAL_OPERATIONS } from './official-operations.ts'

/** Answers 501 to the operations of the official document that stay out. They are not in the document at `/docs`; docs/api-coverage.md lists them. */
export function notImplementedRoutes(app: FastifyInstance, { authentication }: RouteContext): void {
  for (const { method, path, instead } of OFFICIAL_OPERATIONS) {
    if (instead === undefined) continue
    const url = path.replaceAll(/\{(\w+)\}/g, ':$1')
    const answer = problem('not-implemented', { detail: instead })
    app.route({ method, url, onRequest: authentication.clientOrPerson, handler: (_request, reply) => sendProblem(reply, answer) })
  }
}
