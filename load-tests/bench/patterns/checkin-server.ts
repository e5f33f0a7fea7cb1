import { CheckinBody, CheckinRequest } from '@zuil/core/contracts/http-checkin'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import Fastify from 'fastify'
import type { Answer } from '../answer.ts'
import type { KeptCheckin } from './pattern-store.ts'

const schema = { body: CheckinRequest, response: { 201: CheckinBody, '4xx': ProblemBody, '5xx': ProblemBody } }

/** A route as the bare one (bare-route.ts) that keeps each check-in in some way before it answers; gives its port. */
export async function serveCheckins(
  answers: readonly Answer[],
  keep: (checkin: KeptCheckin) => Promise<unknown>,
): Promise<number> {
  const server = Fastify({ logger: false })
  const [{ status, fields } = { status: 500, fields: {} }] = answers
  let next = 0
  // the load client sends a number with each
  server.post<{ Body: { eventId: string; uitpasNumber: string } }>('/checkins', { schema }, async ({ body }, reply) => {
    await keep([body.eventId, body.uitpasNumber])
    return reply
      .code(status)
      .headers(fields)
      .send(answers[next++ % answers.length]?.body)
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  return typeof address === 'object' && address ? address.port : 0
}
