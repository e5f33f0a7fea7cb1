import { decodeRegistryLogEntry, type RegistryLogEntry } from '@zuil/core/contracts/registry-log'
import type { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { AccountBook } from '../../src/registry/account-book.ts'
import { AccountRoles } from '../../src/registry/account-roles.ts'
import { hashPassword, isPassword } from '../../src/registry/password-hash.ts'
import { rebuildRegistry } from '../../src/registry/registry-rebuild.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { openRegistry, SECRETS } from './builders.ts'

const AMINA = { id: 'uitid|amina', passholder: { id: 'p-1' }, email: 'amina@example.be', password: 'een wachtwoord' }
const BRAM = { id: 'uitid|bram', passholder: { id: 'p-2' }, email: 'bram@example.be', password: 'een wachtwoord' }

/** The registry stream as the hub writes it to the log. */
async function* logOf(redis: Redis): AsyncIterable<RegistryLogEntry> {
  for (const [, fields] of await redis.xrange('zuil:{0}:registry', '-', '+')) {
    const entry: Record<string, string> = {}
    for (let i = 0; i < fields.length; i += 2) entry[fields[i] ?? ''] = fields[i + 1] ?? ''
    yield decodeRegistryLogEntry(JSON.stringify({ ...entry, version: Number(entry.version) }))
  }
}

describe.skipIf(!hasRedis)('accounts', () => {
  test('are found by id and by address, with the password as a hash, and nothing of them is readable', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const book = new AccountBook(opened.redis, SECRETS)
    expect(await opened.store.put('accounts', [AMINA, BRAM])).toMatchObject([
      { ok: true, changed: true },
      { ok: true, changed: true },
    ])
    const account = await book.byId(AMINA.id)
    expect(account).toMatchObject({ id: AMINA.id, passholder: 'p-1', email: AMINA.email })
    expect(await isPassword(AMINA.password, account?.passwordHash ?? '')).toBe(true)
    expect((await book.byId(BRAM.id))?.passwordHash).not.toBe(account?.passwordHash)
    expect(await book.byEmail(AMINA.email)).toEqual(account)
    expect([await book.byId('nobody'), await book.byEmail('nobody@example.be')]).toEqual([undefined, undefined])
    const everything = []
    for (const key of await opened.redis.keys('*')) {
      const type = await opened.redis.type(key)
      everything.push(
        key,
        type === 'hash' ? await opened.redis.hgetall(key) : type === 'stream' ? await opened.redis.xrange(key, '-', '+') : '',
      )
    }
    const text = JSON.stringify(everything)
    expect(text).toContain('accounts')
    for (const secret of [AMINA.id, 'p-1', AMINA.email, AMINA.password, 'scrypt']) expect(text).not.toContain(secret)
  })

  test('that are put again change nothing; a new password, address or passholder does', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const book = new AccountBook(opened.redis, SECRETS)
    const put = async (entry: object) => (await opened.store.put('accounts', [entry]))[0]
    await put(AMINA)
    const first = await book.byId(AMINA.id)
    expect(await put(AMINA)).toMatchObject({ ok: true, changed: false })
    expect(await book.byId(AMINA.id)).toEqual(first)
    expect(await put({ ...AMINA, password: 'een nieuw wachtwoord' })).toMatchObject({ ok: true, changed: true })
    expect(await isPassword(AMINA.password, (await book.byId(AMINA.id))?.passwordHash ?? '')).toBe(false)
    expect(await put({ ...AMINA, email: 'nieuw@example.be' })).toMatchObject({ ok: true, changed: true })
    expect([await book.byEmail(AMINA.email), (await book.byEmail('nieuw@example.be'))?.id]).toEqual([undefined, AMINA.id])
    const roles = [{ role: 'municipality', nis: 44021 }]
    expect(await put({ ...AMINA, email: 'nieuw@example.be', roles })).toMatchObject({ ok: true, changed: true })
    expect((await book.byId(AMINA.id))?.roles).toEqual(roles)
    expect(await put({ id: AMINA.id })).toMatchObject({ ok: true, changed: true })
    expect(await book.byId(AMINA.id)).toEqual({ id: AMINA.id, passholder: '', email: '', passwordHash: '', roles: [] })
    expect(await book.byEmail('nieuw@example.be')).toBeUndefined()
  })

  test('never share an address; one that is given up is free again', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const book = new AccountBook(opened.redis, SECRETS)
    const taken = { ...BRAM, email: 'AMINA@example.be' }
    expect(await opened.store.put('accounts', [AMINA, taken])).toMatchObject([
      { ok: true },
      { ok: false, problem: { code: 'body/invalid-data', schemaErrors: [{ jsonPointer: '/email' }] } },
    ])
    expect(await book.byId(BRAM.id)).toBeUndefined()
    await opened.store.put('accounts', [{ id: AMINA.id }])
    expect(await opened.store.put('accounts', [taken])).toMatchObject([{ ok: true }])
    expect((await book.byEmail(AMINA.email))?.id).toBe(BRAM.id)
  })

  test('get other roles and keep everything else, as if they had been put with them', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const [book, accounts] = [new AccountBook(opened.redis, SECRETS), new AccountRoles(opened.redis, SECRETS)]
    await opened.store.put('accounts', [AMINA, BRAM])
    const before = await book.byId(AMINA.id)
    // At the same moment: each sees what the others wrote before it writes.
    const given = [44021, 44043, 71022].map((nis) => ({ role: 'municipality', nis }) as const)
    const answers = given.map((role) => accounts.change(AMINA.id, (roles) => [...roles, role]))
    expect(await Promise.all(answers)).toEqual([true, true, true])
    expect((await book.byId(AMINA.id))?.roles.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual(
      given,
    )
    const roles = [{ role: 'publiq' } as const]
    expect(await accounts.change(AMINA.id, () => roles)).toBe(true)
    expect(await accounts.change('nobody', () => roles)).toBe(false)
    expect(await book.withRoles()).toEqual([{ ...before, roles }])
    // From what is noted by now, which may say too much and never too little.
    await opened.store.put('accounts', [{ id: 'auditor', roles: [{ role: 'auditor' }] }, { id: BRAM.id }])
    expect((await book.withRoles()).map(({ id }) => id).toSorted()).toEqual(['auditor', AMINA.id])
    await opened.store.remove({ kind: 'accounts', id: 'auditor' })
    expect(await accounts.change(BRAM.id, () => roles)).toBe(true)
    expect(await accounts.change(BRAM.id, () => [])).toBe(true)
    expect((await book.withRoles()).map(({ id }) => id)).toEqual([AMINA.id])
    expect(await opened.store.put('accounts', [{ ...AMINA, roles }])).toMatchObject([{ ok: true, changed: false }])
    const kinds = []
    for await (const { kind } of logOf(opened.redis)) kinds.push(kind)
    expect(kinds).toEqual(Array.from({ length: 11 }, () => 'accounts'))
  })

  test('come back from the registry log', async () => {
    await using server = await RedisServer.start()
    const entries: RegistryLogEntry[] = []
    {
      await using opened = await openRegistry(server)
      await opened.store.put('accounts', [AMINA, { ...BRAM, roles: [{ role: 'auditor' }] }])
      for await (const entry of logOf(opened.redis)) entries.push(entry)
      await opened.redis.flushall()
    }
    const redis = server.connect()
    const log = async function* (): AsyncIterable<RegistryLogEntry> {
      yield* entries
    }
    await rebuildRegistry({ redis, lanes: 1, secrets: SECRETS, log })
    const book = new AccountBook(redis, SECRETS)
    expect([(await book.byEmail(BRAM.email))?.passholder, (await book.byId(AMINA.id))?.passholder]).toEqual(['p-2', 'p-1'])
    expect((await book.withRoles()).map(({ id }) => id)).toEqual([BRAM.id])
  })

  test('are not kept in memory by who follows the registry', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const seen: string[] = []
    opened.registry.onChange((entity) => seen.push(entity))
    await opened.store.put('accounts', [AMINA])
    await opened.registry.refresh(0)
    expect(seen).toEqual([expect.stringMatching(/^account\/[\w-]{22}$/)])
    await using again = await openRegistry(server)
    expect(again.registry.version(0)).toBe(1)
  })
})

describe('a password hash', () => {
  test('is different each time, and no other text opens it', async () => {
    const [one, two] = [await hashPassword('geheim'), await hashPassword('geheim')]
    expect(one).not.toBe(two)
    expect(await isPassword('geheim', one)).toBe(true)
    expect(await isPassword('Geheim', one)).toBe(false)
    for (const text of ['', 'geheim', one.replace('scrypt', 'plain'), `${one}x`, one.slice(0, -1)]) {
      expect(await isPassword('geheim', text)).toBe(false)
    }
  })
})
