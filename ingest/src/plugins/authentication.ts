import { type ApiClient, type Kiosk, problem, RateLimiter } from '@zuil/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Principal, TokenPrincipal } from '../principal.ts'
import { isSameSecret } from '../secrets.ts'
import type { Services } from '../services.ts'
import type { TokenSubject } from '../tokens/token-verifier.ts'
import { sendProblem, sendRateLimited } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication hook of the route. */
    principal: Principal | undefined
  }
}

export type Hook = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void

export interface Authentication {
  /** `Authorization: Bearer` with an access token of a client that the registry knows, for itself: a person gets 403. */
  readonly client: Hook
  /** `Authorization: Bearer` with an access token of a person, made for a client that the registry knows: a client gets 403. */
  readonly person: Hook
  /** Either of the two. */
  readonly clientOrPerson: Hook
  /** `x-custom-token` with the device id of a kiosk; bounded in rate for each kiosk. */
  readonly kiosk: Hook
  /** A client or a kiosk. */
  readonly clientOrKiosk: Hook
  /** `Authorization: Bearer` with the operator's token. */
  readonly operator: Hook
}

export function authentication(app: FastifyInstance, services: Services): Authentication {
  app.decorateRequest('principal', undefined)
  const kioskLimiter = new RateLimiter(services.limits.kiosk, services.now)
  const operatorToken = services.secrets.token('operator')

  const bearer = (mayBe: TokenPrincipal['kind'] | 'any'): Hook => {
    const admit = (subject: TokenSubject, { request, reply, done }: Exchange): void => {
      const principal = principalOfToken(subject, services)
      if (!principal) {
        sendUnauthorized(reply)
        return
      }
      if (mayBe !== 'any' && principal.kind !== mayBe) {
        sendProblem(reply, problem('auth/forbidden', { detail: `This call needs the access token of a ${mayBe}` }))
        return
      }
      request.principal = principal
      done()
    }
    return (request, reply, done) => {
      const token = bearerOf(request)
      if (token === undefined) return sendUnauthorized(reply)
      const known = services.tokens.recall(token)
      if (known !== undefined) return admit(known, { request, reply, done })
      services.tokens.verify(token).then(
        (verified) => (verified === undefined ? sendUnauthorized(reply) : admit(verified, { request, reply, done })),
        (error: unknown) => reply.send(error),
      )
    }
  }
  const client = bearer('client')
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
    person: bearer('person'),
    clientOrPerson: bearer('any'),
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

function principalOfToken({ client: id, person }: TokenSubject, { registry }: Services): TokenPrincipal | undefined {
  const client = registry.client(id)
  if (!client) return undefined
  return person ? { kind: 'person', client, person } : { kind: 'client', client }
}

/** Who the hook {@link Authentication.clientOrPerson} or one of its parts let in. */
export function bearerPrincipalOf(request: FastifyRequest): TokenPrincipal {
  const { principal } = request
  if (principal?.kind !== 'client' && principal?.kind !== 'person') throw new Error('The route has no authentication by token')
  return principal
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
