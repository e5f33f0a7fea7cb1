import { formatPosition, type Position } from '@zuil/core'
import { encodeRecord } from '@zuil/core/contracts/journal'
import { ENTRY_RECORDS_MAX } from '@zuil/core/contracts/journal-entry'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { describe, expect, test } from 'vitest'
import { JournalReader } from '../../src/ledger/journal-reader.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { aTransaction } from './builders.ts'

const RECORD = { kind: 'transaction', transaction: aTransaction() } as const
const KEYS = laneKeys(0)
const at = (ms: number): Position => ({ lane: 0, ms, sequence: 0 })

describe.skipIf(!hasRedis)('the journal reader', () => {
  test('reads the record at a position, and nothing where it is trimmed', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const reader = new JournalReader({ redis, lanes: 1 })
    for (const ms of [5, 7]) await redis.xadd(KEYS.journal, formatPosition(at(ms)), 'r', encodeRecord(RECORD))
    await redis.xtrim(KEYS.journal, 'MINID', '6')
    expect(await Promise.all([reader.recordAt(at(5)), reader.recordAt(at(7))])).toEqual([undefined, RECORD])
  })

  test('tells how far a lane has come, also before its first record', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const reader = new JournalReader({ redis, lanes: 1 })
    expect(await Promise.all([reader.last(0), reader.loaded(0), reader.load()])).toEqual([
      at(0),
      at(0),
      { records: 0, bytes: 0, oldestMs: 0, memory: 0 },
    ])
    await redis.xadd(KEYS.journal, '8-0', 'r', encodeRecord(RECORD))
    await redis.xadd(KEYS.journal, '9-2', 'r', `${encodeRecord(RECORD)}\n${encodeRecord(RECORD)}`)
    await redis.set(KEYS.loaded, '8-0')
    expect(await Promise.all([reader.last(0), reader.loaded(0)])).toEqual([
      { ...at(9), sequence: 2 * ENTRY_RECORDS_MAX + 1 },
      at(8),
    ])
  })

  test('lets everybody wait for the watermark, each until it passes or their time is over', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const reader = new JournalReader({ redis, lanes: 1 })
    const waiting = [at(5), at(7), at(9)].map((position) => reader.waitUntilLoaded(position, position.ms === 9 ? 60 : 10_000))
    await redis.set(KEYS.loaded, '7-0')
    expect(await Promise.all(waiting)).toEqual([true, true, false])
    expect(await reader.waitUntilLoaded(at(7), 0)).toBe(true)
  })

  test('tells those who wait when it closes, and when Redis goes away', async () => {
    await using server = await RedisServer.start()
    const reader = new JournalReader({ redis: server.connect(), lanes: 1 })
    const waiting = reader.waitUntilLoaded(at(5), 10_000)
    // A read that comes back says that the one before it has come back too: then the waiter is waiting.
    await reader.loaded(0)
    reader.close()
    expect(await waiting).toBe(false)
    const lost = new JournalReader({ redis: server.connect({ maxRetriesPerRequest: 0, enableOfflineQueue: false }), lanes: 1 })
    await server.kill()
    await expect(lost.waitUntilLoaded(at(5), 10_000)).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('tells what waits over all lanes, since when, and what it takes of Redis', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const [seconds] = await redis.time()
    const now = Number(seconds) * 1_000
    await redis.mset(laneKeys(0).waiting, 2, laneKeys(1).waiting, 1, laneKeys(0).loaded, `${now - 90_000}-0`)
    // loaded, and not trimmed yet
    await redis.xadd(laneKeys(0).journal, `${now - 90_000}-0`, 'r', encodeRecord(RECORD))
    await redis.xadd(laneKeys(0).journal, `${now - 60_000}-0`, 'r', `${encodeRecord(RECORD)}\n${encodeRecord(RECORD)}`)
    await redis.xadd(laneKeys(1).journal, `${now - 30_000}-0`, 'r', encodeRecord(RECORD))
    await redis.config('SET', 'maxmemory', '1gb')
    const { records, bytes, oldestMs, memory } = await new JournalReader({ redis, lanes: 2 }).load()
    expect(records).toBe(3)
    expect(oldestMs).toBeGreaterThanOrEqual(60_000)
    expect(oldestMs).toBeLessThan(80_000)
    expect(bytes).toBeGreaterThan(3 * encodeRecord(RECORD).length)
    expect(bytes / 2 ** 30).toBeLessThan(memory)
    expect(memory).toBeLessThan(0.1)
  })
})
