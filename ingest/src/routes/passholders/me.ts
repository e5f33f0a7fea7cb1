import { pointsCounter, problem, programmeOfHolder } from '@zuil/core'
import { PassholderDetailsBody } from '@zuil/core/contracts/http-holder'
import type { FastifyInstance } from 'fastify'
import { passholderDetailsBody } from '../../passes/holder-details.ts'
import { ME } from '../../passes/passholder-access.ts'
import { bearerPrincipalOf } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** `GET /passholders/me`: who signed in, with the balance of this moment. */
export function myPassholderRoutes(app: FastifyInstance, { services, authentication, passholders }: RouteContext): void {
  const { registry, counters } = services

  app.get(
    `/passholders/${ME}`,
    {
      onRequest: authentication.person,
      schema: {
        summary: 'Retrieve passholder for the current user',
        tags: ['Current Passholder'],
        response: { 200: PassholderDetailsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const found = await passholders.find(bearerPrincipalOf(request), ME, ['PASSHOLDERS_SELF_READ'])
      if (found.kind === 'forbidden') return sendProblem(reply, found.problem)
      const holder = found.kind === 'found' ? found.holder : undefined
      const identity = holder?.passType === 'INDIVIDUAL' ? await registry.identity(holder.number) : undefined
      if (!holder || !identity) return sendProblem(reply, problem('passholder-not-found', { onRead: true }))
      const counter = pointsCounter(programmeOfHolder(holder, registry.programmes))
      const [points = 0] = await counters.read([{ counter, owner: holder.number, period: '' }])
      return passholderDetailsBody(holder, identity, { registry, points })
    },
  )
}
