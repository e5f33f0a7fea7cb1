import { formatInstant, transactionId } from '@zuil/core'
import { CheckinBody, CheckinRequest } from '@zuil/core/contracts/http-checkin'
import type { PassholderBody } from '@zuil/core/contracts/http-passholder'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasPermission, mayForEvent } from '../../access.ts'
import type { Settled } from '../../checkins/answer.ts'
import { keyOfRequest } from '../../checkins/idempotency.ts'
import { passholderBody } from '../../checkins/passholder-view.ts'
import { clientOf, principalOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendUnsettled } from '../../plugins/problems.ts'
import { giveReceipt } from '../../plugins/stored-preference.ts'
import type { RouteContext } from '../../route-context.ts'

type Accepted = Extract<Settled, { kind: 'accepted' }>

/** A detail repeats the event id it was sent, but not a body's worth of it. */
const EVENT_ID_SHOWN_MAX = 64

export function checkinRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, backpressure, checkins } = context
  const { registry, secrets } = services
  const idKey = secrets.idKey()

  app.post<{ Body: CheckinRequest }>(
    '/checkins',
    {
      onRequest: authentication.client,
      config: { numberProblem: services.numberProblem },
      schema: {
        summary: 'Check in a passholder at an event',
        tags: ['Checkins'],
        body: CheckinRequest,
        response: { 201: CheckinBody, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      const { eventId, uitpasNumber } = request.body
      if (!hasPermission(client, 'CHECKINS_WRITE')) return sendForbidden(reply, 'CHECKINS_WRITE', 'of the event')
      const event = registry.event(eventId)
      if (event && !mayForEvent(client, 'CHECKINS_WRITE', { event, registry })) {
        return sendForbidden(reply, 'CHECKINS_WRITE', event.organizer)
      }
      const key = keyOfRequest(request, reply, { secrets, operation: 'POST /checkins', body: [eventId, uitpasNumber] })
      if (key === 'answered') return reply
      if (backpressure.refuses(reply, 'live')) return reply
      const showsPassholder = event !== undefined && mayForEvent(client, 'PASSHOLDERS_SEARCH', { event, registry })
      const passholder = showsPassholder ? await passholderOf(uitpasNumber) : undefined
      const [end] = await checkins.take([
        {
          principal: principalOf(request),
          channel: 'COUNTER',
          eventId: eventId.slice(0, EVENT_ID_SHOWN_MAX),
          uitpasNumber,
          ...(key && { request: key }),
          ...(key && passholder && { passholder: sealPassholder(passholder) }),
        },
      ])
      if (!end) throw new Error('A check-in ended without an answer')
      if (end.kind !== 'accepted') return sendUnsettled(reply, end)
      return answerAccepted(request, reply, { end, passholder })
    },
  )

  async function answerAccepted(
    request: FastifyRequest<{ Body: CheckinRequest }>,
    reply: FastifyReply,
    { end, passholder }: { end: Accepted; passholder: PassholderBody | undefined },
  ): Promise<FastifyReply> {
    await giveReceipt(request, reply, { position: end.position, journal: services.journal })
    const shown = end.replayed ? openPassholder(end.passholder) : passholder
    const body: CheckinBody = {
      id: transactionId(idKey, end.position),
      creationDate: formatInstant(end.position.ms),
      eventId: request.body.eventId,
      eventTitle: end.title,
      uitpasNumber: request.body.uitpasNumber,
      points: end.points,
      ...(shown && { passholder: { ...shown, points: end.total ?? shown.points } }),
    }
    return reply.code(201).send(body)
  }

  async function passholderOf(uitpasNumber: string): Promise<PassholderBody | undefined> {
    const holder = registry.byUitpasNumber(uitpasNumber)?.holder
    const identity = holder && (await registry.identity(holder.number))
    // The balance follows from the commit.
    return identity && passholderBody(holder, identity, { registry, points: 0 })
  }

  function sealPassholder(passholder: PassholderBody): string {
    return secrets.seal(JSON.stringify(passholder), SEALED_FOR).toString('base64')
  }

  function openPassholder(sealed: string | undefined): PassholderBody | undefined {
    // Only sealPassholder makes what opens under this context.
    return sealed === undefined
      ? undefined
      : (JSON.parse(secrets.open(Buffer.from(sealed, 'base64'), SEALED_FOR)) as PassholderBody)
  }
}

const SEALED_FOR = 'answer/passholder'
