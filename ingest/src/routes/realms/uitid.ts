import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendOverloaded } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { REALM_PATHS } from '../../tokens/token-issuer.ts'

const REALM = '/realms/uitid'
/** Requests for tokens at the same time: each signs with RSA, and a client asks for one a day. */
export const TOKEN_REQUESTS_MAX = 32
/** A request has an id, a secret and a few words. */
const TOKEN_BODY_BYTES_MAX = 8 * 1024
const FORM = 'application/x-www-form-urlencoded'

/** The realm of the real identity provider, answered by the built-in one; with a foreign issuer it is not there. */
export function realmRoutes(app: FastifyInstance, { services }: RouteContext): void {
  const { issuer } = services
  if (!issuer) return
  let underWay = 0

  const forward = async (request: FastifyRequest, reply: FastifyReply, inner: InnerRequest): Promise<FastifyReply> => {
    if (underWay >= TOKEN_REQUESTS_MAX) return sendOverloaded(reply, 'Too many requests for tokens at the same time')
    underWay += 1
    try {
      reply.hijack()
      await issuer(innerRequest(request, inner), reply.raw)
    } finally {
      underWay -= 1
    }
    return reply
  }

  // The provider parses its form by itself; here the body only has to stay within its bound.
  app.register(async (scope) => {
    scope.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: TOKEN_BODY_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    )
    const options = {
      bodyLimit: TOKEN_BODY_BYTES_MAX,
      schema: { summary: 'Access token of a client', tags: ['Tokens'], consumes: [FORM] },
    }
    scope.post<{ Body: unknown }>(`${REALM}${REALM_PATHS.token}`, options, (request, reply) =>
      forward(request, reply, { path: REALM_PATHS.token, form: formOf(request.body) }),
    )
    scope.post<{ Body: unknown }>('/oauth/token', options, (request, reply) =>
      forward(request, reply, { path: REALM_PATHS.token, form: formOf(request.body) }),
    )
    for (const path of [REALM_PATHS.certs, REALM_PATHS.discovery]) {
      scope.get(
        `${REALM}${path}`,
        { schema: { summary: 'Keys and addresses of the issuer', tags: ['Tokens'] } },
        (request, reply) => forward(request, reply, { path }),
      )
    }
  })
}

interface InnerRequest {
  readonly path: string
  readonly form?: string
}

/** The form; the older endpoint takes the same members as JSON. */
function formOf(body: unknown): string {
  if (typeof body === 'string') return body
  if (typeof body !== 'object' || body === null) return ''
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(body)) {
    // `audience` is a word of the older provider; there is one audience here.
    if (typeof value === 'string' && name !== 'audience') form.set(name, value)
  }
  return form.toString()
}

/** The request as the provider wants it: below its realm, with the body still to be read. */
function innerRequest(request: FastifyRequest, { path, form = '' }: InnerRequest): IncomingMessage {
  const { method, headers, socket, httpVersion } = request.raw
  const { 'content-encoding': _encoding, 'transfer-encoding': _transfer, ...kept } = headers
  const body = { 'content-type': FORM, 'content-length': String(Buffer.byteLength(form)) }
  const inner = Object.assign(Readable.from([Buffer.from(form)], { objectMode: false }), {
    method,
    httpVersion,
    socket,
    url: path,
    originalUrl: `${REALM}${path}`,
    headers: method === 'POST' ? { ...kept, ...body } : kept,
  })
  // The provider reads method, url, headers, socket and the stream of a request, all of which are here.
  return inner as unknown as IncomingMessage
}
