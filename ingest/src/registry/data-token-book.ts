import type { Roles } from '@zuil/core/contracts/roles'
import { parseDataTokenText } from '@zuil/core/registry/data-token'
import type { Redis } from 'ioredis'
import { ledgerErrorOf } from '../ledger/redis-error.ts'
import { isSameSecret, type Secrets } from '../secrets.ts'
import { CONTENT_HASH_LENGTH, entityShelf } from './registry-writer.ts'
import { openEntry } from './sealed-entry.ts'
import { scanShelf } from './shelf-scan.ts'

/** A token of the data API, as it stands sealed in the registry. */
export interface DataToken {
  readonly id: string
  /** Id of the account whose figures it reads. */
  readonly account: string
  readonly name: string
  /** Keyed hash; empty: revoked. */
  readonly secretHash: string
  /** What it reads of what the account reads; absent: all of it. */
  readonly roles?: Roles
  /** Last day in Brussels, `yyyy-mm-dd`; empty: until it is revoked. */
  readonly expiresOn: string
}

/** Tokens of the data API, read from Redis and opened when a program comes with one. */
export class DataTokenBook {
  readonly #redis: Redis
  readonly #secrets: Secrets

  constructor(redis: Redis, secrets: Secrets) {
    this.#redis = redis
    this.#secrets = secrets
  }

  /**
   * The token that this text is, when it is one, is not revoked and has not expired.
   * @param today day in Brussels, `yyyy-mm-dd` @throws {LedgerError} @throws {SecretError}
   */
  async bearing(text: string, today: string): Promise<DataToken | undefined> {
    const parts = parseDataTokenText(text)
    const token = parts && (await this.byId(parts.id))
    if (!parts || !token || token.secretHash === '') return undefined
    if (!isSameSecret(token.secretHash, this.#secrets.dataTokenHash(parts.id, parts.secret))) return undefined
    return token.expiresOn !== '' && token.expiresOn < today ? undefined : token
  }

  /** @throws {LedgerError} @throws {SecretError} */
  async byId(id: string): Promise<DataToken | undefined> {
    const { values } = entityShelf('data-tokens')
    const text = await this.#read((redis) => redis.hget(values, id))
    return text === null ? undefined : this.#opened(id, text)
  }

  /** Every token there ever was, revoked ones too. @throws {LedgerError} @throws {SecretError} */
  async all(): Promise<readonly DataToken[]> {
    const tokens = new Map<string, DataToken>()
    for await (const [id, text] of scanShelf(this.#redis, entityShelf('data-tokens'))) tokens.set(id, this.#opened(id, text))
    return [...tokens.values()]
  }

  #opened(key: string, text: string): DataToken {
    const { kind } = entityShelf('data-tokens')
    // Written by DataTokenPut only; the registry's store is the one writer of the kind.
    return JSON.parse(openEntry(this.#secrets, { kind, key }, text.slice(CONTENT_HASH_LENGTH + 1)).stored) as DataToken
  }

  async #read<T>(read: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      return await read(this.#redis)
    } catch (error) {
      throw ledgerErrorOf(error)
    }
  }
}
