import { join } from 'node:path'
import {
  type DashboardOptions,
  FileAccessLog,
  FileReportShelf,
  FinancialReportDesk,
  type MountedDashboard,
} from '@zuil/dashboard/server'
import { isSameSecret, issuerOf, JournalReader, readConfig as readIngestConfig, type Secrets } from '@zuil/ingest'
import {
  openArchive,
  openDeadLetters,
  type Pipeline,
  type Publisher,
  pipelineFolders,
  readConfig,
  rebuildWarehouse,
  reconcile,
  redisConnector,
  startPipeline,
} from '@zuil/pipeline'
import type { Warehouse } from '@zuil/warehouse'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { CommandError, say } from '../command.ts'
import type { Settings } from '../config.ts'
import { hasLostRedis } from '../lost-redis.ts'
import { requireFreePort } from '../port.ts'
import { mergesGiveWay } from '../priority.ts'
import { installationSecrets } from '../secrets.ts'
import { dashboardPeople } from './credentials.ts'
import { dashboardSignIn } from './dashboard-sign-in.ts'
import { buildInternalApi } from './internal-api.ts'
import { nowSource } from './now-source.ts'
import { operationsSource } from './operations-source.ts'
import { buildPublicApp } from './public-app.ts'
import { installationPublisher } from './publisher.ts'
import { Settlements } from './settlements.ts'
import { startStandingBack } from './standing-back.ts'
import { openFiguresWarehouse, openInstallationWarehouse } from './warehouse.ts'

const LOG_LEVEL = 'info'

/** Builds and starts the parts of the hub; the result stops them in the reverse order, which is that of the work. */
export async function startHub(settings: Settings): Promise<() => Promise<void>> {
  const secrets = installationSecrets(settings)
  const opened = new OpenParts()
  // jobs of the pipeline may ask for it before it is there
  let mounted: MountedDashboard | undefined
  try {
    await requireStartable(settings)
    const warehouse = await openInstallationWarehouse(settings)
    opened.add(() => warehouse.close())
    await bringUp(warehouse, settings, secrets)
    mergesGiveWay()
    const connect = redisConnector(settings.redisUrl, (role, error) =>
      internal.log.warn({ role, err: error }, 'A connection to Redis broke'),
    )
    const redis = connect('lane')
    opened.add(async () => redis.disconnect())
    const journal = new JournalReader({ redis, lanes: settings.lanes })
    opened.add(async () => journal.close())
    const publisher = installationPublisher(settings, warehouse, {
      onStep: (step) => {
        if (step === 'marked') mounted?.figures.forgetReleases()
      },
    })
    const freshUntil = () => pipeline.status().freshUntil
    const settlements = new Settlements({ warehouse, dataFolder: settings.data, redis, secrets, freshUntil })
    await settlements.bringUp()
    const log = () => internal.log
    const accessLog = accessLogOf(settings, log)
    const financialReports = await openFinancialReports(settings, { warehouse, freshUntil, accessLog, log })
    opened.add(() => financialReports.close())
    const internal = internalApi(warehouse, settings, {
      secrets,
      journal,
      publisher,
      settlements,
      financialReports,
      pipeline: () => pipeline,
      dashboard: () => dashboard,
    })
    opened.add(() => internal.close())
    const pipeline = await startPipeline({
      connect,
      warehouse,
      publisher,
      ...pipelineSettings(settings, secrets),
      clock: Date.now,
      log: internal.log,
      papers: { makeDue: async (tell) => await mounted?.schedules.makeDue(tell) },
    })
    opened.add(() => pipeline.stop({ drain: true }))
    const status = () => pipeline.status()
    const source = nowSource({ warehouse, status, clock: Date.now })
    const issuer = issuerOf(readIngestConfig(process.env))
    const report = (message: string, error: unknown) => internal.log.warn({ err: error }, message)
    opened.add(await startStandingBack(status, report))
    const people = dashboardPeople({ ...issuer, redis, secrets, clock: Date.now, report })
    const signIn = dashboardSignIn(settings, secrets, issuer)
    const operations = operationsSource({ warehouse, status, redis, journal, clock: Date.now })
    const figures = await openFiguresWarehouse(settings)
    if (figures) opened.add(() => figures.close())
    const shown = { source, operations, status, warehouse: figures ?? warehouse, settlements: settlements.source }
    const kept = keptIn(settings, { pipeline, log })
    const logLevel = settings.logLevel ?? LOG_LEVEL
    const { app, dashboard } = await buildPublicApp({ ...shown, ...people, ...kept, signIn, accessLog, logLevel })
    mounted = dashboard
    opened.add(() => app.close())
    await internal.listen({ host: '127.0.0.1', port: settings.internalPort })
    await app.listen({ host: settings.host, port: settings.dashboardPort })
    dashboard.preparation.start()
    return () => opened.close()
  } catch (error) {
    await opened.close()
    throw error
  }
}

