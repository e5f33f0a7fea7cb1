import { type DashboardOptions, type MountedDashboard, mountDashboard } from '@zuil/dashboard/server'
import type { PipelineStatus } from '@zuil/pipeline'
import Fastify, { type FastifyInstance, LogController } from 'fastify'

export interface PublicAppOptions extends DashboardOptions {
  readonly status: () => PipelineStatus
  readonly logLevel: string
}

/** Headers and a request that take longer belong to nobody who reads a page. */
const HEADERS_TIMEOUT_MS = 5_000
const REQUEST_TIMEOUT_MS = 10_000
const BODY_BYTES_MAX = 64 * 1024

export interface PublicApp {
  readonly app: FastifyInstance
  readonly dashboard: MountedDashboard
}

/** The server of the dashboard: pages, data API, live stream and the health of hub and pipeline. */
export async function buildPublicApp(options: PublicAppOptions): Promise<PublicApp> {
  const app = Fastify({
    logger: { level: options.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES_MAX,
    // A reader that never takes its file would keep the hub from stopping.
    forceCloseConnections: true,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 1_000 },
  })
  app.get('/health', async () => ({ status: 'ok' }))
  app.get('/health/pipeline', async (_request, reply) => {
    const health = pipelineHealth(options.status())
    return reply.code(health.status === 'ok' ? 200 : 503).send(health)
  })
  return { app, dashboard: await mountDashboard(app, options) }
}

/** Red when work waits and nothing is consumed, or something keeps it from being stored; says what. */
export function pipelineHealth(status: PipelineStatus): PipelineHealth {
  const problems = [
    ...(status.stalled ? ['stalled'] : []),
    ...(status.waitsFor ? [status.waitsFor] : []),
    ...(status.problem ? [status.problem] : []),
    ...status.lanes.flatMap((lane) => [lane.sealProblem, lane.loadProblem]).filter((problem) => problem !== undefined),
  ]
  return {
    status: problems.length === 0 ? 'ok' : 'failing',
    problems: [...new Set(problems)],
    freshUntil: new Date(status.freshUntil).toISOString(),
    waiting: status.lanes.reduce((sum, lane) => sum + lane.journalLength, 0),
  }
}

export interface PipelineHealth {
  readonly status: 'ok' | 'failing'
  readonly problems: readonly string[]
  readonly freshUntil: string
  readonly waiting: number
}
