import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { entityKey } from '@zuil/core/contracts/redis-keys'
import { Redis } from 'ioredis'
import { say } from './command.ts'
import type { Settings } from './config.ts'
import { importFile } from './registry-import.ts'

const KNOWN_LOOKS_MAX = 30
const LOOK_AGAIN_MS = 100
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
  await waitUntilKnown(settings)
  say(`The sample registry is loaded: ${taken} entries.`)
}

/** Every ingest process sees a change within a second; what is printed next can then be typed in at once. */
async function waitUntilKnown(settings: Settings): Promise<void> {
  const url = `http://${settings.host}:${settings.ingestPort}/realms/uitid/protocol/openid-connect/token`
  const body = 'grant_type=client_credentials&client_id=sample-client&client_secret=sample-secret'
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (let look = 0; look < KNOWN_LOOKS_MAX; look++) {
    const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}
