import { parsePosition } from '@zuil/core'
import { TransactionSearch, type TransactionSearchAnswer } from '@zuil/core/contracts/transaction-search'
import type { JournalReader } from '@zuil/ingest'
import { type PageRange, type TransactionFilter, transactionPage, type Warehouse } from '@zuil/warehouse'
import type { FastifyInstance } from 'fastify'

export interface TransactionSearchOptions {
  readonly warehouse: Pick<Warehouse, 'query'>
  /** Knows how far each lane is loaded. */
  readonly journal: Pick<JournalReader, 'waitUntilLoaded'>
}

/** Longest wait for what the caller has to see; normally it takes a second. */
const LOADED_WAIT_MAX_MS = 2_000
/** A thousand ids of places. */
const BODY_BYTES_MAX = 64 * 1024

/**
 * `POST /internal/transactions/search`: a page of transactions, not before everything up to the given positions is loaded, so
 * that a caller never sees less than its own receipts. 503 when that takes too long.
 */
export function transactionSearch(app: FastifyInstance, { warehouse, journal }: TransactionSearchOptions): void {
  app.post<{ Body: TransactionSearch }>(
    '/internal/transactions/search',
    { bodyLimit: BODY_BYTES_MAX, schema: { body: TransactionSearch } },
    async (request, reply) => {
      const { filter, range, after } = request.body
      if (filter.holder === undefined && filter.eventNumber === undefined) {
        return reply.code(400).send({ error: 'a page is of a holder or of an event' })
      }
      const isLoaded = await Promise.all(after.map((text) => journal.waitUntilLoaded(positionOf(text), LOADED_WAIT_MAX_MS)))
      if (isLoaded.includes(false)) return reply.code(503).send({ error: 'not loaded yet' })
      return await answerOf(warehouse, filter, range)
    },
  )
}

async function answerOf(
  warehouse: Pick<Warehouse, 'query'>,
  filter: TransactionFilter,
  range: PageRange,
): Promise<TransactionSearchAnswer> {
  const { totalItems, transactions } = await transactionPage(warehouse, filter, range)
  return { totalItems, transactions: transactions.map(({ id, recordedAt, transaction }) => ({ id, recordedAt, transaction })) }
}

/** The schema has seen that it is one. */
function positionOf(text: string) {
  const dot = text.indexOf('.')
  const lane = Number(text.slice(0, dot))
  return parsePosition(lane, text.slice(dot + 1)) ?? { lane, ms: 0, sequence: 0 }
}
