import { FORMAT_KEY, laneKeys, REDIS_FORMAT } from '@zuil/core/contracts/redis-keys'
import { Redis } from 'ioredis'
import { CommandError } from './command.ts'
import type { Settings } from './config.ts'

/**
 * Marks an empty Redis with the format of this version, and refuses one that another version wrote: it would be misread.
 * @throws {CommandError}
 */
export async function requireRedisFormat({ redisUrl, lanes }: Pick<Settings, 'redisUrl' | 'lanes'>): Promise<void> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 3 })
  try {
    const names = Array.from({ length: lanes }, (_, lane) => laneKeys(lane)).flatMap((keys) => [
      keys.journal,
      keys.range,
      keys.registryVersion,
    ])
    // In this order: whoever starts beside us marks the format before it writes.
    const written = await redis.exists(...names)
    if (written === 0) await redis.set(FORMAT_KEY, REDIS_FORMAT, 'NX')
    const format = Number((await redis.get(FORMAT_KEY)) ?? 1)
    if (format === REDIS_FORMAT) return
    throw new CommandError(
      `Redis holds data in format ${format}, and this version of Zuil reads format ${REDIS_FORMAT}: let the version that wrote it load all that waits and stop it, delete the data of Redis, then run "npm run zuil -- rebuild redis".`,
    )
  } finally {
    redis.disconnect()
  }
}
