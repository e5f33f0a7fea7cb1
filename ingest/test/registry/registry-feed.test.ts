import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { expect, test } from 'vitest'
import { RegistryFeed } from '../../src/registry/registry-feed.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { until } from '../until.ts'
import { SECRETS } from './builders.ts'

test.skipIf(!hasRedis)('a Redis that lost what it held does not become an empty registry', async () => {
  await using server = await RedisServer.start()
  const redis = server.connect()
  await redis.set(laneKeys(0).registryVersion, 3)
  const errors: unknown[] = []
  const feed = new RegistryFeed({
    redis,
    follower: server.connect({ lazyConnect: true }),
    lanes: 1,
    secrets: SECRETS,
    onChange: () => {},
    onError: (error) => errors.push(error),
    elapsed: () => performance.now(),
  })
  await feed.load()
  const { tables } = feed
  feed.follow()
  await redis.flushall()
  await until('it is told', () => errors.length > 0)
  await feed.stop()
  expect(errors).toMatchObject([{ code: 'unhealthy', message: expect.stringContaining('what it held is lost') }])
  expect([feed.tables === tables, feed.version(0)]).toEqual([true, 3])
})

test.skipIf(!hasRedis)(
  'after a read that was lost the registry asks what is new at once, and only then waits for changes again',
  async () => {
    await using server = await RedisServer.start()
    let now = 0
    const waits: boolean[] = []
    const follower = server.connect({ lazyConnect: true })
    follower.xread = new Proxy(follower.xread, {
      apply(read, self, args: readonly unknown[]) {
        waits.push(args.includes('BLOCK'))
        if (waits.length > 1) return Reflect.apply(read, self, args)
        now += 1_000
        return Promise.reject(new Error('lost'))
      },
    })
    const feed = new RegistryFeed({
      redis: server.connect(),
      follower,
      lanes: 1,
      secrets: SECRETS,
      onChange: () => {},
      onError: () => {},
      elapsed: () => now,
    })
    await feed.load()
    feed.follow()
    await until('it waits again', () => waits.length > 2)
    await feed.stop()
    expect([waits.slice(0, 3), feed.ageMs]).toEqual([[true, false, true], 0])
  },
)
