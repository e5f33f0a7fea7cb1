import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { Redis } from 'ioredis'
import type { Settings } from './config.ts'

/** True when the folder holds records of a lane whose positions Redis does not know (any more). */
export async function hasLostRedis(settings: Settings): Promise<boolean> {
  const redis = new Redis(settings.redisUrl, { maxRetriesPerRequest: 3 })
  try {
    for (let lane = 0; lane < settings.lanes; lane++) {
      const keys = laneKeys(lane)
      const known = await redis.exists(keys.range, keys.journal, keys.registryVersion)
      if (known === 0 && (await holdsRecords(settings.data, lane))) return true
    }
    return false
  } finally {
    redis.disconnect()
  }
}

async function holdsRecords(data: string, lane: number): Promise<boolean> {
  const folders = ['archive', 'registry-log'].map((name) => join(data, name, String(lane)))
  for (const folder of folders) {
    const files = await readdir(folder).catch(() => []) // a folder that is not there holds nothing
    if (files.length > 0) return true
  }
  return false
}
