import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { Redis } from 'ioredis'
import type { Settings } from './config.ts'

/** True when the folder holds records of a lane of whose ranges or registry Redis knows nothing (any more). */
export async function hasLostRedis(settings: Settings): Promise<boolean> {
  const redis = new Redis(settings.redisUrl, { maxRetriesPerRequest: 3 })
  try {
    for (let lane = 0; lane < settings.lanes; lane++) {
      const { range, registryVersion } = laneKeys(lane)
      const facts = [
        { key: range, folder: 'archive' },
        { key: registryVersion, folder: 'registry-log' },
      ]
      for (const { key, folder } of facts) {
        if ((await redis.exists(key)) === 0 && (await holdsRecords(join(settings.data, folder, String(lane))))) return true
      }
    }
    return false
  } finally {
    redis.disconnect()
  }
}

async function holdsRecords(folder: string): Promise<boolean> {
  const files = await readdir(folder).catch(() => []) // a folder that is not there holds nothing
  return files.length > 0
}
