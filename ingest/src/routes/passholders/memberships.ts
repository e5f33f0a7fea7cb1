import { previewMembership, problem } from '@zuil/core'
import { MembershipPath, MembershipPreviewBody, MembershipQuery } from '@zuil/core/contracts/http-membership'
import type { FastifyInstance } from 'fastify'
import { mayInCardSystem } from '../../access.ts'
import { membershipBody } from '../../checkins/passholder-view.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** `GET /passholders/{passholderId}/memberships/{cardSystemId}`: what a new membership would do; nothing is written. */
export function membershipRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry, now } = services

  app.get<{ Params: MembershipPath; Querystring: MembershipQuery }>(
    '/passholders/:passholderId/memberships/:cardSystemId',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Preview a new membership',
        tags: ['Passholders'],
        params: MembershipPath,
        querystring: MembershipQuery,
        response: { 200: MembershipPreviewBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      const { organizerId } = request.query
      const socialTariff = request.query.socialTariff === 'true'
      const organizer = registry.organizer(organizerId)
      if (!organizer) return sendProblem(reply, problem('organizer-not-found'))
      const cardSystem = registry.cardSystem(Number(request.params.cardSystemId))
      const place = { organizer: organizerId, cardSystem: Number(request.params.cardSystemId) }
      for (const permission of socialTariff ? WITH_SOCIAL_TARIFF : ORDINARY) {
        if (!mayInCardSystem(client, permission, place)) return sendForbidden(reply, permission, organizerId)
      }
      if (!cardSystem) return sendProblem(reply, problem('cardsystem-not-found', { onRead: true }))
      const number = await registry.holderNumberOf(request.params.passholderId)
      const holder = number === undefined ? undefined : registry.holder(number)
      const identity = holder?.passType === 'INDIVIDUAL' ? await registry.identity(holder.number) : undefined
      if (!holder || !identity) return sendProblem(reply, problem('passholder-not-found', { onRead: true }))
      if (!organizer.cardSystems.includes(cardSystem.id)) {
        const detail = `Organizer ${organizerId} is not in card system ${cardSystem.id}`
        return sendProblem(reply, problem('passholder-new-membership-error', { detail }))
      }
      const { replaced, ...preview } = previewMembership(holder, { cardSystem, socialTariff, now: now() })
      return { ...preview, ...(replaced && { replacedMembership: membershipBody(replaced, identity, registry) }) }
    },
  )
}

const ORDINARY = ['PASSHOLDERS_WRITE'] as const
/** The official text calls the second one PASSHOLDERS_WRITE_SOCIAL_TARIFF; its list of permissions has it without the dash. */
const WITH_SOCIAL_TARIFF = ['PASSHOLDERS_WRITE', 'PASSHOLDERS_WRITE_SOCIALTARIFF'] as const
