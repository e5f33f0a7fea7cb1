import { isSameSecret } from '@zuil/ingest'
import { readConfig, redisConnector, startPipeline } from '@zuil/pipeline'
import { type Command, say } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { requireDataFolder } from '../data-folder.ts'
import { buildInternalApi } from '../hub/internal-api.ts'
import { nowSource } from '../hub/now-source.ts'
import { buildPublicApp } from '../hub/public-app.ts'
import { openInstallationWarehouse } from '../hub/warehouse.ts'
import { requireFreePort } from '../port.ts'
import { waitUntilReady } from '../redis-process.ts'
import { installationSecrets } from '../secrets.ts'
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
    await requireDataFolder(settings.data)
    await waitUntilReady(settings.redisUrl, REDIS_WITHIN_MS)
    const stop = await startHub(settings)
    process.send?.('ready')
    await untilStopRequested()
    await stop()
    return 0
  },
}

/** Builds and starts the parts of the hub; the result stops them in the reverse order, which is that of the work. */
async function startHub(settings: Settings): Promise<() => Promise<void>> {
  const secrets = installationSecrets(settings)
  const parts = new OpenParts()
  try {
    await requireFreePort(settings.host, settings.dashboardPort, { name: 'dashboard', setting: 'ZUIL_DASHBOARD_PORT' })
    await requireFreePort('127.0.0.1', settings.internalPort, { name: 'internal reads', setting: 'ZUIL_INTERNAL_PORT' })
    const warehouse = await openInstallationWarehouse(settings)
    parts.add(() => warehouse.close())
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
    parts.add(() => internal.close())
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
    parts.add(() => pipeline.stop({ drain: true }))
    const status = () => pipeline.status()
    const source = nowSource({ warehouse, status, clock: Date.now })
    const app = await buildPublicApp({ source, status, logLevel: settings.logLevel })
    parts.add(() => app.close())
    await internal.listen({ host: '127.0.0.1', port: settings.internalPort })
    await app.listen({ host: settings.host, port: settings.dashboardPort })
    return () => parts.close()
  } catch (error) {
    await parts.close()
    throw error
  }
}

/** What was opened, to be closed last first. */
class OpenParts {
  readonly #closers: (() => Promise<void>)[] = []

  add(close: () => Promise<unknown>): void {
    this.#closers.unshift(async () => void (await close()))
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0)) await close()
  }
}
