import { formatInstant, problem, TRANSACTION_KINDS } from '@zuil/core'
import { PassholderPath } from '@zuil/core/contracts/http-holder'
import { pageOf } from '@zuil/core/contracts/http-paging'
import { HistoryBody, HistoryQuery } from '@zuil/core/contracts/http-reading'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../../access.ts'
import { isPage, type ReadTransaction } from '../../hub/transaction-reader.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** What moves points; tickets and welcome rewards do not. */
const KINDS = TRANSACTION_KINDS.filter((kind) => kind === 'CHECKIN' || kind === 'REDEMPTION' || kind === 'BONUS')

/** `GET /passholders/{passholderId}/transactions`: points earned and spent. */
export function passholderTransactionRoutes(app: FastifyInstance, { services, authentication, reader }: RouteContext): void {
  const { registry } = services

  app.get<{ Params: PassholderPath; Querystring: HistoryQuery }>(
    '/passholders/:passholderId/transactions',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve transaction history of a passholder',
        tags: ['Passholders'],
        params: PassholderPath,
        querystring: HistoryQuery,
        response: { 200: HistoryBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      // The official text and the official list of permissions disagree; either will do.
      if (!hasPermission(client, 'PASSHOLDERS_TRANSACTION_HISTORY') && !hasPermission(client, 'PASSHOLDERS_SELF_CHECKIN')) {
        return sendForbidden(reply, 'PASSHOLDERS_TRANSACTION_HISTORY', 'of the passholder')
      }
      const page = pageOf(request.query)
      if (!page) return sendProblem(reply, problem('url/query-limit-exceeded'))
      const holder = await registry.holderNumberOf(request.params.passholderId)
      if (holder === undefined) return sendProblem(reply, problem('passholder-not-found', { onRead: true }))
      const order = request.query['sort[creationDate]'] ?? 'desc'
      const found = await reader.page(request, { holder, kinds: KINDS }, { ...page, order })
      if (!isPage(found)) return sendProblem(reply, found)
      return { totalItems: found.totalItems, member: found.transactions.map(bodyOf) }
    },
  )

  function bodyOf({ recordedAt, transaction }: ReadTransaction): HistoryBody['member'][number] {
    const event = registry.event(transaction.event)
    const { exchange } = transaction
    const reward = exchange && exchange.reward !== '' ? registry.reward(exchange.reward)?.title : undefined
    return {
      title: reward ?? event?.title ?? exchange?.label ?? '',
      location: event?.locationName || registry.organizer(transaction.organizer)?.name || '',
      creationDate: formatInstant(recordedAt),
      points: transaction.points,
    }
  }
}
