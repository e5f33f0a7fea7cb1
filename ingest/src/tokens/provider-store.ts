import { tokenKey } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { type Adapter, errors } from 'oidc-provider'
import type { Secrets } from '../secrets.ts'

/**
 * What the provider keeps while somebody signs in: the sign-in under way, the code that comes of it and what it is good
 * for. Everything else is a token that is complete in itself. Sessions are not kept at all: on a shared computer nobody
 * stays signed in.
 */
export const KEPT_MODELS: ReadonlySet<string> = new Set(['Interaction', 'AuthorizationCode', 'Grant'])

export interface ProviderStoreOptions {
  /** A connection with a `commandTimeout`; the store does not close it. */
  readonly redis: Redis
  readonly secrets: Secrets
}

/** One model of the provider in Redis, where every ingest process finds it: sealed, under a keyed hash of its id. */
export class ProviderStore implements Adapter {
  readonly #model: string
  readonly #options: ProviderStoreOptions

  constructor(model: string, options: ProviderStoreOptions) {
    this.#model = model
    this.#options = options
  }

  async find(id: string): Promise<object | undefined> {
    const key = this.#keyOf(id)
    const [text, consumed] = await this.#options.redis.mget(key, usedKey(key))
    if (text === null || text === undefined) return undefined
    // Sealed by upsert, of an object.
    const payload = JSON.parse(this.#options.secrets.open(Buffer.from(text, 'base64'), key)) as object
    return consumed === null ? payload : { ...payload, consumed: true }
  }

  /** @param expiresIn seconds */
  async upsert(id: string, payload: object, expiresIn: number): Promise<void> {
    const key = this.#keyOf(id)
    const text = this.#options.secrets.seal(JSON.stringify(payload), key).toString('base64')
    await this.#options.redis.set(key, text, 'EX', expiresIn)
  }

  async destroy(id: string): Promise<void> {
    await this.#options.redis.del(this.#keyOf(id))
  }

  /** Of two requests with one code at the same moment, one gets a token. @throws {errors.InvalidGrant} */
  async consume(id: string): Promise<void> {
    const key = this.#keyOf(id)
    const seconds = Math.max(1, await this.#options.redis.ttl(key))
    const first = await this.#options.redis.set(usedKey(key), '1', 'EX', seconds, 'NX')
    if (first === null) throw new errors.InvalidGrant('authorization code already consumed')
  }

  /** Access tokens are complete in themselves, so there is nothing that could be taken back. */
  async revokeByGrantId(): Promise<void> {}

  async findByUid(): Promise<undefined> {}

  async findByUserCode(): Promise<undefined> {}

  #keyOf(id: string): string {
    return tokenKey(this.#model, this.#options.secrets.requestHash(this.#model, id))
  }
}

function usedKey(key: string): string {
  return `${key}:used`
}
