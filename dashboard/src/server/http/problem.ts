import type { Problem } from '@zuil/core'
import type { FastifyReply } from 'fastify'

export type { Problem } from '@zuil/core'

/** What answers of every kind may say. Generic types are those of the UiTPAS API, so that a client knows them already. */
const TYPES = 'https://api.publiq.be/probs'

export const problems = {
  notFound: (detail: string): Problem => ({ type: `${TYPES}/url/not-found`, title: 'Not Found', status: 404, detail }),
  notAcceptable: (offered: readonly string[]): Problem => ({
    type: `${TYPES}/header/not-acceptable`,
    title: 'Not Acceptable',
    status: 406,
    detail: `Offered are ${offered.join(', ')}`,
  }),
  conflict: (detail: string): Problem => ({ type: 'about:blank', title: 'Conflict', status: 409, detail }),
  unavailable: (detail: string): Problem => ({ type: 'about:blank', title: 'Service Unavailable', status: 503, detail }),
  internal: (detail: string): Problem => ({ type: 'about:blank', title: 'Internal Server Error', status: 500, detail }),
} as const

/**
 * Sent as bytes, because Fastify adds a charset to text, which this media type does not have.
 * @param retryAfterSeconds when it is worth trying again
 */
export function sendProblem(reply: FastifyReply, problem: Problem, retryAfterSeconds?: number): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problem)))
}
