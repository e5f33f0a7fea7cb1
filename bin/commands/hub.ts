import type { Command } from '../command.ts'
import { readSettings } from '../config.ts'
import { requireDataFolder } from '../data-folder.ts'
import { startHub } from '../hub/hub.ts'
import { giveWay } from '../priority.ts'
import { requireRedisFormat } from '../redis-format.ts'
import { waitUntilReady } from '../redis-process.ts'
import { untilStopRequested } from '../stop-request.ts'

const REDIS_WITHIN_MS = 120_000

export const hub: Command = {
  help: [
    'Usage: npm run zuil -- hub',
    '',
    'Seals, archives and loads the journal, and serves the dashboard (ZUIL_DASHBOARD_PORT) and the reads of ingest',
    '(ZUIL_INTERNAL_PORT, this machine only). One hub per warehouse. "npm start" runs it for you.',
  ].join('\n'),
  async run() {
    const settings = readSettings()
    giveWay()
    await requireDataFolder(settings.data)
    await waitUntilReady(settings.redisUrl, REDIS_WITHIN_MS)
    await requireRedisFormat(settings)
    const stop = await startHub(settings)
    process.send?.('ready')
    await untilStopRequested()
    await stop()
    return 0
  },
}
