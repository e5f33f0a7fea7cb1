import { type Permission, pointsCounter, problem, programmeOfHolder } from '@zuil/core'
import { PassholderDetailsBody, PassholderPath } from '@zuil/core/contracts/http-holder'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../../access.ts'
import { passholderDetailsBody } from '../../passes/holder-details.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** Any of them will do for who knows the id. */
const PERMISSIONS: readonly Permission[] = ['PASSHOLDERS_SEARCH', 'PASSHOLDERS_SEARCH_BY_ID', 'PASSHOLDERS_SEARCH_ALL']

/** `GET /passholders/{passholderId}`: a passholder with the balance of this moment. */
export function passholderIdRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry, counters } = services

  app.get<{ Params: PassholderPath }>(
    '/passholders/:passholderId',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve passholder by ID',
        tags: ['Passholders'],
        params: PassholderPath,
        response: { 200: PassholderDetailsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      if (!PERMISSIONS.some((permission) => hasPermission(client, permission))) {
        return sendForbidden(reply, PERMISSIONS.join(' or '), 'of the passholder')
      }
      const number = await registry.holderNumberOf(request.params.passholderId)
      const holder = number === undefined ? undefined : registry.holder(number)
      const identity = holder?.passType === 'INDIVIDUAL' ? await registry.identity(holder.number) : undefined
      if (!holder || !identity) return sendProblem(reply, problem('passholder-not-found', { onRead: true }))
      const counter = pointsCounter(programmeOfHolder(holder, registry.programmes))
      const [points = 0] = await counters.read([{ counter, owner: holder.number, period: '' }])
      return passholderDetailsBody(holder, identity, { registry, points })
    },
  )
}
