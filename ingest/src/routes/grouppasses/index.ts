import { chipNumber, GROUP_QUOTA_COUNTER, periodGuard, problem, RateLimiter } from '@zuil/core'
import { GrouppassBody, GrouppassesBody, GrouppassesQuery, PassholderPath } from '@zuil/core/contracts/http-holder'
import { pageBody, pageOf } from '@zuil/core/contracts/http-paging'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../../access.ts'
import { grouppassBody } from '../../passes/holder-details.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { identifiedOrBearer } from '../../plugins/client-identification.ts'
import { sendProblem, sendRateLimited } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

const PERMISSION = 'GROUPPASSES_SEARCH'

/** `GET /grouppasses` and `GET /grouppasses/{passholderId}`: group passes, also of cards that are blocked or removed. */
export function grouppassRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry, counters, now } = services
  const limiter = new RateLimiter(services.limits.identified, now)
  const tags = ['Group passes']

  app.get<{ Querystring: GrouppassesQuery }>(
    '/grouppasses',
    {
      onRequest: identifiedOrBearer(authentication, services),
      schema: {
        summary: 'Search grouppasses',
        tags,
        querystring: GrouppassesQuery,
        response: { 200: GrouppassesBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { principal } = request
      if (principal?.kind !== 'client' && principal?.kind !== 'identified')
        return sendForbidden(reply, PERMISSION, 'of the person')
      if (!hasPermission(principal.client, PERMISSION)) return sendForbidden(reply, PERMISSION, 'of the client')
      const waitSeconds = principal.kind === 'identified' ? limiter.take(principal.client.id) : 0
      if (waitSeconds > 0) return sendRateLimited(reply, waitSeconds)
      const { uitpasNumber, chipNumber: chipText } = request.query
      if (uitpasNumber === undefined && chipText === undefined) {
        return sendProblem(reply, problem('url/not-found', { detail: 'uitpasNumber or chipNumber is missing' }))
      }
      if (uitpasNumber !== undefined && !registry.isPassNumber(uitpasNumber)) {
        return sendProblem(reply, problem('invalid-uitpas-number'))
      }
      const page = pageOf(request.query)
      if (!page) return sendProblem(reply, problem('url/query-limit-exceeded'))
      const byNumber = uitpasNumber === undefined ? undefined : registry.byUitpasNumber(uitpasNumber)
      const byChip = chipText === undefined ? undefined : registry.byChip(chipNumber(chipText) ?? '')
      const pass = uitpasNumber === undefined || byChip?.card.number === byNumber?.card.number ? byChip : undefined
      const found = await grouppassOf((chipText === undefined ? byNumber : pass)?.holder?.number)
      return pageBody(found ? [found] : [], page, principal.kind === 'identified' ? publicPart : (body) => body)
    },
  )

  app.get<{ Params: PassholderPath }>(
    '/grouppasses/:passholderId',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve a grouppass by ID',
        tags,
        params: PassholderPath,
        response: { 200: GrouppassBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      if (!hasPermission(clientOf(request), PERMISSION)) return sendForbidden(reply, PERMISSION, 'of the client')
      const found = await grouppassOf(await registry.holderNumberOf(request.params.passholderId))
      return found ?? sendProblem(reply, problem('passholder-not-found', { onRead: true }))
    },
  )

  async function grouppassOf(number: number | undefined): Promise<GrouppassBody | undefined> {
    const holder = number === undefined ? undefined : registry.holder(number)
    if (holder?.passType !== 'GROUP') return undefined
    const identity = await registry.identity(holder.number)
    if (!identity) return undefined
    const quota = periodGuard(GROUP_QUOTA_COUNTER, holder.number, { period: 'YEAR', instant: now() })
    const [ticketsTaken = 0] = await counters.read([quota])
    return grouppassBody(holder, identity, { registry, ticketsTaken })
  }
}

/** What who only says the id of a client gets: nothing that tells which group it is. */
function publicPart({
  name: _name,
  email: _email,
  address: _address,
  telephone: _telephone,
  ...rest
}: GrouppassBody): GrouppassBody {
  return rest
}
