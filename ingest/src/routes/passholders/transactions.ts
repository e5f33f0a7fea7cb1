import { formatInstant, type Permission, problem, TRANSACTION_KINDS } from '@zuil/core'
import { PassholderPath } from '@zuil/core/contracts/http-holder'
import { pageOf } from '@zuil/core/contracts/http-paging'
import { HistoryBody, HistoryQuery } from '@zuil/core/contracts/http-reading'
import type { FastifyInstance } from 'fastify'
import { isPage, type ReadTransaction } from '../../hub/transaction-reader.ts'
import { bearerPrincipalOf } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** What moves points; tickets and welcome rewards do not. */
const KINDS = TRANSACTION_KINDS.filter((kind) => kind === 'CHECKIN' || kind === 'REDEMPTION' || kind === 'BONUS')

/** The official text and the official list of permissions disagree; either will do. */
const PERMISSIONS: readonly Permission[] = ['PASSHOLDERS_TRANSACTION_HISTORY', 'PASSHOLDERS_SELF_CHECKIN']

/** `GET /passholders/{passholderId}/transactions`: points earned and spent. */
export function passholderTransactionRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, reader, passholders } = context
  const { registry } = services

  app.get<{ Params: PassholderPath; Querystring: HistoryQuery }>(
    '/passholders/:passholderId/transactions',
    {
      onRequest: authentication.clientOrPerson,
      schema: {
        summary: 'Retrieve transaction history of a passholder',
        tags: ['Passholders'],
        params: PassholderPath,
        querystring: HistoryQuery,
        response: { 200: HistoryBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const found = await passholders.find(bearerPrincipalOf(request), request.params.passholderId, PERMISSIONS)
      if (found.kind === 'forbidden') return sendProblem(reply, found.problem)
      const page = pageOf(request.query)
      if (!page) return sendProblem(reply, problem('url/query-limit-exceeded'))
      if (found.kind === 'unknown') return sendProblem(reply, problem('passholder-not-found', { onRead: true }))
      const order = request.query['sort[creationDate]'] ?? 'desc'
      const read = await reader.page(request, { holder: found.holder.number, kinds: KINDS }, { ...page, order })
      if (!isPage(read)) return sendProblem(reply, read)
      return { totalItems: read.totalItems, member: read.transactions.map(bodyOf) }
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
