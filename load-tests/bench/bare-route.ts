import Fastify from 'fastify'

/**
 * What the check-ins benchmark compares with: a Fastify server of the same version and settings as ingest, with a route of
 * the same path, request schema, response schema, response headers and response size, and no work behind it. A process of
 * its own; sends its port to its parent once it listens.
 */
const server = Fastify({ logger: false })

const Checkin = {
  type: 'object',
  required: ['eventId', 'uitpasNumber'],
  properties: {
    eventId: { type: 'string', minLength: 1 },
    uitpasNumber: { type: 'string', minLength: 1 },
  },
} as const

const CreatedCheckin = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    creationDate: { type: 'string' },
    eventId: { type: 'string' },
    eventTitle: { type: 'string' },
    uitpasNumber: { type: 'string' },
    points: { type: 'integer' },
  },
} as const

interface Body {
  readonly eventId: string
  readonly uitpasNumber: string
}

server.post<{ Body: Body }>(
  '/checkins',
  { schema: { body: Checkin, response: { 201: CreatedCheckin } } },
  async (request, reply) => {
    const { eventId, uitpasNumber } = request.body
    reply.code(201).header('zuil-receipt', '0.1795254400000-0')
    return {
      id: '019aa6c5-0000-7000-8000-000000000000',
      creationDate: '2026-11-21T10:00:00+00:00',
      eventId,
      eventTitle: 'Activiteit 100',
      uitpasNumber,
      points: 1,
    }
  },
)

await server.listen({ host: '127.0.0.1', port: 0 })
const address = server.server.address()
process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
process.once('disconnect', () => process.exit(0))
