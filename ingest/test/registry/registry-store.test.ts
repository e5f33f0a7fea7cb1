import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { describe, expect, test } from 'vitest'
import { PUT_ITEMS_MAX } from '../../src/registry/registry-store.ts'
import { contentHash, entityShelf, RegistryWriter } from '../../src/registry/registry-writer.ts'
import { journalOf } from '../journal.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { AMINA, aPassholder, EVENT, GHENT, ORGANIZER, openRegistry, passholders, SECRETS } from './builders.ts'

const KEYS = laneKeys(0)

describe.skipIf(!hasRedis)('putting the registry', () => {
  test('takes 500 passholders but the one that is wrong, and says where it is wrong', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, redis, registry } = opened
    const bodies: unknown[] = passholders(PUT_ITEMS_MAX)
    bodies[137] = { ...aPassholder(), dateOfBirth: 'yesterday' }
    const results = await store.put('passholders', bodies)
    expect(results.filter(({ ok }) => ok)).toHaveLength(PUT_ITEMS_MAX - 1)
    expect(results[137]).toMatchObject({
      index: 137,
      ok: false,
      problem: { code: 'body/invalid-data', schemaErrors: [{ jsonPointer: '/dateOfBirth' }] },
    })
    expect([await redis.hlen(KEYS.holders), await redis.hlen(KEYS.identities)]).toEqual([PUT_ITEMS_MAX - 1, PUT_ITEMS_MAX - 1])
    await registry.refresh(0)
    expect(registry.holders).toBe(PUT_ITEMS_MAX - 1)
  })

  test('refuses more than it takes at once', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    await expect(opened.store.put('passholders', new Array(PUT_ITEMS_MAX + 1).fill({}))).rejects.toThrow(RangeError)
  })

  test('recognises what is there already: no version, no journal entry', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, redis } = opened
    const bodies = { municipalities: [GHENT], organizers: [ORGANIZER], events: [EVENT], passholders: [aPassholder()] } as const
    const put = async () => {
      const results = []
      for (const kind of ['municipalities', 'organizers', 'events', 'passholders'] as const)
        results.push(...(await store.put(kind, bodies[kind])))
      return results.map((result) => result.ok && result.changed)
    }
    expect(await put()).toEqual([true, true, true, true])
    const before = [await redis.get(KEYS.registryVersion), (await journalOf(redis)).length, await redis.xlen(KEYS.registry)]
    expect(await put()).toEqual([false, false, false, false])
    expect([await redis.get(KEYS.registryVersion), await redis.xlen(KEYS.journal), await redis.xlen(KEYS.registry)]).toEqual(
      before,
    )
    expect(before).toEqual(['4', 4, 4])
  })

  test('tells nobody who somebody is: not in the journal, not in any value or key of Redis', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, redis } = opened
    await store.put('passholders', [aPassholder()])
    await store.put('cards', [
      { uitpasNumber: '0900000074519', chipNumber: '044AC54A8E6180', status: 'LOCAL_STOCK', cardSystem: { id: 5 } },
    ])
    await store.put('clients', [{ id: 'sample-client', name: 'Sample', secret: 'sample-secret', permissions: [] }])
    await store.put('kiosks', [
      { id: 'k1', name: 'CID-1', deviceId: '516761df-0237-44ea-88f1-9d8b00dd836e', cardSystem: { id: 5 } },
    ])
    const all: string[] = []
    for (const key of await redis.keys('*')) {
      const dump = await redis.dumpBuffer(key)
      all.push(key, dump?.toString('latin1') ?? '')
      if ((await redis.type(key)) === 'hash') all.push(JSON.stringify(await redis.hgetall(key)))
      if ((await redis.type(key)) === 'stream') all.push(JSON.stringify(await redis.xrange(key, '-', '+')))
    }
    const told = all.join('\n').toLowerCase()
    const secrets = [AMINA, 'amina', 'idrissi', '1987-05-12', '87051213311', 'veldstraat', '0900000095902', '04784cdaee3880']
    secrets.push('0900000074519', '044ac54a8e6180', 'sample-secret', '516761df')
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([])
    expect(told).toContain('"birthyear\\":1987')
  })

  test('gives the same dense numbers again, and new ones to new names', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, registry } = opened
    await Promise.all([
      store.put('passholders', passholders(50)),
      store.put('passholders', passholders(50)),
      store.put('passholders', passholders(50, 25)),
    ])
    await store.put('passholders', [
      { ...aPassholder({ id: 'holder-0000000003', uitpasNumber: '0900000000003' }), name: 'Changed' },
    ])
    await registry.refresh(0)
    const numbers = await Promise.all(passholders(75).map(({ id }) => registry.holderNumberOf(id)))
    expect(numbers.toSorted((a = 0, b = 0) => a - b)).toEqual(Array.from({ length: 75 }, (_, index) => index + 1))
  })

  test('leaves a card with its holder when somebody else claims it, and then takes nothing of the claim', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, registry } = opened
    const claim = {
      ...aPassholder({ id: 'other' }),
      cards: [{ uitpasNumber: '0900000031618', status: 'BLOCKED', cardSystem: { id: 5 } }],
    }
    const results = await store.put('passholders', [
      aPassholder(),
      claim,
      aPassholder({ id: 'third', uitpasNumber: '0900000031618' }),
    ])
    expect(results).toMatchObject([{ ok: true }, { ok: false, problem: { code: 'card-in-use' } }, { ok: true }])
    expect(
      await store.put('cards', [{ uitpasNumber: '0900000095902', status: 'LOCAL_STOCK', cardSystem: { id: 5 } }]),
    ).toMatchObject([{ ok: false, problem: { code: 'card-in-use' } }])
    await registry.refresh(0)
    expect(registry.byUitpasNumber('0900000095902')?.holder?.number).toBe(await registry.holderNumberOf(AMINA))
    expect(await registry.holderNumberOf('other')).toBeUndefined()
  })

  test('gives a card from stock to the first holder who has it', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, registry } = opened
    await store.put('cards', [
      { uitpasNumber: '0900000095902', chipNumber: '04784CDAEE3880', status: 'LOCAL_STOCK', cardSystem: { id: 5 } },
    ])
    await registry.refresh(0)
    expect(registry.byChip('04784cdaee3880')).toEqual({ card: { number: 1, holder: 0, cardSystem: 5, status: 'LOCAL_STOCK' } })
    await store.put('passholders', [aPassholder()])
    await registry.refresh(0)
    expect(registry.byChip('04784cdaee3880')).toMatchObject({
      card: { number: 1, holder: 1, status: 'ACTIVE' },
      holder: { number: 1 },
    })
  })

  test('keeps the number of a replaced card, but nobody can use it any more', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, registry } = opened
    await store.put('passholders', [aPassholder()])
    await store.put('passholders', [aPassholder({ uitpasNumber: '0900000067513', chipNumber: '04363CDAEE3880' })])
    await store.put('passholders', [
      aPassholder({ uitpasNumber: '0900000067513', chipNumber: '04363CDAEE3880', firstName: 'A.' }),
    ])
    await registry.refresh(0)
    expect(registry.byUitpasNumber('0900000095902')?.card).toEqual({ number: 1, holder: 1, cardSystem: 5, status: 'DELETED' })
    expect(registry.byUitpasNumber('0900000067513')?.card).toEqual({ number: 2, holder: 1, cardSystem: 5, status: 'ACTIVE' })
    expect((await registry.identity(1))?.cards.map(({ number, uitpasNumber }) => [number, uitpasNumber])).toEqual([
      [2, '0900000067513'],
      [1, '0900000095902'],
    ])
  })

  test('writes an entry that comes twice in one put in the order it came', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, registry } = opened
    const results = await store.put('passholders', [aPassholder(), aPassholder(), aPassholder({ firstName: 'Last' })])
    expect(results.map((result) => result.ok && result.changed)).toEqual([true, false, true])
    expect((await registry.identity(1))?.firstName).toBe('Last')
  })

  test('keeps the secret of a client that is put without one, as a keyed hash', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, registry } = opened
    await store.put('clients', [{ id: 'sample-client', name: 'Sample', secret: 'sample-secret', permissions: [] }])
    await store.put('clients', [{ id: 'sample-client', name: 'Renamed', permissions: [] }])
    await registry.refresh(0)
    expect(registry.client('sample-client')?.name).toBe('Renamed')
    const attempts = [
      ['sample-client', 'sample-secret'],
      ['sample-client', 'Sample-secret'],
      ['sample-client', ''],
      ['nobody', 'sample-secret'],
    ] as const
    expect(attempts.map(([id, secret]) => registry.verifyClientSecret(id, secret))).toEqual([true, false, false, false])
  })

  test('changes the version of every lane when an event changes', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server, { lanes: 3 })
    const { store, redis, registry } = opened
    await store.put('events', [EVENT])
    await store.put('passholders', passholders(3))
    const scores = await Promise.all([0, 1, 2].map((lane) => redis.zscore(laneKeys(lane).changed, 'event/1')))
    expect(scores).toEqual(['1', '1', '1'])
    await Promise.all([0, 1, 2].map((lane) => registry.refresh(lane)))
    expect([0, 1, 2].map((lane) => registry.version(lane))).toEqual([2, 2, 2])
    expect(await Promise.all([1, 2, 3].map((lane) => redis.xlen(laneKeys(lane % 3).registry)))).toEqual([2, 2, 2])
  })

  test('writes nothing without memory, and the same put succeeds later', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, redis } = opened
    await store.put('municipalities', [GHENT])
    await redis.config('SET', 'maxmemory', '1')
    await expect(store.put('municipalities', [{ ...GHENT, name: 'Gand' }])).rejects.toMatchObject({ code: 'unavailable' })
    await expect(store.put('passholders', [aPassholder()])).rejects.toMatchObject({ code: 'unavailable' })
    await redis.config('SET', 'maxmemory', '0')
    expect([await redis.get(KEYS.registryVersion), await redis.xlen(KEYS.journal), await redis.hlen(KEYS.holders)]).toEqual([
      '1',
      1,
      0,
    ])
    expect(await store.put('passholders', [aPassholder()])).toEqual([{ index: 0, ok: true, changed: true }])
  })

  test('does not write over what somebody else wrote since it was read', async () => {
    await using server = await RedisServer.start()
    const writer = new RegistryWriter(server.connect(), SECRETS)
    const shelf = entityShelf('organizers')
    const written = (stored: string, seen: string) =>
      writer.write(shelf, [{ key: 'o', seen, entry: { stored, data: {} }, entity: 'organizer/o' }])
    expect(await written('1', '')).toEqual(['written'])
    const seen = contentHash(SECRETS, { stored: '1', data: {} })
    expect(await written('2', seen)).toEqual(['written'])
    expect([await written('3', seen), await written('3', ''), await written('2', '')]).toEqual([
      ['conflict'],
      ['conflict'],
      ['unchanged'],
    ])
  })

  test('takes all of two puts of the same entries at the same time', async () => {
    await using server = await RedisServer.start()
    await using one = await openRegistry(server)
    await using other = await openRegistry(server)
    const [first, second] = await Promise.all([
      one.store.put('passholders', passholders(100)),
      other.store.put(
        'passholders',
        passholders(100).map((body) => ({ ...body, firstName: 'Other' })),
      ),
    ])
    expect([...first, ...second].filter(({ ok }) => !ok)).toEqual([])
    await one.registry.refresh(0)
    expect(one.registry.holders).toBe(100)
  })

  test('has what was put after kill -9', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    await opened.store.put('passholders', passholders(200))
    await server.kill()
    await server.restart()
    await using again = await openRegistry(server)
    expect(again.registry.holders).toBe(200)
  })
})
