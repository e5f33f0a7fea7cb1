import { type Holder, RateLimiter } from '@zuil/core'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import { SelfCheckinBody, SelfCheckinPath, SelfCheckinRequest } from '@zuil/core/contracts/http-self-checkin'
import type { FastifyInstance } from 'fastify'
import { CheckinCodes, type FoundCode } from '../../checkins/checkin-codes.ts'
import { keyOfRequest } from '../../checkins/idempotency.ts'
import { ME } from '../../passes/passholder-access.ts'
import { bearerPrincipalOf } from '../../plugins/authentication.ts'
import { sendProblem, sendRateLimited, sendUnsettled } from '../../plugins/problems.ts'
import { giveReceipt } from '../../plugins/stored-preference.ts'
import { principalKey } from '../../principal.ts'
import type { Pass, Registry } from '../../registry/registry.ts'
import type { RouteContext } from '../../route-context.ts'

/** Longer than any code; what is longer is as unknown as any wrong code. */
const CODE_LENGTH_MAX = 200

/** `POST /passholders/{passholderId}/checkins`: somebody scanned the code of an event. */
export function selfCheckinRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, backpressure, checkins, passholders } = context
  const { registry, secrets } = services
  const codes = new CheckinCodes(registry, secrets)
  const limiter = new RateLimiter(services.limits.selfCheckin, services.now)

  app.post<{ Params: SelfCheckinPath; Body: SelfCheckinRequest }>(
    '/passholders/:passholderId/checkins',
    {
      onRequest: authentication.clientOrPerson,
      config: { tellsHolder: true },
      schema: {
        summary: 'Check in a passholder with a check-in code',
        tags: ['Passholders'],
        params: SelfCheckinPath,
        body: SelfCheckinRequest,
        response: { 201: SelfCheckinBody, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request, reply) => {
      const principal = bearerPrincipalOf(request)
      const { passholderId } = request.params
      const { checkinCode } = request.body
      // Per passholder: whoever guesses codes is stopped, and a family that scans one code at once is not.
      const waitSeconds = limiter.take(passholderId === ME ? principalKey(principal) : passholderId)
      if (waitSeconds > 0) return sendRateLimited(reply, waitSeconds)
      const passholder = await passholders.find(principal, passholderId, ['PASSHOLDERS_SELF_CHECKIN'])
      if (passholder.kind === 'forbidden') return sendProblem(reply, passholder.problem)
      const key = keyOfRequest(request, reply, {
        secrets,
        operation: 'POST /passholders/checkins',
        body: [passholderId, checkinCode],
      })
      if (key === 'answered') return reply
      if (backpressure.refuses(reply, 'live')) return reply
      const pass = passholder.kind === 'found' ? await passOf(registry, passholder.holder) : undefined
      const found: FoundCode =
        checkinCode.length > CODE_LENGTH_MAX ? { state: 'unknown' } : await codes.find(checkinCode, services.now())
      const end = await checkins.takeOne({
        principal,
        channel: 'SELF',
        ...(found.state === 'valid' && { eventId: found.event.id }),
        ...(found.state === 'expired' && { isCodeExpired: true }),
        ...(pass && { pass }),
        ...(key && { request: key }),
      })
      if (end.kind !== 'accepted') return sendUnsettled(reply, end)
      await giveReceipt(request, reply, { position: end.position, journal: services.journal })
      return reply.code(201).send({ addedPoints: end.points, totalPoints: end.total ?? 0 })
    },
  )
}

/** The passholder with the card that counts as the pass: the card of the oldest active membership, else any. */
async function passOf(registry: Registry, holder: Holder): Promise<Pass | undefined> {
  const identity = await registry.identity(holder.number)
  const main = identity && registry.byUitpasNumber(identity.uitpasNumber)?.card
  const card = main ?? registry.card(identity?.cards[0]?.number ?? 0)
  return card && { card, holder }
}
