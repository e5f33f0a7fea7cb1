import { spawnSync } from 'node:child_process'
import { readRedisMemory } from '@zuil/core/contracts/redis-memory'
import { expect, test } from 'vitest'
import { Installation } from '../../bench/installation.ts'
import { RedisLine } from '../../installation/redis-line.ts'

const hasRedis = spawnSync('redis-server', ['--version']).status === 0

test.skipIf(!hasRedis).each([
  [{}, 4],
  [{ redisGigabytes: 9 }, 9],
])('the Redis of a bench, asked for with %j (needs redis-server), may take %d GB', async (options, gigabytes) => {
  await using installation = await Installation.create(options)
  const redis = await RedisLine.open(installation.ports.redis)
  const { bound } = readRedisMemory(await redis.ask('INFO', 'memory'))
  redis.close()
  expect(bound).toBe(gigabytes * 2 ** 30)
})
