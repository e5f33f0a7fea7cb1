import type { FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'
import { type Authentication, type Hook, sendUnauthorized } from './authentication.ts'

/**
 * For public data: the id of a known client, in `x-client-id` or as `clientId` in the address, brings none of its permissions,
 * because anybody can say it; or a token, which brings them.
 */
export function identifiedOrBearer(authentication: Authentication, { registry }: Pick<Services, 'registry'>): Hook {
  return (request, reply, done) => {
    if (request.headers.authorization !== undefined) return authentication.clientOrPerson(request, reply, done)
    const client = registry.client(clientIdOf(request))
    if (!client) return sendUnauthorized(reply)
    request.principal = { kind: 'identified', client }
    done()
  }
}

function clientIdOf({ headers, query }: FastifyRequest): string {
  const header = headers['x-client-id']
  if (typeof header === 'string') return header
  // Checked by no schema yet: an address may hold it twice, or not at all.
  const { clientId } = query as { readonly clientId?: unknown }
  return typeof clientId === 'string' ? clientId : ''
}
