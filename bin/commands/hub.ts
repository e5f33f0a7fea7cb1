import { isSameSecret } from '@zuil/ingest'
import { readConfig, redisConnector, startPipeline } from '@zuil/pipeline'
import { type Command, say } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { requireDataFolder } from '../data-folder.ts'
import { buildInternalApi } from '../hub/internal-api.ts'
import { nowSource } from '../hub/now-source.ts'
import { buildPublicApp } from '../hub/public-app.ts'
import { openInstallationWarehouse } from '../hub/warehouse.ts'
import { waitUntilReady } from '../redis-process.ts'
import { installationSecrets } from '../secrets.ts'
import { untilStopRequested } from '../stop-request.ts'

const REDIS_WITHIN_MS = 120_000

export const hub: Command = {
  name: 'hub',
  summary: 'runs the pipeline and the dashboard; owns the embedded warehouse',
  help: [
    'Usage: npm run zuil -- hub',
    '',
    'Seals, archives and loads the journal, and serves the dashboard (ZUIL_DASHBOARD_PORT) and the reads of ingest',
    '(ZUIL_INTERNAL_PORT, this machine only). One hub per warehouse. "npm start" runs it for you.',
  ].join('\n'),
  async run() {
    const settings = readSettings()
    await requireDataFolder(settings.data)
    await waitUntilReady(settings.redisUrl, REDIS_WITHIN_MS)
    const stop = await startHub(settings)
    process.send?.('ready')
    await untilStopRequested()
    await stop()
    return 0
  },
}

/** Builds and starts the parts of the hub; the result stops them in the order of the work. */
async function startHub(settings: Settings): Promise<() => Promise<void>> {
  const secrets = installationSecrets(settings)
  const warehouse = await openInstallationWarehouse(settings)
  try {
    const { applied } = await warehouse.migrate()
    if (applied.length > 0) say(`Warehouse: ${applied.length} migrations applied.`)
    const internal = buildInternalApi({
      warehouse,
      status: () => pipeline.status(),
      idKey: secrets.idKey(),
      token: secrets.token('internal'),
      isSameSecret,
      logLevel: settings.logLevel,
    })
    const pipeline = await startPipeline({
      connect: redisConnector(settings.redisUrl, (role, error) =>
        internal.log.warn({ role, err: error }, 'A connection to Redis broke'),
      ),
      warehouse,
      dataFolder: settings.data,
      lanes: settings.lanes,
      idKey: secrets.idKey(),
      clock: Date.now,
      log: internal.log,
      freeBytesMin: readConfig(process.env).freeBytesMin,
    })
    const source = nowSource({ warehouse, status: () => pipeline.status(), clock: Date.now })
    const app = await buildPublicApp({ source, status: () => pipeline.status(), logLevel: settings.logLevel })
    await internal.listen({ host: '127.0.0.1', port: settings.internalPort })
    await app.listen({ host: settings.host, port: settings.dashboardPort })
    return async () => {
      await app.close()
      await pipeline.stop({ drain: true })
      await internal.close()
      await warehouse.close()
    }
  } catch (error) {
    await warehouse.close()
    throw error
  }
}
