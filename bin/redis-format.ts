import { FORMAT_KEY, laneKeys, REDIS_FORMAT } from '@zuil/core/contracts/redis-keys'
import { Redis } from 'ioredis'
import { CommandError } from './command.ts'
import type { Settings } from './config.ts'

/**
 * Marks an empty Redis with the format of this version, and refuses one that another version wrote: it would be misread. One that was
 * emptied while Zuil ran holds what came since, without a mark and a registry: only a rebuild may go on with it.
 * @throws {CommandError}
 */
export async function requireRedisFormat(
  { redisUrl, lanes }: Pick<Settings, 'redisUrl' | 'lanes'>,
  { mayBeEmptied = false }: { readonly mayBeEmptied?: boolean } = {},
): Promise<void> {
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
    const mark = await redis.get(FORMAT_KEY)
    if (mark === null && (await redis.exists(laneKeys(0).registryVersion)) === 0) {
      if (mayBeEmptied) return void (await redis.set(FORMAT_KEY, REDIS_FORMAT, 'NX'))
      throw new CommandError(
        'Redis was emptied while Zuil ran: what it holds came after that, and has no registry. Run "npm run zuil -- rebuild redis --force", which brings balances, limits and registry back.',
      )
    }
    const format = Number(mark ?? 1)
    if (format === REDIS_FORMAT) return
    throw new CommandError(
      `Redis holds data in format ${format}, and this version of Zuil reads format ${REDIS_FORMAT}: let the version that wrote it load all that waits and stop it, delete the data of Redis, then run "npm run zuil -- rebuild redis".`,
    )
  } finally {
    redis.disconnect()
  }
}
