import { RedeemedRewardPath } from '@zuil/core/contracts/http-reward'
import type { FastifyInstance } from 'fastify'
import { hasPermission, mayForOrganizer } from '../../access.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendNotFound } from '../../plugins/problems.ts'
import { giveReceipt } from '../../plugins/stored-preference.ts'
import type { RouteContext } from '../../route-context.ts'
import { NO_CONTENT, PROBLEM_RESPONSES } from '../responses.ts'

/** `DELETE /rewards/redeemed/{redeemedRewardId}`: points, stock and the passholder's turn come back. */
export function redeemedRewardIdRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, backpressure, voids } = context
  const tags = ['Rewards']

  app.delete<{ Params: RedeemedRewardPath }>(
    '/rewards/redeemed/:redeemedRewardId',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Cancel a redeemed reward',
        tags,
        params: RedeemedRewardPath,
        response: { 204: NO_CONTENT, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      if (!hasPermission(client, 'REWARDS_REDEEM')) return sendForbidden(reply, 'REWARDS_REDEEM', 'of the reward')
      if (backpressure.refuses(reply, 'live')) return reply
      const found = await voids.find(request.params.redeemedRewardId)
      if (found?.transaction.kind !== 'REDEMPTION') return sendNotFound(reply)
      const { organizer } = found.transaction
      if (!mayForOrganizer(client, 'REWARDS_REDEEM', organizer)) return sendForbidden(reply, 'REWARDS_REDEEM', organizer)
      const position = await voids.void(found)
      if (!position) return sendNotFound(reply)
      await giveReceipt(request, reply, { position, journal: services.journal })
      return reply.code(204).send()
    },
  )
}
