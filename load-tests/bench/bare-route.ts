import { CheckinBody, CheckinRequest } from '@zuil/core/contracts/http-checkin'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import Fastify from 'fastify'

/**
 * What the check-ins benchmark compares with: a Fastify server of the same version as ingest, with a route of the same path
 * and the very same schemas, which gives the same header fields and an answer of the same size, and has no work behind it.
 * No hooks, no plugins, no log, no limits: what those cost is ours. A process of its own; it sends its port to its parent
 * once it listens.
 */
const server = Fastify({ logger: false })

/** What ingest says beside the body; the benchmark compares the two before it measures. */
const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'zuil-receipt, preference-applied, retry-after',
  'zuil-receipt': '0.1795254400000-0',
}

server.post<{ Body: CheckinRequest }>(
  '/checkins',
  { schema: { body: CheckinRequest, response: { 201: CheckinBody, '4xx': ProblemBody, '5xx': ProblemBody } } },
  async (request, reply) => {
    const { eventId, uitpasNumber } = request.body
    const body: CheckinBody = {
      id: '019aa6c5-0000-7000-8000-000000000000',
      creationDate: '2026-11-21T10:00:00+00:00',
      eventId,
      eventTitle: 'Activiteit 100',
      uitpasNumber,
      points: 1,
    }
    return reply.code(201).headers(HEADERS).send(body)
  },
)

await server.listen({ host: '127.0.0.1', port: 0 })
const address = server.server.address()
process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
process.once('disconnect', () => process.exit(0))
