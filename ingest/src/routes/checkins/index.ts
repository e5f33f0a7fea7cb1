import { formatInstant, transactionId } from '@zuil/core'
import { CheckinBody, CheckinRequest } from '@zuil/core/contracts/http-checkin'
import type { PassholderBody } from '@zuil/core/contracts/http-passholder'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
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
      const end = await checkins.takeOne({
        principal: principalOf(request),
        channel: 'COUNTER',
        eventId: eventId.slice(0, EVENT_ID_SHOWN_MAX),
        uitpasNumber,
        ...(key && { request: key }),
        ...(key && passholder && { passholder: sealPassholder(passholder) }),
      })
      if (end.kind !== 'accepted') return sendUnsettled(reply, end)
      const waiting = giveReceipt(request, reply, { position: end.position, journal: services.journal })
      if (waiting) await waiting
      reply.code(201)
      // Not the reply: what is returned is waited for, and a reply is over only when its answer is out.
      return bodyOf(request.body, end, end.replayed ? openPassholder(end.passholder) : passholder)
    },
  )

  function bodyOf({ eventId, uitpasNumber }: CheckinRequest, end: Accepted, shown: PassholderBody | undefined): CheckinBody {
    return {
      id: transactionId(idKey, end.position),
      creationDate: formatInstant(end.position.ms),
      eventId,
      eventTitle: end.title,
      uitpasNumber,
      points: end.points,
      ...(shown && { passholder: { ...shown, points: end.total ?? shown.points } }),
    }
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
