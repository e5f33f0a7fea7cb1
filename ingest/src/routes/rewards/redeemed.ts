import { formatInstant, MESSAGES, type Problem, problem, type Reward, transactionId } from '@zuil/core'
import { RedeemedRewardBody, RedemptionRequest } from '@zuil/core/contracts/http-reward'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasPermission } from '../../access.ts'
import { keyOfRequest } from '../../checkins/idempotency.ts'
import { bearerPrincipalOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem, sendUnsettled } from '../../plugins/problems.ts'
import { giveReceipt } from '../../plugins/stored-preference.ts'
import type { TokenPrincipal } from '../../principal.ts'
import type { SettledRedemption } from '../../rewards/redemption-answer.ts'
import { organizerFor } from '../../rewards/reward-access.ts'
import { rewardBody } from '../../rewards/reward-view.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'
import { REWARD_ID_SHOWN_MAX } from './reward-store.ts'

type Accepted = Extract<SettledRedemption, { kind: 'accepted' }>

/** `POST /rewards/redeemed`. */
export function redeemedRewardRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, backpressure, redemptions, passholders } = context
  const { registry, secrets } = services
  const idKey = secrets.idKey()
  const tags = ['Rewards']

  app.post<{ Body: RedemptionRequest }>(
    '/rewards/redeemed',
    {
      onRequest: authentication.clientOrPerson,
      config: { tellsHolder: true },
      schema: {
        summary: 'Redeem a reward',
        tags,
        body: RedemptionRequest,
        response: { 201: RedeemedRewardBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const principal = bearerPrincipalOf(request)
      const { client } = principal
      const { rewardId, uitpasNumber } = request.body
      if (!hasPermission(client, 'REWARDS_REDEEM')) return sendForbidden(reply, 'REWARDS_REDEEM', 'of the reward')
      const reward = registry.reward(rewardId)
      const organizer = organizerFor(client, 'REWARDS_REDEEM', reward ?? { organizers: [] })
      if (organizer === undefined) return sendForbidden(reply, 'REWARDS_REDEEM', reward?.organizers[0] ?? 'of the reward')
      const refused = (await passholders.refusalOfPass(principal, uitpasNumber)) ?? refusalOfReward(principal, reward)
      if (refused) return sendProblem(reply, refused)
      const key = keyOfRequest(request, reply, { secrets, operation: 'POST /rewards/redeemed', body: [rewardId, uitpasNumber] })
      if (key === 'answered') return reply
      if (backpressure.refuses(reply, 'live')) return reply
      const end = await redemptions.take({
        rewardId: rewardId.slice(0, REWARD_ID_SHOWN_MAX),
        uitpasNumber,
        organizer,
        client: client.id,
        ...(key && { request: key }),
      })
      return end.kind === 'accepted' ? await answerAccepted(request, reply, end) : sendUnsettled(reply, end)
    },
  )

  async function answerAccepted(
    request: FastifyRequest<{ Body: RedemptionRequest }>,
    reply: FastifyReply,
    { position, code, unitsTaken }: Accepted,
  ): Promise<FastifyReply> {
    const stored = registry.storedReward(request.body.rewardId)
    if (!stored) throw new Error('A reward was redeemed that the registry does not know')
    await giveReceipt(request, reply, { position, journal: services.journal })
    // The stock of a welcome reward moved when it was granted.
    const taken = unitsTaken ?? (await redemptions.unitsTaken([stored.reward]))[0] ?? 0
    const body: RedeemedRewardBody = {
      id: transactionId(idKey, position),
      reward: rewardBody(stored, { registry, unitsTaken: taken, now: position.ms }),
      redeemDate: formatInstant(position.ms),
      ...(stored.reward.online && stored.texts.redeemInfo && { redeemInfo: stored.texts.redeemInfo }),
      ...(code !== '' && { redeemCode: code }),
    }
    return reply.code(201).send(body)
  }
}

/** What is handed out at a counter is redeemed there: nobody signs for it on a phone at home. */
function refusalOfReward({ kind }: TokenPrincipal, reward: Reward | undefined): Problem | undefined {
  if (kind === 'client' || !reward || reward.online) return undefined
  return problem('reward-invalid-redeem-type', { endUserMessage: MESSAGES.notOnline() })
}
