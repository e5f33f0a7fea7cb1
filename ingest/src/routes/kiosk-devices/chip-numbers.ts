import { chipNumber, MESSAGES, pointsCounter, problem, programmeOfHolder } from '@zuil/core'
import { ChipNumberPath, KioskPassBody } from '@zuil/core/contracts/http-kiosk'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'

/** `GET /kiosk-devices/chip-numbers/{chipNumber}`: how many points somebody has. */
export function kioskChipNumberRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  app.get<{ Params: ChipNumberPath }>(
    '/kiosk-devices/chip-numbers/:chipNumber',
    {
      onRequest: authentication.kiosk,
      schema: {
        summary: 'Retrieve total points of a passholder by chip number',
        tags: ['Kiosk devices'],
        params: ChipNumberPath,
        response: { 200: KioskPassBody, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request, reply) => {
      const chip = chipNumber(request.params.chipNumber)
      const pass = chip === undefined ? undefined : services.registry.byChip(chip)
      if (!pass?.holder) return sendProblem(reply, problem('pass-not-found', { endUserMessage: MESSAGES.passNotFound() }))
      const { card, holder } = pass
      if (holder.passType === 'GROUP')
        return sendProblem(reply, problem('invalid-card', { endUserMessage: MESSAGES.groupPass() }))
      if (card.status !== 'ACTIVE') return sendProblem(reply, problem('card-blocked', { endUserMessage: MESSAGES.cardBlocked() }))
      const [totalPoints = 0] = await services.counters.read([
        { counter: pointsCounter(programmeOfHolder(holder, services.registry.programmes)), owner: holder.number, period: '' },
      ])
      return { totalPoints }
    },
  )
}
