import type { AccountEntry } from '@zuil/core/registry/account'
import { type Account, AccountBook, noteRoleHolders } from './account-book.ts'
import type { KindPut, PutParts, PutProblem, PutStep } from './kind-put.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import { CONTENT_HASH_LENGTH, entityShelf, numberBucket, type Shelf, type WrittenEntry } from './registry-writer.ts'

interface ParsedAccount {
  readonly parsed: AccountEntry
  readonly body: unknown
}

interface Drafted {
  readonly index: number
  readonly entry: WrittenEntry
}

const EMAIL_IN_USE: PutProblem = {
  code: 'body/invalid-data',
  detail: 'Invalid body data',
  schemaErrors: [{ jsonPointer: '/email', error: 'Another account has this e-mail address.' }],
}

/** Takes in accounts: passwords as hashes, everything sealed, nothing in the journal. */
export class AccountPut implements KindPut<ParsedAccount> {
  readonly #parts: PutParts
  readonly #shelf: Shelf = entityShelf('accounts')
  readonly #book: AccountBook

  constructor(parts: PutParts) {
    this.#parts = parts
    this.#book = new AccountBook(parts.redis, parts.secrets)
  }

  nameOf = ({ parsed }: ParsedAccount): string => parsed.id

  write = async (values: readonly ParsedAccount[]): Promise<readonly PutStep[]> => {
    const { redis, secrets, writer } = this.#parts
    if (values.length === 0) return []
    const keys = values.map(({ parsed }) => secrets.accountHash(parsed.id).toString('base64url'))
    const priors = await redis.hmget(this.#shelf.values, ...keys)
    const steps: PutStep[] = values.map(() => EMAIL_IN_USE)
    const drafted: Drafted[] = []
    // Of two in one put the first has the address, although neither stands anywhere yet.
    const emails = new Set<string>()
    for (const [index, { parsed }] of values.entries()) {
      const key = keys[index] ?? ''
      if (emails.has(parsed.email) || !(await this.#noteEmail(parsed, key))) continue
      if (parsed.email !== '') emails.add(parsed.email)
      const stored = await this.#accountOf(parsed)
      const { password: _password, ...data } = parsed
      const seen = (priors[index] ?? '').slice(0, CONTENT_HASH_LENGTH)
      drafted.push({ index, entry: { key, seen, entry: { stored: JSON.stringify(stored), data }, entity: `account/${key}` } })
    }
    const withRoles = drafted.filter(({ index }) => (values[index]?.parsed.roles.length ?? 0) > 0)
    await noteRoleHolders(
      redis,
      withRoles.map(({ entry }) => entry.key),
    )
    const results = await writer.write(
      this.#shelf,
      drafted.map(({ entry }) => entry),
    )
    for (const [position, { index }] of drafted.entries()) steps[index] = results[position] ?? 'conflict'
    return steps
  }

  /** The same password keeps its hash, so that the same entry again changes nothing. One after the other: each takes 32 MB. */
  async #accountOf({ id, passholder, email, password, roles }: AccountEntry): Promise<Account> {
    if (password === '') return { id, passholder, email, passwordHash: '', roles }
    const prior = (await this.#book.byId(id))?.passwordHash ?? ''
    const passwordHash = (await isPassword(password, prior)) ? prior : await hashPassword(password)
    return { id, passholder, email, passwordHash, roles }
  }

  /** Before the entry is written: an address that leads to an account without it is not believed. False: somebody else has it. */
  async #noteEmail({ id, email }: AccountEntry, key: string): Promise<boolean> {
    if (email === '') return true
    const { redis, secrets } = this.#parts
    const name = secrets.emailHash(email).toString('base64url')
    const bucket = numberBucket('emails', name)
    if ((await redis.hsetnx(bucket, name, key)) === 1) return true
    const holder = await this.#book.byEmail(email)
    if (holder) return holder.id === id
    await redis.hset(bucket, name, key)
    return true
  }
}
