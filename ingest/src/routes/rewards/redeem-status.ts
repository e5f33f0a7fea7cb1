import { type ProblemCode, problemOfRefusal } from '@zuil/core'
import { RedeemStatusBody, RedeemStatusQuery, type RedeemStatusReason, RewardPath } from '@zuil/core/contracts/http-reward'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../../access.ts'
import { bearerPrincipalOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import { organizerFor } from '../../rewards/reward-access.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'
import { rewardNotFound } from './reward-store.ts'

/** `GET /rewards/{rewardId}/redeem-status`: whether a redemption would be accepted now. */
export function redeemStatusRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, redemptions, passholders } = context
  const { registry } = services
  const tags = ['Rewards']

  app.get<{ Params: RewardPath; Querystring: RedeemStatusQuery }>(
    '/rewards/:rewardId/redeem-status',
    {
      onRequest: authentication.clientOrPerson,
      schema: {
        summary: 'Check the redeem status of a reward for a passholder',
        tags,
        params: RewardPath,
        querystring: RedeemStatusQuery,
        response: { 200: RedeemStatusBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const principal = bearerPrincipalOf(request)
      const { client } = principal
      const { rewardId } = request.params
      if (!hasPermission(client, 'REWARDS_REDEEM')) return sendForbidden(reply, 'REWARDS_REDEEM', 'of the reward')
      const reward = registry.reward(rewardId)
      if (!reward) return sendProblem(reply, rewardNotFound(rewardId))
      const organizer = organizerFor(client, 'REWARDS_REDEEM', reward)
      if (organizer === undefined) return sendForbidden(reply, 'REWARDS_REDEEM', reward.organizers[0] ?? 'of the reward')
      const refused = await passholders.refusalOfPass(principal, request.query.uitpasNumber)
      if (refused) return sendProblem(reply, refused)
      const source = { rewardId, uitpasNumber: request.query.uitpasNumber, organizer, client: client.id }
      const refusal = await redemptions.refusalNow(source)
      if (!refusal) return { redeemable: true }
      const reason = REASONS[refusal.code]
      if (reason) return { redeemable: false, reason, message: refusal.endUserMessage.nl }
      return sendProblem(reply, problemOfRefusal(refusal, { onRead: refusal.code === 'reward-not-found' }))
    },
  )
}

const REASONS: Partial<Record<ProblemCode, RedeemStatusReason>> = {
  'invalid-card': 'INVALID_CARD',
  'passholder-no-active-cardsystems': 'PASSHOLDER_NO_ACTIVE_CARDSYSTEM',
  'reward-passholder-no-applicable-cardsystems': 'PASSHOLDER_APPLICABLE_CARDSYSTEMS',
  'reward-passholder-points-constraint': 'PASSHOLDER_POINTS',
  'reward-passholder-volume-constraint': 'PASSHOLDER_VOLUME',
  'reward-period-constraint': 'REWARD_PERIOD',
  'reward-volume-constraint': 'REWARD_VOLUME',
}
