import { decodeRegistryLogEntry, type RegistryLogEntry } from '@zuil/core/contracts/registry-log'
import type { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { AccountBook } from '../../src/registry/account-book.ts'
import { rebuildRegistry } from '../../src/registry/registry-rebuild.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { until } from '../until.ts'
import { openRegistry, SECRETS } from './builders.ts'

const COUNTER = { id: 'counter', name: 'Balie', secret: 'counter-secret', permissions: [] }
const OTHER = { id: 'other', name: 'Andere', secret: 'other-secret', permissions: [] }
const KIOSK = { id: 'K1', name: 'CID-1', deviceId: 'device-1', cardSystem: { id: 5 } }
const ACCOUNT = { id: 'uitid|amina', passholder: { id: 'p-1' }, email: 'amina@example.be', password: 'een wachtwoord' }

/** The registry stream of lane 0 as the hub writes it to the log. */
async function logOf(redis: Redis): Promise<RegistryLogEntry[]> {
  return (await redis.xrange('zuil:{0}:registry', '-', '+')).map(([, fields]) => {
    const [, version, , kind, , key, , ciphertext] = fields
    return decodeRegistryLogEntry(JSON.stringify({ version: Number(version), kind, key, ciphertext }))
  })
}

describe.skipIf(!hasRedis)('what was removed from the registry', () => {
  test('is gone for everybody who follows it within a second, and they are told', async () => {
    await using server = await RedisServer.start()
    await using writer = await openRegistry(server, { lanes: 2 })
    await writer.store.put('clients', [COUNTER])
    await writer.store.put('kiosks', [KIOSK])
    await using reader = await openRegistry(server, { lanes: 2 })
    const entities: string[] = []
    reader.registry.onChange((entity) => entities.push(entity))
    const version = reader.registry.version(1)
    expect(await writer.store.remove({ kind: 'clients', id: 'counter' })).toBe(true)
    expect(await writer.store.remove({ kind: 'kiosks', id: 'K1' })).toBe(true)
    await until('both are gone', () => !reader.registry.client('counter') && !reader.registry.kioskByDevice('device-1'), 1_000)
    await until('the other lane knows', () => reader.registry.version(1) === version + 2, 1_000)
    expect(new Set(entities)).toEqual(new Set(['client/counter', 'kiosk/k1']))
    await using later = await openRegistry(server, { lanes: 2 })
    expect([later.registry.client('counter'), later.registry.kioskByDevice('device-1')]).toEqual([undefined, undefined])
  })

  test('was not there the second time, and can be put again', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, registry } = opened
    await store.put('clients', [COUNTER, OTHER])
    const removals = [
      await store.remove({ kind: 'clients', id: 'counter' }),
      await store.remove({ kind: 'clients', id: 'counter' }),
    ]
    await registry.refresh(0)
    expect({ removals, version: registry.version(0), other: registry.client('other')?.id }).toEqual({
      removals: [true, false],
      version: 3,
      other: 'other',
    })
    expect(await store.put('clients', [COUNTER])).toEqual([{ index: 0, ok: true, changed: true }])
    await registry.refresh(0)
    expect(registry.verifyClientSecret('counter', 'counter-secret')).toBe(true)
  })

  test('stays away when the registry is built again from its log, and what was put afterwards is there', async () => {
    await using server = await RedisServer.start()
    let log: RegistryLogEntry[] = []
    {
      await using opened = await openRegistry(server)
      const { store } = opened
      await store.put('clients', [COUNTER, OTHER])
      await store.put('accounts', [ACCOUNT])
      await store.put('kiosks', [KIOSK])
      for (const id of ['counter', 'other']) await store.remove({ kind: 'clients', id })
      await store.remove({ kind: 'accounts', id: ACCOUNT.id })
      await store.remove({ kind: 'kiosks', id: KIOSK.id })
      await store.put('clients', [OTHER])
      log = await logOf(opened.redis)
      await opened.redis.flushall()
    }
    await rebuildRegistry({
      redis: server.connect(),
      lanes: 1,
      secrets: SECRETS,
      async *log() {
        yield* log
      },
    })
    await using rebuilt = await openRegistry(server)
    const { registry, redis } = rebuilt
    expect(registry.clients().map(({ id }) => id)).toEqual(['other'])
    expect(registry.kioskByDevice('device-1')).toBeUndefined()
    expect(await new AccountBook(redis, SECRETS).byId(ACCOUNT.id)).toBeUndefined()
    expect(registry.version(0)).toBe(9)
  })

  test('an account that was removed leaves its address to another', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    await opened.store.put('accounts', [ACCOUNT])
    await opened.store.remove({ kind: 'accounts', id: ACCOUNT.id })
    const again = { ...ACCOUNT, id: 'uitid|another' }
    expect(await opened.store.put('accounts', [again])).toEqual([{ index: 0, ok: true, changed: true }])
    const book = new AccountBook(opened.redis, SECRETS)
    expect((await book.byEmail(ACCOUNT.email))?.id).toBe('uitid|another')
  })
})
