import { chipNumber, problem } from '@zuil/core'
import { CardBody, CardsQuery } from '@zuil/core/contracts/http-holder'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../../access.ts'
import { cardSystemBody } from '../../checkins/card-system-view.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendNotFound, sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** Place of the digit in a UiTPAS number that is 1 for cards issued with a right to the social tariff. */
const SOCIAL_TARIFF_DIGIT = 11

/** `GET /cards`: a card by its UiTPAS number or its chip, whatever its status. */
export function cardRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry } = services

  app.get<{ Querystring: CardsQuery }>(
    '/cards',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve card status',
        tags: ['Cards'],
        querystring: CardsQuery,
        response: { 200: CardBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      if (!hasPermission(clientOf(request), 'CARDS_READ')) return sendForbidden(reply, 'CARDS_READ', 'of the client')
      const { uitpasNumber, chipNumber: chipText } = request.query
      if (uitpasNumber === undefined && chipText === undefined) {
        return sendProblem(reply, problem('url/not-found', { detail: 'uitpasNumber or chipNumber is missing' }))
      }
      if (uitpasNumber !== undefined && !registry.isPassNumber(uitpasNumber)) {
        return sendProblem(reply, problem('invalid-uitpas-number'))
      }
      const card = cardOf(uitpasNumber, chipText)
      const numbers = card && (await registry.cardNumbers(card))
      if (!card || !numbers) return sendNotFound(reply)
      return {
        uitpasNumber: numbers.uitpasNumber,
        ...(numbers.chipNumber !== undefined && { chipNumber: numbers.chipNumber }),
        cardSystem: cardSystemBody(registry, card.cardSystem),
        cardType: numbers.cardType,
        status: card.status,
        socialTariff: numbers.uitpasNumber[SOCIAL_TARIFF_DIGIT] === '1',
      }
    },
  )

  /** With both numbers, the card that has both. */
  function cardOf(uitpasNumber: string | undefined, chipText: string | undefined) {
    const chip = chipText === undefined ? undefined : chipNumber(chipText)
    const byChip = chip === undefined ? undefined : registry.byChip(chip)?.card
    if (uitpasNumber === undefined) return byChip
    const byNumber = registry.byUitpasNumber(uitpasNumber)?.card
    return chipText === undefined || byChip?.number === byNumber?.number ? byNumber : undefined
  }
}
