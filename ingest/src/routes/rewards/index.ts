import { type Problem, problem } from '@zuil/core'
import { type Page, pageOf } from '@zuil/core/contracts/http-paging'
import { RewardsBody, RewardsQuery } from '@zuil/core/contracts/http-reward'
import type { FastifyInstance } from 'fastify'
import { identifiedOrBearer } from '../../plugins/client-identification.ts'
import { sendNotFound, sendProblem } from '../../plugins/problems.ts'
import type { Principal } from '../../principal.ts'
import type { StoredReward } from '../../registry/entity-draft.ts'
import { rewardsForPassholders } from '../../rewards/passholder-rewards.ts'
import { listOf, RewardSearch, rewardSort, sortRewards } from '../../rewards/reward-search.ts'
import { rewardBody } from '../../rewards/reward-view.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** `GET /rewards`: from memory, but for the units that were taken. */
export function rewardRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, redemptions, passholders } = context
  const { registry } = services
  const tags = ['Rewards']

  app.get<{ Querystring: RewardsQuery }>(
    '/rewards',
    {
      onRequest: identifiedOrBearer(authentication, services),
      schema: {
        summary: 'Search rewards',
        tags,
        querystring: RewardsQuery,
        response: { 200: RewardsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { query } = request
      const { isRedeemableByPassholderId: redeemer, isInterestingForPassholderId: reader } = query
      const refused = await refusalOf(request.principal, [redeemer, reader])
      if (refused) return sendProblem(reply, refused)
      const page = pageOf(query)
      if (!page) return sendProblem(reply, problem('url/query-limit-exceeded'))
      if (listOf(query.organizerId).some((id) => !registry.organizer(id)))
        return sendProblem(reply, problem('organizer-not-found'))
      const cardSystems = [...listOf(query.owningCardSystemId), ...listOf(query.applicableCardSystemId)]
      if (cardSystems.some((id) => !registry.cardSystem(Number(id)))) return sendProblem(reply, problem('cardsystem-not-found'))
      const now = services.now()
      const all = await rewardsForPassholders(services, { redeemer, reader, now })
      if (!all) return sendNotFound(reply)
      const search = new RewardSearch(query, { registry, now })
      const facets = listOf(query.facets)
      const found = all.filter((stored) => search.matches(stored))
      return {
        ...(await pageOfRewards(found, { page, sort: rewardSort(query), now })),
        ...(facets.length > 0 && { facet: search.facets(facets, all) }),
      }
    },
  )

  /** Who may ask what a passholder can have: a client with the permission, and through one a person, for the own family. */
  async function refusalOf(
    principal: Principal | undefined,
    passholderIds: readonly (string | undefined)[],
  ): Promise<Problem | undefined> {
    for (const id of passholderIds) {
      if (id === undefined) continue
      if (principal?.kind !== 'client' && principal?.kind !== 'person') {
        return problem('auth/forbidden', { detail: 'REWARDS_PASSHOLDERS_READ needs an access token' })
      }
      const found = await passholders.find(principal, id, ['REWARDS_PASSHOLDERS_READ'])
      if (found.kind === 'forbidden') return found.problem
    }
    return undefined
  }

  async function pageOfRewards(
    found: StoredReward[],
    { page, sort, now }: { readonly page: Page; readonly sort: string; readonly now: number },
  ): Promise<RewardsBody> {
    const isByCount = sort.includes('redeemCount')
    const counted = isByCount ? await takenOf(found) : new Map<number, number>()
    const shown = sortRewards(found, sort, counted).slice(page.start, page.start + page.limit)
    const taken = isByCount ? counted : await takenOf(shown)
    const member = shown.map((each) => rewardBody(each, { registry, unitsTaken: taken.get(each.reward.number) ?? 0, now }))
    return { totalItems: found.length, member }
  }

  async function takenOf(rewards: readonly StoredReward[]): Promise<Map<number, number>> {
    const values = await redemptions.unitsTaken(rewards.map(({ reward }) => reward))
    return new Map(rewards.map(({ reward }, index) => [reward.number, values[index] ?? 0]))
  }
}
