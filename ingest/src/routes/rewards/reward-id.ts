import { problem, type Reward } from '@zuil/core'
import { RewardBody, RewardPath, RewardRequest } from '@zuil/core/contracts/http-reward'
import type { FastifyInstance } from 'fastify'
import { hasPermission, mayForOrganizer } from '../../access.ts'
import { bearerPrincipalOf, clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { StoredReward } from '../../registry/entity-draft.ts'
import { organizerFor } from '../../rewards/reward-access.ts'
import { rewardBody } from '../../rewards/reward-view.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'
import { rewardNotFound, storeReward, unknownCardSystem } from './reward-store.ts'

/** `GET` and `PUT /rewards/{rewardId}`. */
export function rewardIdRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, redemptions } = context
  const { registry } = services
  const tags = ['Rewards']

  app.get<{ Params: RewardPath }>(
    '/rewards/:rewardId',
    {
      onRequest: authentication.clientOrPerson,
      schema: { summary: 'Retrieve a reward', tags, params: RewardPath, response: { 200: RewardBody, ...PROBLEM_RESPONSES } },
    },
    async (request, reply) => {
      if (!hasPermission(bearerPrincipalOf(request).client, 'REWARDS_READ'))
        return sendForbidden(reply, 'REWARDS_READ', 'of the reward')
      const found = registry.storedReward(request.params.rewardId)
      return found ? await bodyOf(found) : sendProblem(reply, rewardNotFound(request.params.rewardId))
    },
  )

  app.put<{ Params: RewardPath; Body: RewardRequest }>(
    '/rewards/:rewardId',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Update a reward',
        tags,
        params: RewardPath,
        body: RewardRequest,
        response: { 200: RewardBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      const { params, body } = request
      if (!hasPermission(client, 'REWARDS_WRITE')) return sendForbidden(reply, 'REWARDS_WRITE', 'of the reward')
      const prior = registry.storedReward(params.rewardId)
      if (!prior) return sendProblem(reply, rewardNotFound(params.rewardId))
      if (organizerFor(client, 'REWARDS_WRITE', prior.reward) === undefined) {
        return sendForbidden(reply, 'REWARDS_WRITE', prior.reward.organizers[0] ?? 'of the reward')
      }
      const had = new Set(prior.reward.organizers)
      const added = body.organizers?.find(({ id }) => !had.has(id) && !mayForOrganizer(client, 'REWARDS_WRITE', id))
      if (added) return sendForbidden(reply, 'REWARDS_WRITE', added.id)
      const unknown = unknownCardSystem(body, registry)
      if (unknown) return sendProblem(reply, unknown)
      const [taken = 0] = await redemptions.unitsTaken([prior.reward])
      if (taken > 0 && changesWhatIsFrozen(prior.reward, body)) {
        return sendProblem(reply, problem('reward-not-editable', { detail: `${taken} units were given out already` }))
      }
      const { id, status } = prior.reward
      const result = await storeReward(services, { ...body, ...prior.ours, id, status })
      return 'problem' in result ? sendProblem(reply, result.problem) : await bodyOf(result.reward)
    },
  )

  async function bodyOf(stored: StoredReward): Promise<RewardBody> {
    const [unitsTaken = 0] = await redemptions.unitsTaken([stored.reward])
    return rewardBody(stored, { registry, unitsTaken, now: services.now() })
  }
}

/** Points and the beginnings of the periods stay as they are once somebody has the reward. */
function changesWhatIsFrozen(reward: Reward, body: RewardRequest): boolean {
  const points = body.type === 'WELCOME' ? 0 : (body.points ?? 0)
  const begin = (period: { readonly begin: string } | undefined) => (period ? Date.parse(period.begin) : undefined)
  return (
    points !== reward.points ||
    body.type !== reward.type ||
    begin(body.redeemPeriod) !== reward.redeem?.from ||
    begin(body.grantingPeriod) !== reward.granting?.from
  )
}
