import { problem, type RequestKey } from '@zuil/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { principalOf } from '../plugins/authentication.ts'
import { sendProblem } from '../plugins/problems.ts'
import type { Secrets } from '../secrets.ts'
import { IDEMPOTENCY_KEY_PATTERN, RequestKeys } from './request-key.ts'

const IDEMPOTENCY_KEY = new RegExp(IDEMPOTENCY_KEY_PATTERN)

export interface Keyed {
  readonly secrets: Secrets
  /** E.g. `POST /checkins`. */
  readonly operation: string
  /** What the request says. */
  readonly body: readonly string[]
}

/**
 * The request key of a request with `Idempotency-Key`; undefined without one. A key that is none is answered here, and
 * the result is `answered`.
 */
export function keyOfRequest(request: FastifyRequest, reply: FastifyReply, keyed: Keyed): RequestKey | undefined | 'answered' {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) {
    sendProblem(reply, problem('header/invalid', { detail: 'Idempotency-Key has 1 to 255 visible ASCII characters' }))
    return 'answered'
  }
  const { secrets, operation, body } = keyed
  return new RequestKeys(secrets, { principal: principalOf(request), operation }).of(key, body)
}
