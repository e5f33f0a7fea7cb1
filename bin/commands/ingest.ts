import { readConfig, startIngest } from '@zuil/ingest'
import type { Command } from '../command.ts'
import { readSettings } from '../config.ts'
import { requireDataFolder } from '../data-folder.ts'
import { requireRedisFormat } from '../redis-format.ts'
import { waitUntilReady } from '../redis-process.ts'
import { untilStopRequested } from '../stop-request.ts'

const REDIS_WITHIN_MS = 120_000

export const ingest: Command = {
  help: [
    'Usage: npm run zuil -- ingest',
    '',
    'Serves the UiTPAS API on ZUIL_INGEST_PORT. As many as wanted may run against one Redis. "npm start" runs it for you.',
  ].join('\n'),
  async run() {
    const settings = readSettings()
    await requireDataFolder(settings.data)
    const config = readConfig()
    await waitUntilReady(config.redisUrl, REDIS_WITHIN_MS)
    await requireRedisFormat(settings)
    const service = await startIngest(config)
    process.send?.('ready')
    await untilStopRequested()
    await service.stop()
    return 0
  },
}
