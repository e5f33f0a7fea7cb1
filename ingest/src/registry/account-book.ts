import { ROLE_HOLDERS_KEY } from '@zuil/core/contracts/redis-keys'
import type { Roles } from '@zuil/core/contracts/roles'
import type { Redis } from 'ioredis'
import { ledgerErrorOf } from '../ledger/redis-error.ts'
import type { Secrets } from '../secrets.ts'
import { CONTENT_HASH_LENGTH, entityShelf, numberBucket } from './registry-writer.ts'
import { openEntry } from './sealed-entry.ts'
import { scanShelf } from './shelf-scan.ts'

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
  // Written by AccountPut and AccountRoles only. Accounts once had no roles.
  const { roles = [], ...account } = JSON.parse(stored) as Omit<Account, 'roles'> & Partial<Account>
  return { ...account, roles }
}

/** Member of the set that says that it has every account with a role. */
const WHOLE = ''

/** Before accounts are written with roles: one that is noted and has none is not believed. Rejects with what Redis rejects. */
export async function noteRoleHolders(redis: Redis, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await redis.sadd(ROLE_HOLDERS_KEY, ...keys)
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

  /** Those that read figures. @throws {LedgerError} @throws {SecretError} */
  async withRoles(): Promise<readonly Account[]> {
    const isWhole = await this.#read((redis) => redis.sismember(ROLE_HOLDERS_KEY, WHOLE))
    return isWhole === 1 ? await this.#noted() : await this.#looked()
  }

  async #noted(): Promise<readonly Account[]> {
    const keys = await this.#read((redis) => redis.smembers(ROLE_HOLDERS_KEY))
    const { values } = entityShelf('accounts')
    const texts = await this.#read((redis) => redis.hmget(values, ...keys))
    const accounts = keys.flatMap((key, index) => {
      const text = texts[index] ?? null
      return text === null ? [] : this.#opened(key, text)
    })
    return accounts.filter(({ roles }) => roles.length > 0)
  }

  /** Every account, once: after a rebuild, or when they were put by a version that did not note who has a role. */
  async #looked(): Promise<readonly Account[]> {
    const found = new Map<string, Account>()
    for await (const [key, text] of scanShelf(this.#redis, entityShelf('accounts'))) {
      const account = this.#opened(key, text)
      if (account.roles.length > 0) found.set(key, account)
    }
    await this.#read((redis) => redis.sadd(ROLE_HOLDERS_KEY, WHOLE, ...found.keys()))
    return [...found.values()]
  }

  async #at(key: string): Promise<Account | undefined> {
    const { values } = entityShelf('accounts')
    const text = await this.#read((redis) => redis.hget(values, key))
    return text === null ? undefined : this.#opened(key, text)
  }

  #opened(key: string, text: string): Account {
    const { kind } = entityShelf('accounts')
    return decodeAccount(openEntry(this.#secrets, { kind, key }, text.slice(CONTENT_HASH_LENGTH + 1)).stored)
  }

  async #read<T>(read: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      return await read(this.#redis)
    } catch (error) {
      throw ledgerErrorOf(error)
    }
  }
}
