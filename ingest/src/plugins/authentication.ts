import { type ApiClient, type Kiosk, problem } from '@zuil/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Principal } from '../principal.ts'
import { isSameSecret } from '../secrets.ts'
import type { Services } from '../services.ts'
import { sendProblem, sendRateLimited } from './problems.ts'
import { RateLimiter } from './rate-limit.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication hook of the route. */
    principal: Principal | undefined
  }
}

type Hook = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void

export interface Authentication {
  /** `Authorization: Bearer` with an access token of a client that the registry knows. */
  readonly client: Hook
  /** `x-custom-token` with the device id of a kiosk; bounded in rate for each kiosk. */
  readonly kiosk: Hook
  /** Either of the two. */
  readonly clientOrKiosk: Hook
  /** `Authorization: Bearer` with the operator's token. */
  readonly operator: Hook
}

export function authentication(app: FastifyInstance, services: Services): Authentication {
  app.decorateRequest('principal', undefined)
  const kioskLimiter = new RateLimiter(services.limits.kiosk, services.now)
  const operatorToken = services.secrets.token('operator')

  const client: Hook = (request, reply, done) => {
    const token = bearerOf(request)
    if (token === undefined) return sendUnauthorized(reply)
    const known = services.tokens.recall(token)
    if (known !== undefined) return admitClient(known, { request, reply, done })
    services.tokens.verify(token).then(
      (verified) => (verified === undefined ? sendUnauthorized(reply) : admitClient(verified, { request, reply, done })),
      (error: unknown) => reply.send(error),
    )
  }
  const admitClient = (id: string, { request, reply, done }: Exchange): void => {
    const found = services.registry.client(id)
    if (!found) {
      sendUnauthorized(reply)
      return
    }
    request.principal = { kind: 'client', client: found }
    done()
  }
  const kiosk: Hook = (request, reply, done) => {
    const deviceId = request.headers['x-custom-token']
    const found = typeof deviceId === 'string' && deviceId !== '' ? services.registry.kioskByDevice(deviceId) : undefined
    if (!found) return sendUnauthorized(reply)
    const waitSeconds = kioskLimiter.take(found.id)
    if (waitSeconds > 0) {
      sendRateLimited(reply, waitSeconds)
      return
    }
    request.principal = { kind: 'kiosk', kiosk: found }
    done()
  }
  return {
    client,
    kiosk,
    clientOrKiosk: (request, reply, done) =>
      request.headers['x-custom-token'] === undefined ? client(request, reply, done) : kiosk(request, reply, done),
    operator: (request, reply, done) => {
      const token = bearerOf(request)
      if (token === undefined || !isSameSecret(token, operatorToken)) return sendUnauthorized(reply)
      done()
    },
  }
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly done: () => void
}

/** The client that the hook {@link Authentication.client} let in. */
export function clientOf(request: FastifyRequest): ApiClient {
  if (request.principal?.kind !== 'client') throw new Error('The route has no authentication of clients')
  return request.principal.client
}

/** The kiosk that the hook {@link Authentication.kiosk} let in. */
export function kioskOf(request: FastifyRequest): Kiosk {
  if (request.principal?.kind !== 'kiosk') throw new Error('The route has no authentication of kiosks')
  return request.principal.kiosk
}

export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Error('The route has no authentication')
  return request.principal
}

export function sendUnauthorized(reply: FastifyReply): void {
  sendProblem(reply, problem('auth/unauthorized'))
}

/** @param organizer id of the organizer that would have to grant the permission */
export function sendForbidden(reply: FastifyReply, permission: string, organizer: string): FastifyReply {
  return sendProblem(reply, problem('auth/forbidden', { detail: `${permission} is missing for organizer ${organizer}` }))
}

const BEARER = /^Bearer +([\w.~+/=-]+)$/i

function bearerOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  if (header === undefined) return undefined
  // What nearly every client sends, without a regular expression over a long token.
  if (header.startsWith('Bearer ') && !header.includes(' ', 7)) return header.slice(7)
  return BEARER.exec(header)?.[1]
}
