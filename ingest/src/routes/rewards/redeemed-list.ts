import { formatInstant, type Problem, problem } from '@zuil/core'
import { pageOf } from '@zuil/core/contracts/http-paging'
import { RedeemedRewardsBody, RedeemedRewardsQuery } from '@zuil/core/contracts/http-redeemed-list'
import type { RedeemedRewardBody } from '@zuil/core/contracts/http-reward'
import type { TransactionSearch } from '@zuil/core/contracts/transaction-search'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hasPermission } from '../../access.ts'
import { grantedPlaces, repeated } from '../../hub/granted-places.ts'
import { isPage, type ReadTransaction } from '../../hub/transaction-reader.ts'
import { NOT_REACHED } from '../../passes/passholder-access.ts'
import { bearerPrincipalOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import { rewardBody } from '../../rewards/reward-view.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** `GET /rewards/redeemed`: what a passholder redeemed, newest first. */
export function redeemedRewardListRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, reader, redemptions, passholders } = context
  const { registry } = services

  app.get<{ Querystring: RedeemedRewardsQuery }>(
    '/rewards/redeemed',
    {
      onRequest: authentication.clientOrPerson,
      schema: {
        summary: 'Retrieve redeemed rewards',
        tags: ['Rewards'],
        querystring: RedeemedRewardsQuery,
        response: { 200: RedeemedRewardsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      if (!hasPermission(bearerPrincipalOf(request).client, 'REWARDS_READ'))
        return sendForbidden(reply, 'REWARDS_READ', 'of the client')
      const page = pageOf(request.query)
      if (!page) return sendProblem(reply, problem('url/query-limit-exceeded'))
      const filter = await filterOf(request)
      if (filter === undefined) return { totalItems: 0, member: [] }
      if ('type' in filter) return sendProblem(reply, filter)
      const found = await reader.page(request, filter, page)
      if (!isPage(found)) return sendProblem(reply, found)
      return { totalItems: found.totalItems, member: await bodiesOf(found.transactions) }
    },
  )

  /** Undefined: there is no such passholder, so nothing can be found. */
  async function filterOf(
    request: FastifyRequest<{ Querystring: RedeemedRewardsQuery }>,
  ): Promise<TransactionSearch['filter'] | Problem | undefined> {
    const { uitpasNumber, passholderId, rewardTitle, rewardType } = request.query
    const organizers = repeated(request.query.organizerId)
    if ((uitpasNumber === undefined) === (passholderId === undefined)) {
      return problem('url/not-found', { detail: 'Exactly one of uitpasNumber and passholderId is needed' })
    }
    if (passholderId !== undefined && organizers.length === 0) {
      return problem('url/not-found', { detail: 'passholderId needs organizerId' })
    }
    if (uitpasNumber !== undefined && !registry.isPassNumber(uitpasNumber)) return problem('invalid-uitpas-number')
    const principal = bearerPrincipalOf(request)
    const places = grantedPlaces({ client: principal.client, permission: 'REWARDS_READ', organizers })
    if (typeof places === 'string') {
      return problem('auth/forbidden', { detail: `REWARDS_READ is missing for organizer ${places}` })
    }
    const holder =
      uitpasNumber === undefined
        ? await registry.holderNumberOf(passholderId ?? '')
        : registry.byUitpasNumber(uitpasNumber)?.holder?.number
    const isReached = principal.kind === 'client' || (holder !== undefined && (await passholders.reaches(principal, holder)))
    if (!isReached) return problem('auth/forbidden', { detail: NOT_REACHED })
    if (holder === undefined) return undefined
    return {
      holder,
      kinds: ['REDEMPTION'],
      ...(organizers.length > 0 && { places }),
      ...(rewardTitle !== undefined && { rewardTitle }),
      ...(rewardType !== undefined && { rewardType }),
    }
  }

  async function bodiesOf(transactions: readonly ReadTransaction[]): Promise<RedeemedRewardBody[]> {
    const rewards = transactions.map(({ transaction }) => registry.storedReward(transaction.exchange?.reward ?? ''))
    // The registry keeps every reward that it ever had, so none is missing.
    const taken = await redemptions.unitsTaken(rewards.flatMap((stored) => stored?.reward ?? []))
    return transactions.flatMap(({ id, recordedAt, transaction }, index) => {
      const stored = rewards[index]
      if (!stored) return []
      const code = transaction.exchange?.label ?? ''
      return {
        id,
        reward: rewardBody(stored, { registry, unitsTaken: taken[index] ?? 0, now: services.now() }),
        redeemDate: formatInstant(recordedAt),
        ...(stored.reward.online && stored.texts.redeemInfo && { redeemInfo: stored.texts.redeemInfo }),
        ...(stored.reward.online && code !== '' && { redeemCode: code }),
      }
    })
  }
}
