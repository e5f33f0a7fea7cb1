import type { RequestKey } from '@zuil/core'
import { type Principal, principalKey } from '../principal.ts'
import type { Secrets } from '../secrets.ts'
import { TextWriter } from '../text-writer.ts'

/** Visible ASCII: what every HTTP library can send, and no two texts that only look the same. */
export const IDEMPOTENCY_KEY_PATTERN = '^[\\x21-\\x7e]{1,255}$'

/** Characters of base64url kept of a fingerprint: 66 bits tell two requests of one key apart. */
const FINGERPRINT_CHARACTERS = 11

/** Bytes that stand ready for what is hashed; a longer request makes them more. */
const TEXT_BYTES = 256

export interface KeyedOperation {
  readonly principal: Principal
  /** Keeps keys of different operations apart, e.g. `POST /checkins`. */
  readonly operation: string
  /** What stands before each key, where keys of another kind could be the same. */
  readonly prefix?: string
}

/**
 * Keys and fingerprints of one caller's requests, under which their answers are kept. Neither can be led back to the request without
 * the secret.
 */
export class RequestKeys {
  readonly #secrets: Secrets
  readonly #idText = new TextWriter(TEXT_BYTES)
  readonly #bodyText = new TextWriter(TEXT_BYTES)
  /** What all requests of the caller begin with. */
  readonly #idStart: number
  readonly #bodyStart: number

  constructor(secrets: Secrets, { principal, operation, prefix = '' }: KeyedOperation) {
    this.#secrets = secrets
    const scope = principalKey(principal)
    this.#idText.text(`id\0${scope}\0${prefix}`)
    this.#idStart = this.#idText.length
    this.#bodyText.text('body\0')
    for (const part of [operation, scope]) writePart(this.#bodyText, part)
    this.#bodyStart = this.#bodyText.length
  }

  /**
   * @param key `Idempotency-Key` of a request, or the nonce of a line in a batch
   * @param body what the request says; members that are ignored are not part of it
   */
  of(key: string, body: readonly (string | undefined)[]): RequestKey {
    this.#idText.truncate(this.#idStart)
    this.#idText.text(key)
    this.#bodyText.truncate(this.#bodyStart)
    for (const part of body) writePart(this.#bodyText, part)
    return {
      id: this.#secrets.idempotencyHash(this.#idText),
      fingerprint: this.#secrets.idempotencyHash(this.#bodyText).slice(0, FINGERPRINT_CHARACTERS),
    }
  }
}

/** A text with its length before it: no two lists make the same text. */
function writePart(to: TextWriter, part: string | undefined): void {
  if (part === undefined) {
    to.text('-')
    return
  }
  to.integer(part.length)
  to.text(':')
  to.text(part)
}
