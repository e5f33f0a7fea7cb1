import { type CardSystem, problem } from '@zuil/core'
import { CardSystemPath, CardSystemsBody, CardSystemsQuery } from '@zuil/core/contracts/http-card-system'
import { CardSystemBody } from '@zuil/core/contracts/http-entity'
import { pageBody, pageOf } from '@zuil/core/contracts/http-paging'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { wholeCardSystemBody } from '../../checkins/card-system-view.ts'
import { identifiedOrBearer } from '../../plugins/client-identification.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { Registry } from '../../registry/registry.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'
import { cardSystemsFor, municipalityOf, POSTAL_CODE, textsOf } from './card-system-order.ts'

/** `GET /card-systems` and `GET /card-systems/{cardSystemId}`: public data. */
export function cardSystemRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry } = services
  const onRequest = identifiedOrBearer(authentication, services)
  const tags = ['Card systems']

  app.get<{ Querystring: CardSystemsQuery }>(
    '/card-systems',
    {
      onRequest,
      schema: {
        summary: 'Search card systems',
        tags,
        querystring: CardSystemsQuery,
        response: { 200: CardSystemsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { query } = request
      const page = pageOf(query)
      if (!page) return sendProblem(reply, problem('url/query-limit-exceeded'))
      for (const postalCode of textsOf(query.postalCode)) if (!POSTAL_CODE.test(postalCode)) return sendInvalid(reply, postalCode)
      if (query.sort?.endsWith('postalCode')) {
        if (query.postalCodeSort === undefined) return sendProblem(reply, problem('postal-code-required'))
        if (!municipalityOf(query.postalCodeSort, registry)) return sendInvalid(reply, query.postalCodeSort)
      }
      return pageBody(cardSystemsFor(query, registry), page, wholeCardSystemBody)
    },
  )

  app.get<{ Params: CardSystemPath }>(
    '/card-systems/:cardSystemId',
    {
      onRequest,
      schema: {
        summary: 'Retrieve card system',
        tags,
        params: CardSystemPath,
        response: { 200: CardSystemBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const cardSystem = cardSystemOf(registry, request.params)
      return cardSystem ? wholeCardSystemBody(cardSystem) : sendUnknownCardSystem(reply)
    },
  )
}

export function cardSystemOf(registry: Registry, { cardSystemId }: CardSystemPath): CardSystem | undefined {
  return registry.cardSystem(Number(cardSystemId))
}

export function sendUnknownCardSystem(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, problem('cardsystem-not-found', { onRead: true }))
}

function sendInvalid(reply: FastifyReply, postalCode: string): FastifyReply {
  return sendProblem(reply, problem('invalid-postal-code', { detail: `${postalCode} is not a postal code` }))
}
