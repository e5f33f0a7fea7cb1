import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Authentication, sendUnauthorized } from '../../plugins/authentication.ts'
import type { Registry } from '../../registry/registry.ts'

/** Public data: an access token, or only the id of a client (`x-client-id`, or `clientId` in the address). */
export function identifiedClient(authentication: Authentication, registry: Pick<Registry, 'client'>): Authentication['client'] {
  return (request, reply: FastifyReply, done) => {
    if (request.headers.authorization !== undefined) return authentication.client(request, reply, done)
    if (!registry.client(clientIdOf(request))) return sendUnauthorized(reply)
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
