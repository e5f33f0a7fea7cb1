import { CheckinBody, CheckinRequest } from '@zuil/core/contracts/http-checkin'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import { RedeemedRewardBody, RedemptionRequest } from '@zuil/core/contracts/http-reward'
import { TariffsBody, TariffsQuery } from '@zuil/core/contracts/http-tariff'
import { SoldTicketsBody, TicketSalesRequest } from '@zuil/core/contracts/http-ticket-sale'
import Fastify, { type FastifySchema } from 'fastify'
import type { Answer } from './answer.ts'

/**
 * What the benchmarks compare with: a Fastify server of the same version as ingest, with a route of the same path and the
 * very same schemas, which gives answers that ingest gave before, one after the other, and has no work behind them. No hooks,
 * no plugins, no log, no limits: what those cost is ours. A process of its own, for one route; its parent tells it which, and
 * it sends its port once it listens.
 */
export interface BareRouteOrder {
  readonly route: BareRouteName
  /** What ingest answered; at least one, all of one status and with the same header fields. */
  readonly answers: readonly Answer[]
}

export type BareRouteName = keyof typeof ROUTES

const PROBLEMS = { '4xx': ProblemBody, '5xx': ProblemBody }
const ROUTES = {
  checkins: { method: 'POST', url: '/checkins', schema: { body: CheckinRequest, response: { 201: CheckinBody, ...PROBLEMS } } },
  'ticket-sales': {
    method: 'POST',
    url: '/ticket-sales',
    schema: { body: TicketSalesRequest, response: { 200: SoldTicketsBody, ...PROBLEMS } },
  },
  tariffs: { method: 'GET', url: '/tariffs', schema: { querystring: TariffsQuery, response: { 200: TariffsBody, ...PROBLEMS } } },
  redemptions: {
    method: 'POST',
    url: '/rewards/redeemed',
    schema: { body: RedemptionRequest, response: { 201: RedeemedRewardBody, ...PROBLEMS } },
  },
} as const satisfies Record<string, { readonly method: 'GET' | 'POST'; readonly url: string; readonly schema: FastifySchema }>

async function serve({ route, answers }: BareRouteOrder): Promise<number> {
  const server = Fastify({ logger: false })
  const [{ status, fields } = { status: 500, fields: {} }] = answers
  let next = 0
  const { method, url, schema }: { method: 'GET' | 'POST'; url: string; schema: FastifySchema } = ROUTES[route]
  server.route({
    method,
    url,
    schema,
    handler: async (_request, reply) => {
      const answer = answers[next++ % answers.length]
      return reply.code(status).headers(fields).send(answer?.body)
    },
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  return typeof address === 'object' && address ? address.port : 0
}

process.once('disconnect', () => process.exit(0))
// the parent is bare-route-process.ts, which sends its order and nothing else
process.once('message', (order) => {
  serve(order as BareRouteOrder).then(
    (port) => process.send?.({ port }),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
