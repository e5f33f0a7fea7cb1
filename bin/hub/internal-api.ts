import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { type IdKey, type Position, parsePosition, positionOfId } from '@zuil/core'
import type { PipelineStatus, ReconcileReport } from '@zuil/pipeline'
import type { Warehouse } from '@zuil/warehouse'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { transactionAt } from './transaction-lookup.ts'
import { type TransactionSearchOptions, transactionSearch } from './transaction-search.ts'

export interface InternalApiOptions {
  readonly warehouse: Warehouse
  readonly journal: TransactionSearchOptions['journal']
  readonly status: () => PipelineStatus
  readonly reconcile: () => Promise<ReconcileReport>
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
  let comparing = false
  app.post('/internal/reconcile', async (_request, reply) => {
    if (comparing) return reply.code(409).send({ error: 'a comparison is under way' })
    comparing = true
    reply.type('application/x-ndjson')
    return reply.send(
      Readable.from(
        reportOf(
          options.reconcile().finally(() => {
            comparing = false
          }),
        ),
      ),
    )
  })
  return app
}

/** Blank lines while the comparison runs, so that the connection counts as alive; the report is the last line. */
async function* reportOf(report: Promise<ReconcileReport>): AsyncGenerator<string> {
  const done = report.then(
    (value) => JSON.stringify(value),
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
