import { entityKey, laneKeys } from '@zuil/core/contracts/redis-keys'
import { describe, expect, test } from 'vitest'
import { Registry } from '../../src/registry/registry.ts'
import { Secrets } from '../../src/secrets.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { TcpProxy } from '../tcp-proxy.ts'
import { until } from '../until.ts'
import { AMINA, aPassholder, EVENT, GHENT, ORGANIZER, openRegistry, passholders, SECRETS } from './builders.ts'

const KIOSK = { id: 'k1', name: 'CID-1', deviceId: 'device-1', cardSystem: { id: 5 }, organizers: [{ id: ORGANIZER.id }] }

describe.skipIf(!hasRedis)('the registry in memory', () => {
  test('has after a load what it had while it was put', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store } = opened
    await store.put('municipalities', [GHENT])
    await store.put('card-systems', [{ id: 5, name: 'UiTPAS Gent', cities: [{ postalCode: '9050', name: 'Gentbrugge' }] }])
    await store.put('organizers', [ORGANIZER])
    await store.put('events', [EVENT])
    await store.put('passholders', [aPassholder(), ...passholders(1_500).slice(0, 400)])
    await store.put('kiosks', [KIOSK])
    await opened.registry.refresh(0)
    await using loaded = await openRegistry(server)
    for (const registry of [opened.registry, loaded.registry]) {
      expect(registry.byUitpasNumber('0900000095902')).toEqual({
        card: { number: 1, holder: 1, cardSystem: 5, status: 'ACTIVE' },
        holder: {
          number: 1,
          passType: 'INDIVIDUAL',
          homeNis: 44021,
          homePostalCode: '9000',
          birthYear: 1987,
          memberships: [
            { cardSystem: 5, status: 'ACTIVE', socialTariff: 'ACTIVE', socialTariffEndsAt: Date.parse('2027-04-30T21:59:59Z') },
          ],
        },
      })
      expect(registry.byChip('04784cdaee3880')).toEqual(registry.byUitpasNumber('0900000095902'))
      expect(registry.byUitpasNumber('0900000000000')?.holder?.number).toBe(2)
      expect([registry.byUitpasNumber('1111111111111'), registry.byChip('00000000000000')]).toEqual([undefined, undefined])
      expect(registry.event('5A0967F9-CC06-4C3C-9206-30481A767434')).toMatchObject({ number: 1, cardSystems: [3, 5] })
      expect(registry.checkinCodeOf('5a0967f9-cc06-4c3c-9206-30481a767434')).toBe('QXWPLMA')
      expect(registry.organizer(ORGANIZER.id)).toMatchObject({ nis: 44021 })
      expect(registry.cardSystem(5)?.cities).toEqual([{ postalCode: '9050', name: 'Gentbrugge', nis: 44021 }])
      expect(registry.kioskByDevice('device-1')?.id).toBe('k1')
      expect(registry.eventsOf({ organizer: ORGANIZER.id }).map(({ number }) => number)).toEqual([1])
      expect(registry.eventsOf({ location: '8248e289-c986-4006-902f-b0616dcbcde7' })).toHaveLength(1)
      expect([registry.holders, registry.version(0), registry.isFresh]).toEqual([401, 406, true])
      expect(await registry.holderNumberOf(AMINA.toUpperCase())).toBe(1)
    }
  })

  test('takes nothing into a Redis that lost what it held: it would get numbers that others have', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    await opened.store.put('municipalities', [GHENT])
    await opened.registry.refresh(0)
    const redis = server.connect()
    await redis.flushall()
    await expect(opened.store.put('municipalities', [GHENT])).rejects.toMatchObject({ code: 'unhealthy' })
    expect(await redis.dbsize()).toBe(0)
  })

  test('notices within a second what another process changes, and tells', async () => {
    await using server = await RedisServer.start()
    await using writer = await openRegistry(server)
    await using reader = await openRegistry(server)
    const entities: string[] = []
    const stop = reader.registry.onChange((entity) => entities.push(entity))
    await writer.store.put('passholders', [aPassholder()])
    await until('the passholder is known', () => reader.registry.byUitpasNumber('0900000095902') !== undefined, 1_000)
    await writer.store.put('passholders', [aPassholder({ status: 'BLOCKED' })])
    await until('the card is blocked', () => reader.registry.byUitpasNumber('0900000095902')?.card.status === 'BLOCKED', 1_000)
    expect(entities).toEqual(['holder/1', 'holder/1'])
    stop()
  })

  test('moves an event and a kiosk in its indexes', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store, registry } = opened
    await store.put('events', [EVENT])
    await store.put('kiosks', [{ ...KIOSK, configurationCode: 'AB-12' }])
    await store.put('events', [{ ...EVENT, organizer: { '@id': 'https://io.uitdatabank.be/organizers/other' } }])
    await store.put('kiosks', [{ ...KIOSK, deviceId: 'device-2' }])
    await registry.refresh(0)
    expect([registry.eventsOf({ organizer: ORGANIZER.id }), registry.eventsOf({ organizer: 'OTHER' }).length]).toEqual([[], 1])
    expect([registry.kioskByDevice('device-1'), registry.kioskByConfigurationCode('AB-12')]).toEqual([undefined, undefined])
    expect(registry.kioskByDevice('device-2')?.id).toBe('k1')
  })

  test('loads everything anew when changes are missing from the stream', async () => {
    await using server = await RedisServer.start()
    await using writer = await openRegistry(server)
    await using reader = await openRegistry(server)
    const redis = server.connect()
    // Entries that are trimmed before they were read: the version moved, the stream has nothing.
    await writer.store.put('passholders', passholders(3))
    await until('the reader has followed', () => reader.registry.holders === 3)
    const stored = await redis.hgetall(laneKeys(0).holders)
    await redis
      .multi()
      .hset(laneKeys(0).holders, '4', stored['3'] ?? '')
      .incrby(laneKeys(0).registryVersion, 2)
      .exec()
    await until('the reader has loaded', () => reader.registry.version(0) === 5 && reader.registry.holders === 4)
  })

  test('goes on after Redis was away, and says meanwhile that it is not fresh; an outage is reported once', async () => {
    await using server = await RedisServer.start()
    await using writer = await openRegistry(server)
    await writer.store.put('passholders', passholders(1))
    // What was put is known here a moment later; without this Redis may be gone before it was read.
    await writer.registry.refresh(0)
    await server.kill()
    await until('it says that it is behind', () => !writer.registry.isFresh)
    expect(writer.registry.byUitpasNumber('0900000000000')).toBeDefined()
    await server.restart()
    await until('it is fresh again', () => writer.registry.isFresh)
    // it tried ten times a second meanwhile
    expect(writer.errors).toHaveLength(1)
    await writer.store.put('passholders', passholders(2))
    await writer.registry.refresh(0)
    expect(writer.registry.holders).toBe(2)
  })

  test('stops in bounded time while a read is never answered', async () => {
    await using server = await RedisServer.start()
    const proxy = await TcpProxy.start(server.port)
    const redis = server.connectTo(proxy.port, { maxRetriesPerRequest: null })
    const registry = new Registry({ redis, connect: () => server.connect(), lanes: 1, secrets: SECRETS })
    await registry.load()
    await proxy[Symbol.asyncDispose]()
    await until('a read of the registry waits', () => !registry.isFresh)
    const started = performance.now()
    await registry.close()
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('tells who a holder is on demand, and to nobody without the secret', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    await opened.store.put('passholders', [aPassholder()])
    expect(await opened.registry.identity(1)).toMatchObject({
      holder: 1,
      id: AMINA,
      firstName: 'Amina',
      name: 'El Idrissi',
      dateOfBirth: '1987-05-12',
      uitpasNumber: '0900000095902',
      cards: [{ number: 1, uitpasNumber: '0900000095902', chipNumber: '04784CDAEE3880', cardType: 'NFC_CARD', cardSystem: 5 }],
    })
    expect(await opened.registry.identity(2)).toBeUndefined()
    await using stranger = await openRegistry(server, { secrets: new Secrets(Buffer.alloc(32, 8)) })
    expect(stranger.registry.byUitpasNumber('0900000095902')).toBeUndefined()
    await expect(stranger.registry.identity(1)).rejects.toMatchObject({ code: 'secret-unusable' })
  })

  test('does not give the sealed entry of one holder for another', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    await opened.store.put('passholders', passholders(2))
    const redis = server.connect()
    await redis.hset(laneKeys(0).identities, '2', (await redis.hget(laneKeys(0).identities, '1')) ?? '')
    await expect(opened.registry.identity(2)).rejects.toMatchObject({ code: 'secret-unusable' })
  })

  test('knows the keyed hashes that an installation keeps for ever', () => {
    expect(SECRETS.cardHash('0900000095902').toString('hex')).toBe(SECRETS.cardHash('0900000095902').toString('hex'))
    expect(SECRETS.chipHash('04784cdaee3880').equals(SECRETS.chipHash('04784CDAEE3880'))).toBe(true)
    expect(entityKey('events')).toBe('zuil:{0}:entities:events')
  })
})
