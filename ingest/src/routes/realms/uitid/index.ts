import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { RateLimiter } from '@zuil/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendOverloaded, sendRateLimited } from '../../../plugins/problems.ts'
import type { RouteContext } from '../../../route-context.ts'
import { REALM_PATHS } from '../../../tokens/token-issuer.ts'
import { interactionRoutes } from './interaction.ts'

const REALM = '/realms/uitid'
/** Requests for tokens at the same time: each signs with RSA, and a client asks for one a day. */
export const TOKEN_REQUESTS_MAX = 32
/** A request has an id, a secret and a few words. */
const TOKEN_BODY_BYTES_MAX = 8 * 1024
const FORM = 'application/x-www-form-urlencoded'

/** The realm of the real identity provider, answered by the built-in one; with a foreign issuer it is not there. */
export function realmRoutes(app: FastifyInstance, { services }: RouteContext): void {
  const { issuer, publicUrl, limits, now } = services
  if (!issuer) return
  const limiter = new RateLimiter(limits.signInFromAddress, now)
  let underWay = 0

  const forward = async (request: FastifyRequest, reply: FastifyReply, inner: InnerRequest): Promise<FastifyReply> => {
    if (underWay >= TOKEN_REQUESTS_MAX) return sendOverloaded(reply, 'Too many requests for tokens at the same time')
    underWay += 1
    try {
      reply.hijack()
      await issuer.answer(innerRequest(request, inner, new URL(publicUrl)), reply.raw)
    } finally {
      underWay -= 1
    }
    return reply
  }
  /** Each of these keeps something in Redis for ten minutes. */
  const begin = async (request: FastifyRequest, reply: FastifyReply, inner: InnerRequest): Promise<FastifyReply> => {
    const waitSeconds = limiter.take(request.ip)
    return waitSeconds > 0 ? sendRateLimited(reply, waitSeconds) : await forward(request, reply, inner)
  }

  // The provider parses its form by itself; here the body only has to stay within its bound.
  app.register(async (scope) => {
    scope.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: TOKEN_BODY_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    )
    const options = {
      bodyLimit: TOKEN_BODY_BYTES_MAX,
      schema: { summary: 'Access token of a client, or of a person who signed in', tags: ['Tokens'], consumes: [FORM] },
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
    const { authorization } = REALM_PATHS
    const summary = 'Where an app sends somebody to sign in'
    scope.get(`${REALM}${authorization}`, { schema: { summary, tags: ['Tokens'] } }, (request, reply) =>
      begin(request, reply, { path: authorization, query: queryOf(request) }),
    )
    scope.post<{ Body: unknown }>(
      `${REALM}${authorization}`,
      { bodyLimit: TOKEN_BODY_BYTES_MAX, schema: { summary, tags: ['Tokens'], consumes: [FORM] } },
      (request, reply) => begin(request, reply, { path: authorization, form: formOf(request.body) }),
    )
    scope.get<{ Params: { uid: string } }>(`${REALM}${authorization}/:uid`, { schema: { hide: true } }, (request, reply) =>
      forward(request, reply, { path: `${authorization}/${encodeURIComponent(request.params.uid)}` }),
    )
    interactionRoutes(scope, { ...services, issuer }, REALM)
  })
}

interface InnerRequest {
  readonly path: string
  /** With its question mark; empty without one. */
  readonly query?: string
  readonly form?: string
}

function queryOf({ raw }: FastifyRequest): string {
  const url = raw.url ?? ''
  const start = url.indexOf('?')
  return start < 0 ? '' : url.slice(start)
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

/**
 * The request as the provider wants it: below its realm, with the body still to be read, and with the address that the
 * installation is reached by. What the request itself says of that would end up in redirects.
 */
function innerRequest(request: FastifyRequest, { path, query = '', form = '' }: InnerRequest, publicUrl: URL): IncomingMessage {
  const { method, headers, socket, httpVersion } = request.raw
  const { 'content-encoding': _encoding, 'transfer-encoding': _transfer, 'x-forwarded-host': _host, ...kept } = headers
  const reached = { ...kept, host: publicUrl.host, 'x-forwarded-proto': publicUrl.protocol.slice(0, -1) }
  const body = { 'content-type': FORM, 'content-length': String(Buffer.byteLength(form)) }
  const url = `${path}${query}`
  const inner = Object.assign(Readable.from([Buffer.from(form)], { objectMode: false }), {
    method,
    httpVersion,
    socket,
    url,
    originalUrl: `${publicUrl.pathname.replace(/\/$/, '')}${REALM}${url}`,
    headers: method === 'POST' ? { ...reached, ...body } : reached,
  })
  // The provider reads method, url, headers, socket and the stream of a request, all of which are here.
  return inner as unknown as IncomingMessage
}
