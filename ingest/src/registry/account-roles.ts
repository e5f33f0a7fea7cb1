import type { Roles } from '@zuil/core/contracts/roles'
import type { Redis } from 'ioredis'
import { LedgerError } from '../ledger/ledger-error.ts'
import { ledgerErrorOf } from '../ledger/redis-error.ts'
import type { Secrets } from '../secrets.ts'
import { decodeAccount, noteRoleHolders } from './account-book.ts'
import { CONTENT_HASH_LENGTH, entityShelf, RegistryWriter, type Shelf } from './registry-writer.ts'
import { openEntry } from './sealed-entry.ts'

/** How often an account is looked up again because somebody else changed it at the same moment. */
const ROUNDS_MAX = 5

/**
 * Changes what an account may read and nothing else of it: a put would need its password again. Written as a put writes, so the
 * registry log has it, and the same account put with these roles changes nothing.
 */
export class AccountRoles {
  readonly #redis: Redis
  readonly #secrets: Secrets
  readonly #writer: RegistryWriter
  readonly #shelf: Shelf = entityShelf('accounts')

  /** @param redis a connection for scripts; it is not closed here */
  constructor(redis: Redis, secrets: Secrets) {
    this.#redis = redis
    this.#secrets = secrets
    this.#writer = new RegistryWriter(redis, secrets)
  }

  /** `changed` may be asked more than once. False: there is no such account. @throws {LedgerError} @throws {SecretError} */
  async change(id: string, changed: (roles: Roles) => Roles): Promise<boolean> {
    const key = this.#secrets.accountHash(id).toString('base64url')
    const { kind, values } = this.#shelf
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const text = await this.#redis.hget(values, key).catch(fail)
      if (text === null) return false
      const sealed = openEntry(this.#secrets, { kind, key }, text.slice(CONTENT_HASH_LENGTH + 1))
      const { roles: prior, ...account } = decodeAccount(sealed.stored)
      const roles = changed(prior)
      if (roles.length > 0) await noteRoleHolders(this.#redis, [key]).catch(fail)
      // Members in the order of AccountPut: what is the same has to say the same. `as` holds: it seals an object.
      const entry = { ...sealed, stored: JSON.stringify({ ...account, roles }), data: { ...(sealed.data as object), roles } }
      const seen = text.slice(0, CONTENT_HASH_LENGTH)
      const [result] = await this.#writer.write(this.#shelf, [{ key, seen, entry, entity: `account/${key}` }]).catch(fail)
      if (result !== 'conflict') return true
    }
    throw new LedgerError('unavailable', 'Somebody else changes the account all the time')
  }
}

function fail(cause: unknown): never {
  throw ledgerErrorOf(cause)
}
