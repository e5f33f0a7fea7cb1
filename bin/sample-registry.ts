import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { entityKey } from '@zuil/core/contracts/redis-keys'
import { Redis } from 'ioredis'
import { say } from './command.ts'
import type { Settings } from './config.ts'
import { importFile } from './registry-import.ts'

const SAMPLE_FOLDER = join(import.meta.dirname, 'sample')

/** Loads publiq's public test data set when the registry knows no organizer yet. */
export async function loadSampleOnce(settings: Settings): Promise<void> {
  const redis = new Redis(settings.redisUrl, { maxRetriesPerRequest: 3 })
  try {
    if ((await redis.hlen(entityKey('organizers'))) > 0) return
  } finally {
    redis.disconnect()
  }
  const files = (await readdir(SAMPLE_FOLDER)).filter((name) => name.endsWith('.ndjson')).sort()
  let taken = 0
  for (const file of files) {
    const report = await importFile(settings, join(SAMPLE_FOLDER, file))
    taken += report.taken
    for (const line of report.refused) say(`Sample registry, ${file}: line ${line.line}: ${line.reason}`)
  }
  say(`The sample registry is loaded: ${taken} entries.`)
}
