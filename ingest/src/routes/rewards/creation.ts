import { randomUUID } from 'node:crypto'
import { RewardBody, RewardRequest } from '@zuil/core/contracts/http-reward'
import type { FastifyInstance } from 'fastify'
import { mayForOrganizer } from '../../access.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import { rewardBody } from '../../rewards/reward-view.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'
import { storeReward, unknownCardSystem } from './reward-store.ts'

/** `POST /rewards`: without organizers, for the first that lets the client. */
export function rewardCreationRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry } = services
  const tags = ['Rewards']

  app.post<{ Body: RewardRequest }>(
    '/rewards',
    {
      onRequest: authentication.client,
      schema: { summary: 'Create a reward', tags, body: RewardRequest, response: { 200: RewardBody, ...PROBLEM_RESPONSES } },
    },
    async (request, reply) => {
      const client = clientOf(request)
      const { body } = request
      const first = client.grants.find(({ permissions }) => permissions.includes('REWARDS_WRITE'))?.organizer
      const organizers = body.organizers?.length ? body.organizers : first === undefined ? [] : [{ id: first }]
      const refused = organizers.find(({ id }) => !mayForOrganizer(client, 'REWARDS_WRITE', id))
      if (refused || organizers.length === 0) return sendForbidden(reply, 'REWARDS_WRITE', refused?.id ?? 'of the reward')
      const unknown = unknownCardSystem(body, registry)
      if (unknown !== undefined) return sendProblem(reply, unknown)
      const owner = body.owningCardSystem ?? cardSystemOf(organizers[0]?.id)
      const document = {
        ...body,
        organizers,
        ...(owner && { owningCardSystem: owner }),
        id: randomUUID(),
        status: 'ACTIVE' as const,
      }
      const result = await storeReward(services, document)
      if ('problem' in result) return sendProblem(reply, result.problem)
      return rewardBody(result.reward, { registry, unitsTaken: 0, now: services.now() })
    },
  )

  function cardSystemOf(organizer = ''): { readonly id: number } | undefined {
    const [id] = registry.cardSystemsOf(organizer)
    return id === undefined ? undefined : { id }
  }
}