function pipelineSettings({ data, lanes }: Settings, secrets: Secrets) {
  return { dataFolder: data, lanes, idKey: secrets.idKey(), freeBytesMin: readConfig(process.env).freeBytesMin }
}

function accessLogOf({ data }: Settings, log: () => FastifyBaseLogger): FileAccessLog {
  return new FileAccessLog({
    folder: join(data, 'access-log'),
    clock: Date.now,
    onFailure: (error) => log().error({ err: error }, 'A sign-in or export could not be noted'),
  })
}

interface KeepingParts {
  readonly pipeline: Pipeline
  readonly log: () => FastifyBaseLogger
}

/** What the dashboard keeps on disk, and how it sends word of it. */
function keptIn(
  { data, smtp }: Settings,
  { pipeline, log }: KeepingParts,
): Pick<DashboardOptions, 'reportShelf' | 'notebookFolder' | 'boundariesFolder' | 'scheduled'> {
  return {
    reportShelf: new FileReportShelf({ folder: join(data, 'reports'), clock: Date.now }),
    notebookFolder: join(data, 'notebook'),
    boundariesFolder: join(data, 'boundaries'),
    scheduled: {
      folder: join(data, 'scheduled-papers'),
      // Nobody waits for a Redis that is away: the scheduler wakes it later.
      wake: async () =>
        void pipeline.wakePapers().catch((error: unknown) => log().warn({ err: error }, 'Papers wait for the scheduler')),
      ...(smtp.url !== '' && { mail: smtp }),
    },
  }
}

interface FinancialReportParts {
  readonly warehouse: Warehouse
  readonly freshUntil: () => number
  readonly accessLog: FileAccessLog
  /** Asked for when something is said: the API that has it is built later. */
  readonly log: () => FastifyBaseLogger
}

async function openFinancialReports({ data }: Settings, { log, ...parts }: FinancialReportParts): Promise<FinancialReportDesk> {
  const desk = new FinancialReportDesk({
    ...parts,
    folder: join(data, 'financial-reports'),
    clock: Date.now,
    onFailure: (error) => log().error({ err: error }, 'A financial report could not be made'),
  })
  await desk.bringUp()
  return desk
}

async function requireStartable(settings: Settings): Promise<void> {
  await requireFreePort(settings.host, settings.dashboardPort, { name: 'dashboard', setting: 'ZUIL_DASHBOARD_PORT' })
  await requireFreePort('127.0.0.1', settings.internalPort, { name: 'internal reads', setting: 'ZUIL_INTERNAL_PORT' })
  // Balances of zero and range numbers that the archive has already: worse than not starting.
  if (!(await hasLostRedis(settings))) return
  throw new CommandError(
    `Redis is empty, but ${settings.data} holds records: stop Zuil and run "npm run zuil -- rebuild redis", which brings balances, limits and registry back.`,
  )
}

/** The schema, and when the warehouse was empty, everything that the archive holds. */
async function bringUp(warehouse: Warehouse, settings: Settings, secrets: Secrets): Promise<void> {
  const { applied, present } = await warehouse.migrate()
  if (applied.length > 0) say(`Warehouse: ${applied.length} migrations applied.`)
  if (present.length > 0) return
  const { ranges, rows } = await rebuildWarehouse({ ...recordsOf(settings, secrets), warehouse })
  if (ranges > 0) say(`Warehouse: it was empty; ${rows} rows of ${ranges} ranges were loaded from the archive.`)
}

interface InternalParts {
  readonly secrets: Secrets
  readonly journal: JournalReader
  readonly publisher: Publisher
  readonly settlements: Settlements
  readonly financialReports: FinancialReportDesk
  /** Asked for when a request comes: the pipeline starts after the API is built. */
  readonly pipeline: () => Pipeline
  readonly dashboard: () => MountedDashboard
}

function internalApi(
  warehouse: Warehouse,
  settings: Settings,
  { secrets, journal, publisher, settlements, financialReports, pipeline, dashboard }: InternalParts,
): FastifyInstance {
  return buildInternalApi({
    warehouse,
    journal,
    publisher,
    settlements,
    financialReports,
    dashboard,
    status: () => pipeline().status(),
    async reconcile() {
      const redis = redisConnector(settings.redisUrl)('worker')
      try {
        const records = recordsOf(settings, secrets)
        return await reconcile({ ...records, warehouse, redis, lanes: settings.lanes, clock: Date.now })
      } finally {
        redis.disconnect()
      }
    },
    idKey: secrets.idKey(),
    token: secrets.token('internal'),
    isSameSecret,
    logLevel: settings.logLevel ?? LOG_LEVEL,
  })
}

/** The record on disk, and what names its transactions. */
function recordsOf(settings: Settings, secrets: Secrets) {
  const folders = pipelineFolders(settings.data)
  return {
    archive: openArchive(folders.archive),
    deadLetters: openDeadLetters(folders.deadLetters),
    idKey: secrets.idKey(),
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
