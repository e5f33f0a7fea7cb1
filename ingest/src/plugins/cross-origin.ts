import { problem } from '@zuil/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problems.ts'

/** Header fields of ours that a page may read. */
const EXPOSED = 'zuil-receipt, preference-applied, retry-after'
const METHODS = 'GET, POST, PUT, DELETE'
/** How long a browser may remember the answer to a preflight: a day. */
const PREFLIGHT_SECONDS = '86400'

/**
 * Lets pages of every origin call the API (Fetch standard, "CORS protocol"): what protects it is the token, which no browser adds
 * by itself. Two constant header fields on every answer; a general plugin works out per request what is the same each time.
 */
export function allowEveryOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('access-control-allow-origin', '*')
    reply.header('access-control-expose-headers', EXPOSED)
    done()
  })
  app.options('*', { schema: { hide: true } }, (request, reply) => answerPreflight(request, reply))
}

function answerPreflight({ headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (headers.origin === undefined || headers['access-control-request-method'] === undefined) {
    return sendProblem(reply, problem('header/invalid', { detail: 'A preflight has Origin and Access-Control-Request-Method' }))
  }
  reply.header('access-control-allow-methods', METHODS).header('access-control-max-age', PREFLIGHT_SECONDS)
  const asked = headers['access-control-request-headers']
  if (asked !== undefined) reply.header('access-control-allow-headers', asked).header('vary', 'Access-Control-Request-Headers')
  return reply.code(204).send()
}
