import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { type IdKey, type Position, parsePosition, parseReportingPeriod, positionOfId, THRESHOLD_MIN } from '@zuil/core'
import type { PipelineStatus, Publisher, ReconcileReport } from '@zuil/pipeline'
import type { Warehouse } from '@zuil/warehouse'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { boundaryApi } from './boundaries.ts'
import { type FinancialReports, financialReportApi } from './financial-report-api.ts'
import { auditWanted } from './publisher.ts'
import { type ReportSources, reportApi } from './reports.ts'
import { type LongWork, settlementApi } from './settlement-api.ts'
import type { Settlements } from './settlements.ts'
import { transactionAt } from './transaction-lookup.ts'
import { type TransactionSearchOptions, transactionSearch } from './transaction-search.ts'

export interface InternalApiOptions {
  readonly warehouse: Warehouse
  readonly journal: TransactionSearchOptions['journal']
  readonly status: () => PipelineStatus
  readonly reconcile: () => Promise<ReconcileReport>
  readonly publisher: Pick<Publisher, 'publish' | 'audit'>
  readonly settlements: Pick<Settlements, 'settlement' | 'close'>
  readonly dashboard: ReportSources['dashboard']
  readonly financialReports: FinancialReports
  readonly idKey: IdKey
  /** Bearer token that ingest derives from the same installation secret. */
  readonly token: string
  /** Whether the token in a request is the right one, in constant time. */
  readonly isSameSecret: (a: string, b: string) => boolean
  readonly logLevel: string
}

const ALIVE_EVERY_MS = 10_000

/** A journal position as it stands in a query: `<lane>.<ms>-<sequence>`. */
const POSITION = /^(\d{1,3})\.(\d{1,15}-\d{1,10})$/

/** Reads for our own processes: transactions in the warehouse, and how the pipeline stands. */
export function buildInternalApi(options: InternalApiOptions): FastifyInstance {
  const app = Fastify({
    logger: { level: options.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_024,
  })
  app.addHook('onRequest', async (request, reply) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ')
    if (scheme !== 'Bearer' || !token || !options.isSameSecret(token, options.token))
      return reply.code(401).send({ error: 'unauthorized' })
  })
  app.get('/internal/status', async () => options.status())
  app.get<{ Params: { id: string }; Querystring: { position?: string } }>(
    '/internal/transactions/:id',
    async (request, reply) => {
      const position = positionOf(request.query.position) ?? positionOfId(options.idKey, request.params.id)
      const found = position ? await transactionAt(options.warehouse, request.params.id, position) : undefined
      if (!found) return reply.code(404).send({ error: 'unknown transaction' })
      return { transaction: found.transaction, voided: found.voided }
    },
  )
  transactionSearch(app, options)
  const work = longWork()
  app.post('/internal/reconcile', async (_request, reply) => work(reply, 'a comparison', options.reconcile))
  app.post<{ Body: PublishBody }>('/internal/publish', { schema: { body: PUBLISH_BODY } }, async ({ body }, reply) => {
    const { period: key, threshold, provisional = false } = body
    const period = parseReportingPeriod(key)
    if (!period) return reply.code(400).send({ error: `${key} is no period` })
    const publishOptions = { provisional, ...(threshold === undefined ? {} : { threshold }) }
    return work(reply, 'a release', () => options.publisher.publish(period, publishOptions))
  })
  app.post<{ Body: { release: string } }>('/internal/audit', { schema: { body: AUDIT_BODY } }, async ({ body }, reply) =>
    work(reply, 'a release', () => auditWanted(options.warehouse, options.publisher, body.release)),
  )
  settlementApi(app, work, options.settlements)
  reportApi(app, work, options)
  boundaryApi(app, options)
  financialReportApi(app, options.financialReports)
  return app
}

interface PublishBody {
  readonly period: string
  readonly threshold?: number
  readonly provisional?: boolean
}

const PUBLISH_BODY = {
  type: 'object',
  required: ['period'],
  additionalProperties: false,
  properties: {
    period: { type: 'string', maxLength: 9 },
    threshold: { type: 'integer', minimum: THRESHOLD_MIN, maximum: 1_000 },
    provisional: { type: 'boolean' },
  },
} as const

const AUDIT_BODY = {
  type: 'object',
  required: ['release'],
  additionalProperties: false,
  properties: { release: { type: 'string', maxLength: 9 } },
} as const

/** Answers that take minutes; one of a kind at a time. */
function longWork(): LongWork {
  const underWay = new Set<string>()
  return (reply, name, work) => {
    if (underWay.has(name)) return reply.code(409).send({ error: `${name} is under way` })
    underWay.add(name)
    const done = work().finally(() => underWay.delete(name))
    return reply.type('application/x-ndjson').send(Readable.from(resultOf(done)))
  }
}

/** Blank lines while the work is done, so that the connection counts as alive; the result is the last line. */
async function* resultOf(work: Promise<object>): AsyncGenerator<string> {
  const done = work.then(
    (value) => JSON.stringify(value, (_key, member) => (typeof member === 'bigint' ? String(member) : member)),
    (error: Error) => JSON.stringify({ error: error.message }),
  )
  for (;;) {
    // the timer that lost the race must not hold up the end of the process
    const text = await Promise.race([done, pause(ALIVE_EVERY_MS, '', { ref: false })])
    yield `${text}\n`
    if (text !== '') return
  }
}

function positionOf(text: string | undefined): Position | undefined {
  const match = POSITION.exec(text ?? '')
  return match ? parsePosition(Number(match[1]), match[2] ?? '') : undefined
}
