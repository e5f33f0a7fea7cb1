import type { Roles } from '@zuil/core/contracts/roles'
import type { Redis } from 'ioredis'
import { ledgerErrorOf } from '../ledger/redis-error.ts'
import type { Secrets } from '../secrets.ts'
import { CONTENT_HASH_LENGTH, entityShelf, numberBucket } from './registry-writer.ts'
import { openEntry } from './sealed-entry.ts'

/** What somebody signs in with, as it stands sealed in the registry. */
export interface Account {
  readonly id: string
  /** Id of the passholder; empty: the account leads to nobody. */
  readonly passholder: string
  /** Empty: nobody signs in with it at the built-in issuer. */
  readonly email: string
  readonly passwordHash: string
  /** What it may read of the figures. */
  readonly roles: Roles
}

/** @throws {SyntaxError} when the text is none */
export function decodeAccount(stored: string): Account {
  // Written by AccountPut only; the registry's store is the one writer of the kind. Accounts once had no roles.
  const { roles = [], ...account } = JSON.parse(stored) as Omit<Account, 'roles'> & Partial<Account>
  return { ...account, roles }
}

/** Accounts, read from Redis and opened when somebody comes with one; nothing of them is kept in memory. */
export class AccountBook {
  readonly #redis: Redis
  readonly #secrets: Secrets

  constructor(redis: Redis, secrets: Secrets) {
    this.#redis = redis
    this.#secrets = secrets
  }

  /** @throws {LedgerError} @throws {SecretError} */
  async byId(id: string): Promise<Account | undefined> {
    return await this.#at(this.#secrets.accountHash(id).toString('base64url'))
  }

  /** Only what the account itself says counts. @param email in lower case @throws {LedgerError} @throws {SecretError} */
  async byEmail(email: string): Promise<Account | undefined> {
    const name = this.#secrets.emailHash(email).toString('base64url')
    const key = await this.#read((redis) => redis.hget(numberBucket('emails', name), name))
    const account = key === null ? undefined : await this.#at(key)
    return account?.email === email ? account : undefined
  }

  async #at(key: string): Promise<Account | undefined> {
    const { kind, values } = entityShelf('accounts')
    const text = await this.#read((redis) => redis.hget(values, key))
    return text === null
      ? undefined
      : decodeAccount(openEntry(this.#secrets, { kind, key }, text.slice(CONTENT_HASH_LENGTH + 1)).stored)
  }

  async #read<T>(read: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      return await read(this.#redis)
    } catch (error) {
      throw ledgerErrorOf(error)
    }
  }
}
