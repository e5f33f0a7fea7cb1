import { type Event, problem } from '@zuil/core'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import { DownloadLinkBody, QrDownloadQuery, QrLinkPath, QrLinkQuery } from '@zuil/core/contracts/http-qr-code'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { hasPermission, mayForEvent } from '../../access.ts'
import { comingCodes, type DatedCode } from '../../checkins/qr-codes.ts'
import { fileName, qrPdf, qrZip } from '../../checkins/qr-document.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendNotFound, sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { isSameSecret } from '../../secrets.ts'

/** Long enough to hand the link to a browser. */
const LINK_LIFE_MS = 10 * 60_000

/** `/events/{eventId}/qr-checkincodes`: posters with the codes of the coming days. */
export function qrCheckincodeRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry, secrets } = services
  const problems = { '4xx': ProblemBody, '5xx': ProblemBody }
  const tags = ['Events']

  app.get<{ Params: QrLinkPath; Querystring: QrLinkQuery }>(
    '/events/:eventId/qr-checkincodes/download-link',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve a download link to the QR check-in codes of an event',
        tags,
        params: QrLinkPath,
        querystring: QrLinkQuery,
        response: { 200: DownloadLinkBody, ...problems },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      if (!hasPermission(client, 'EVENTS_QR_CHECKINCODE')) return sendForbidden(reply, 'EVENTS_QR_CHECKINCODE', 'of the event')
      const event = registry.event(request.params.eventId)
      if (!event || event.cardSystems.length === 0) return sendUnknown(reply, request.params.eventId)
      if (!mayForEvent(client, 'EVENTS_QR_CHECKINCODE', { event, registry })) {
        return sendForbidden(reply, 'EVENTS_QR_CHECKINCODE', event.organizer)
      }
      if (codesOf(event).length === 0) return sendUnknown(reply, `${event.id}: NO_FUTURE_CHECKIN_PERIODS`)
      const { format = 'pdf' } = request.query
      const until = services.now() + LINK_LIFE_MS
      const path = `/events/${encodeURIComponent(event.id)}/qr-checkincodes`
      const query = new URLSearchParams({ format, until: String(until), signature: signatureOf(event, format, until) })
      return { downloadLink: `${services.publicUrl}${path}?${query.toString()}` }
    },
  )

  app.get<{ Params: QrLinkPath; Querystring: QrDownloadQuery }>(
    '/events/:eventId/qr-checkincodes',
    { schema: { summary: 'Download the QR check-in codes of an event', tags, params: QrLinkPath, querystring: QrDownloadQuery } },
    async (request, reply) => {
      const { format, signature } = request.query
      const until = Number(request.query.until)
      const event = registry.event(request.params.eventId)
      if (!event || !isSameSecret(signature, signatureOf(event, format, until)) || until < services.now()) {
        return sendNotFound(reply)
      }
      const codes = codesOf(event)
      if (codes.length === 0) return sendNotFound(reply)
      const body = format === 'pdf' ? await qrPdf(event, codes) : await qrZip(event, codes)
      return reply
        .header('content-disposition', `attachment; filename="${fileName(event)}.${format}"`)
        .header('cache-control', 'private, no-store')
        .type(format === 'pdf' ? 'application/pdf' : 'application/zip')
        .send(body)
    },
  )

  function codesOf(event: Event): readonly DatedCode[] {
    const fixed = registry.checkinCodeOf(event.id)
    return comingCodes(event, { windows: services.rules.windows, secrets, now: services.now(), fixed })
  }

  function signatureOf(event: Event, format: string, until: number): string {
    return secrets.requestHash('qr-download', `${event.id}\0${format}\0${until}`)
  }
}

function sendUnknown(reply: FastifyReply, what: string): FastifyReply {
  return sendProblem(reply, problem('event-not-found', { detail: `Event id ${what}`, onRead: true }))
}
