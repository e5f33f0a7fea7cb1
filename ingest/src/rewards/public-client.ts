import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Authentication } from '../plugins/authentication.ts'
import type { Services } from '../services.ts'

type Hook = Authentication['client']

/**
 * Client identification: `x-client-id` or `clientId` of a known client, without any of its permissions; or a token, which
 * brings them.
 */
export function publicClient(authentication: Authentication, { registry }: Pick<Services, 'registry'>): Hook {
  return (request: FastifyRequest, reply: FastifyReply, done) => {
    const id = request.headers['x-client-id'] ?? queryOf(request).clientId
    if (request.headers.authorization === undefined && typeof id === 'string' && registry.client(id)) {
      done()
      return
    }
    authentication.client(request, reply, done)
  }
}

function queryOf({ query }: FastifyRequest): { readonly clientId?: unknown } {
  // Fastify parses every query into an object.
  return query as { readonly clientId?: unknown }
}
