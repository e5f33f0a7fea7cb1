import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { RouteContext } from '../route-context.ts'

const ReadyBody = Type.Object(
  { ready: Type.Boolean(), reason: Type.String({ description: 'Why it is not; empty when it is' }), waiting: Type.Integer() },
  { title: 'Readiness' },
)

const LOOK_AGAIN_SECONDS = '1'

/** `/health`: the process answers. `/health/ready`: it also takes work; 503 with the reason while it does not. */
export function healthRoutes(app: FastifyInstance, { services, backpressure }: RouteContext): void {
  app.get(
    '/health',
    { schema: { summary: 'The process answers', tags: ['Zuil'], response: { 200: Type.Object({ status: Type.String() }) } } },
    async () => ({ status: 'ok' }),
  )
  app.get(
    '/health/ready',
    { schema: { summary: 'The process takes work', tags: ['Zuil'], response: { 200: ReadyBody, 503: ReadyBody } } },
    async (_request, reply) => {
      const { reason } = backpressure
      if (reason !== '') reply.code(503).header('retry-after', LOOK_AGAIN_SECONDS)
      return reply.send({ ready: reason === '', reason, waiting: services.ledger.health.waiting })
    },
  )
}
