import { once } from 'node:events'
import { ANSWER_BOUNDS_MS } from '@zuil/core/contracts/intake'
import { describe, expect, test } from 'vitest'
import { IntakeCounter } from '../../src/counts/intake-counter.ts'
import { readIntakeCounts } from '../../src/counts/intake-reader.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'

const NOW = Date.parse('2026-11-21T13:03:27Z')
const HOUR_MS = 3_600_000

describe.skipIf(!hasRedis)('what ingest counts of its answers', () => {
  test('adds up over processes and the last 24 hours, each answer in its class of time', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    let now = NOW
    const counters = [1, 2].map(() => new IntakeCounter({ redis, now: () => now }))
    const all = () => Promise.all(counters.map((counter) => counter.flush()))
    for (const counter of counters) counter.answered('checkins', 4)
    counters[0]?.answered('checkins', 3)
    counters[0]?.answered('batches', 60_000)
    counters[1]?.refused('imports', 'age')
    await all()
    await all()
    now = NOW + 23 * HOUR_MS
    counters[0]?.answered('checkins', 4)
    await all()
    const { answers, refused } = await readIntakeCounts(redis, now)
    const countsOf = (name: string) => answers.find(({ group }) => group === name)?.counts ?? []
    expect(countsOf('checkins')[ANSWER_BOUNDS_MS.indexOf(3)]).toBe(1)
    expect(countsOf('checkins')[ANSWER_BOUNDS_MS.indexOf(5)]).toBe(3)
    expect(countsOf('batches').at(-1)).toBe(1)
    expect(refused).toEqual([{ kind: 'imports', cause: 'age', count: 1 }])
    const later = await readIntakeCounts(redis, NOW + 24 * HOUR_MS)
    expect([later.answers.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0), later.refused]).toEqual([1, []])
    const kept = await Promise.all((await redis.keys('zuil:*')).map((key) => redis.ttl(key)))
    expect(kept.every((seconds) => seconds > 24 * 3_600 && seconds <= 26 * 3_600)).toBe(true)
  })

  test('what could not be written is written later, once', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    redis.disconnect()
    await once(redis, 'end')
    const failures: unknown[] = []
    const counter = new IntakeCounter({ redis, now: () => NOW, onError: (error) => failures.push(error) })
    counter.answered('tariffs', 1)
    counter.refused('live', 'bytes')
    await counter.flush()
    expect(failures).toHaveLength(1)
    await redis.connect()
    await counter.flush()
    const { answers, refused } = await readIntakeCounts(redis, NOW)
    expect([answers.find(({ group }) => group === 'tariffs')?.counts[0], refused[0]?.count]).toEqual([1, 1])
  })
})
