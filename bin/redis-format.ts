import { FORMAT_KEY, laneKeys, REDIS_FORMAT } from '@zuil/core/contracts/redis-keys'
import { readRegistryLog, removeKeys } from '@zuil/ingest'
import { pipelineFolders } from '@zuil/pipeline'
import { Redis } from 'ioredis'
import { CommandError } from './command.ts'
import type { Settings } from './config.ts'

/**
 * Marks an empty Redis with the format of this version, and refuses one that another version wrote: it would be misread. One that was
 * emptied while Zuil ran holds what came since, without a mark: a rebuild that may begins with nothing instead.
 * @throws {CommandError}
 */
export async function requireRedisFormat(
  { data, redisUrl, lanes }: Pick<Settings, 'data' | 'redisUrl' | 'lanes'>,
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
    if (mark === null && (await wasEmptied(redis, data))) {
      if (!mayBeEmptied)
        throw new CommandError(
          'Redis was emptied while Zuil ran: it holds only what came after that. Run "npm run zuil -- rebuild redis --force", which brings balances, limits and registry back.',
        )
      // Numbers and versions that were given since would stand beside those that are brought back.
      await removeKeys(redis, 'zuil:*')
      await redis.set(FORMAT_KEY, REDIS_FORMAT)
      return
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

/** Whether it knows less of the registry than stands in the log, which is never ahead of it. */
async function wasEmptied(redis: Redis, data: string): Promise<boolean> {
  const version = Number((await redis.get(laneKeys(0).registryVersion)) ?? 0)
  if (version === 0) return true
  for await (const entry of readRegistryLog(pipelineFolders(data).registryLog, 0)) if (entry.version > version) return true
  return false
}
