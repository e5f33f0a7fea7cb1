import type { RequestKey } from '@zuil/core'
import { type Principal, principalKey } from '../principal.ts'
import type { Secrets } from '../secrets.ts'

/** Visible ASCII: what every HTTP library can send, and no two texts that only look the same. */
export const IDEMPOTENCY_KEY_PATTERN = '^[\\x21-\\x7e]{1,255}$'

/** Characters of base64url kept of a fingerprint: 66 bits tell two requests of one key apart. */
const FINGERPRINT_CHARACTERS = 11

export interface KeyedRequest {
  readonly principal: Principal
  /** `Idempotency-Key` of a request, or the nonce of a line in a batch. */
  readonly key: string
  /** Keeps keys of different operations apart, e.g. `POST /checkins`. */
  readonly operation: string
  /** What the request says; members that are ignored are not part of it. */
  readonly body: readonly (string | undefined)[]
}

/** Key and fingerprint under which an answer is kept. Neither can be led back to the request without the secret. */
export function requestKey(secrets: Secrets, { principal, key, operation, body }: KeyedRequest): RequestKey {
  const scope = principalKey(principal)
  return {
    id: secrets.idempotencyHash(`id\0${scope}\0${key}`),
    fingerprint: secrets.idempotencyHash(`body\0${textOf([operation, scope, ...body])}`).slice(0, FINGERPRINT_CHARACTERS),
  }
}

/** Each text with its length before it: no two lists make the same text. */
function textOf(parts: readonly (string | undefined)[]): string {
  let text = ''
  for (const part of parts) text += part === undefined ? '-' : `${part.length}:${part}`
  return text
}
