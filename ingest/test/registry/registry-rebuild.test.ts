import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { encodeRegistryLogEntry, type RegistryLogEntry } from '@zuil/core/contracts/registry-log'
import type { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readRegistryLog, rebuildRegistry } from '../../src/registry/registry-rebuild.ts'
import { Secrets } from '../../src/secrets.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { aPassholder, EVENT, GHENT, ORGANIZER, openRegistry, passholders, SECRETS } from './builders.ts'

const LANES = 2
const EVENT_ID = '5a0967f9-cc06-4c3c-9206-30481a767434'
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zuil-registry-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Writes the registry streams to files as the hub does, a few entries each. */
async function writeLog(redis: Redis): Promise<void> {
  for (let lane = 0; lane < LANES; lane++) {
    mkdirSync(join(folder, String(lane)))
    const entries = await redis.xrange(laneKeys(lane).registry, '-', '+')
    for (const [index, [, fields]] of entries.entries()) {
      const [, version, , kind = '', , key = '', , ciphertext = ''] = fields
      const line = `${encodeRegistryLogEntry({ version: Number(version), kind, key, ciphertext })}\n`
      appendFileSync(join(folder, String(lane), `${String(1 + Math.floor(index / 7)).padStart(8, '0')}.log`), line)
    }
  }
}

/** Everything in Redis that belongs to the registry and is not a stream or the memory of recent changes. */
async function registryOf(redis: Redis): Promise<unknown> {
  const keys = (await redis.keys('*')).filter((key) => !/:(journal|waiting|registry|changed)$/.test(key)).sort()
  return await Promise.all(
    keys.map(async (key) => [key, key.endsWith('registry-version') ? await redis.get(key) : await redis.hgetall(key)]),
  )
}

async function fill(server: RedisServer): Promise<void> {
  await using opened = await openRegistry(server, { lanes: LANES })
  const { store } = opened
  await store.put('municipalities', [GHENT])
  await store.put('organizers', [ORGANIZER])
  await store.put('events', [EVENT])
  await store.put('event-card-systems', [{ id: 'not-known-yet', cardSystems: [{ id: 5, enabled: true }] }])
  await store.put('event-settings', [{ id: EVENT_ID, checkinPoints: 7 }])
  await store.put('event-sales', [{ id: EVENT_ID }])
  await store.put('events', [{ ...EVENT, name: { nl: 'Nieuwe naam' } }])
  await store.put('cards', [{ uitpasNumber: '0900000074519', status: 'LOCAL_STOCK', cardSystem: { id: 5 } }])
  await store.put('passholders', [aPassholder(), ...passholders(40)])
  await store.put('passholders', [aPassholder({ uitpasNumber: '0900000067513', chipNumber: '04363CDAEE3880' })])
  await store.put('clients', [{ id: 'sample-client', name: 'Sample', secret: 'sample-secret', permissions: [] }])
  await store.put('kiosks', [{ id: 'k1', name: 'CID-1', deviceId: 'device-1', cardSystem: { id: 5 } }])
}

const options = (redis: Redis) => ({
  redis,
  lanes: LANES,
  secrets: SECRETS,
  log: (lane: number) => readRegistryLog(folder, lane),
})

describe.skipIf(!hasRedis)('a rebuilt registry', () => {
  test('is what it was: entries, identities, dense numbers and versions', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    await fill(server)
    await writeLog(redis)
    const before = await registryOf(redis)
    await redis.flushall()
    const entries = await rebuildRegistry(options(redis))
    expect(await registryOf(redis)).toEqual(before)
    // The settings of an event are three entries: they, the event with them, and its next version.
    expect(entries).toBe(48 + 5 + 6 + 5)
    await using opened = await openRegistry(server, { lanes: LANES })
    expect(opened.registry.event(EVENT_ID)).toMatchObject({ title: 'Nieuwe naam', checkinPoints: 7 })
    expect(opened.registry.eventCardSystems('not-known-yet')).toEqual([{ id: 5, enabled: true, manualKeys: [] }])
    expect(opened.registry.hasTicketSales(EVENT_ID)).toBe(true)
    expect(opened.registry.verifyClientSecret('sample-client', 'sample-secret')).toBe(true)
    await opened.store.put('passholders', [
      aPassholder({ id: 'new', uitpasNumber: '0900000031618', chipNumber: '04CEE7528E6180' }),
    ])
    expect(await opened.redis.hget('zuil:{registry}:numbers:holders', '')).toBe('42')
  })

  test('gives the same when it is run again, but does not write over a registry unasked', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    await fill(server)
    await writeLog(redis)
    const before = await registryOf(redis)
    await expect(rebuildRegistry(options(redis))).rejects.toMatchObject({ code: 'not-empty' })
    await rebuildRegistry({ ...options(redis), force: true })
    expect(await registryOf(redis)).toEqual(before)
  })

  test('can be run again after it was interrupted', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    await fill(server)
    await writeLog(redis)
    const before = await registryOf(redis)
    await redis.flushall()
    async function* cut(lane: number): AsyncIterable<RegistryLogEntry> {
      if (lane === 1) throw new Error('cut')
      yield* readRegistryLog(folder, lane)
    }
    await expect(rebuildRegistry({ ...options(redis), log: cut })).rejects.toThrow('cut')
    await rebuildRegistry(options(redis))
    expect(await registryOf(redis)).toEqual(before)
  })

  test('passes over what the hub wrote twice and a line that a crash tore, and stops at a gap', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const line = (version: number) => `${encodeRegistryLogEntry({ version, kind: 'touch', key: 'event/1', ciphertext: '' })}\n`
    mkdirSync(join(folder, '0'))
    const file = join(folder, '0', '00000001.log')
    writeFileSync(file, `${line(1)}${line(2)}${line(2)}${line(3)}{"version":4,"ki`)
    expect(await rebuildRegistry(options(redis))).toBe(3)
    writeFileSync(file, `${line(1)}${line(3)}`)
    await expect(rebuildRegistry({ ...options(redis), force: true })).rejects.toMatchObject({ code: 'log-gap' })
  })

  test('does not open with the secret of another installation', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    await fill(server)
    await writeLog(redis)
    await redis.flushall()
    const secrets = new Secrets(Buffer.alloc(32, 8))
    await expect(rebuildRegistry({ ...options(redis), secrets })).rejects.toMatchObject({ code: 'secret-unusable' })
  })
})
