import type { Guard } from '@zuil/core'
import { BALANCE_TYPE, counterPlace } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { CounterReader } from '../../src/ledger/counter-reader.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'

const LANES = 2

async function count(guard: Guard, redis: Redis): Promise<void> {
  const { key, field } = counterPlace(LANES, guard)
  await redis.hset(key, field, String(guard.add))
}

function guard(owner: number, add: number): Guard {
  return { counter: 'sales/7', owner, period: '2026-W47', add }
}

describe.skipIf(!hasRedis)('the reader of counters', () => {
  test('gives each counter its own value, in the order asked for, over lanes, and 0 where nothing was counted', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    for (const owner of [1, 2, 3]) await count(guard(owner, owner * 10), redis)
    const reader = new CounterReader({ redis, lanes: LANES })
    expect(await reader.read([guard(3, 1), guard(4, 1), guard(1, 1), guard(2, 1), guard(3, 1)])).toEqual([30, 0, 10, 20, 30])
    expect(await reader.read([])).toEqual([])
  })

  test('gives balances too, and what never expires otherwise', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const of = (counter: string, owner: number) => ({ counter, owner, period: '' })
    const { key, field } = counterPlace(LANES, of('points', 7))
    await redis.bitfield(key, 'SET', BALANCE_TYPE, field, -5)
    await count({ ...of('stock', 7), add: 9 }, redis)
    const reader = new CounterReader({ redis, lanes: LANES })
    expect(await reader.read([of('points', 5), of('points', 7), of('stock', 7), of('points/x', 7)])).toEqual([0, -5, 9, 0])
  })

  test('asks for many with few calls, and answers each who asked', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const owners = Array.from({ length: 3_000 }, (_, index) => 2 * index)
    for (const owner of owners.slice(0, 5)) await count(guard(owner, owner + 1), redis)
    const reader = new CounterReader({ redis, lanes: LANES })
    const values = await Promise.all(owners.map((owner) => reader.read([guard(owner, 1)])))
    expect(values.flat()).toEqual(owners.map((owner, index) => (index < 5 ? owner + 1 : 0)))
    const calls = /cmdstat_evalsha:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1]
    // 1,000 with a call, and the first found the script missing and was sent again
    expect(Number(calls)).toBe(4)
  })

  test('rejects everybody who waited when Redis is gone, and reads again when it is back', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect({ maxRetriesPerRequest: 0 })
    await count(guard(2, 5), redis)
    const reader = new CounterReader({ redis, lanes: LANES })
    await server.kill()
    const failed = await Promise.allSettled([reader.read([guard(2, 1)]), reader.read([guard(4, 1)])])
    expect(failed).toMatchObject([
      { status: 'rejected', reason: { code: 'unavailable' } },
      { status: 'rejected', reason: { code: 'unavailable' } },
    ])
    await server.restart()
    await expect.poll(() => reader.read([guard(2, 1)]).catch(() => 'not yet'), { timeout: 10_000 }).toEqual([5])
  })
})
