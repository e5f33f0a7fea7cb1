import { type ApiClient, entityId, type Kiosk, type Permission, problem } from '@zuil/core'
import { KioskDeviceBody } from '@zuil/core/contracts/http-kiosk'
import { KioskPath, KiosksBody, KiosksQuery } from '@zuil/core/contracts/http-kiosk-admin'
import { pageBody, pageOf } from '@zuil/core/contracts/http-paging'
import type { FastifyInstance } from 'fastify'
import { hasPermission, mayForOrganizer } from '../../access.ts'
import { kioskBody } from '../../checkins/kiosk-view.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendNotFound, sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** `GET /kiosks` and `GET /kiosks/{kioskId}`: kiosks of the organizers that the client may read them of. */
export function kioskRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry } = services
  const tags = ['Kiosks']

  app.get<{ Querystring: KiosksQuery }>(
    '/kiosks',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve kiosks',
        tags,
        querystring: KiosksQuery,
        response: { 200: KiosksBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      const { query } = request
      const { organizerId } = query
      const isAllowed =
        organizerId === undefined ? hasPermission(client, 'KIOSKS_READ') : mayForOrganizer(client, 'KIOSKS_READ', organizerId)
      if (!isAllowed) return sendForbidden(reply, 'KIOSKS_READ', organizerId ?? 'of the list')
      const page = pageOf(query)
      if (!page) return sendProblem(reply, problem('url/query-limit-exceeded'))
      const wanted = organizerId === undefined ? undefined : entityId(organizerId)
      const kiosks = registry
        .kiosks()
        .filter((kiosk) => kiosk.deviceId !== undefined && mayForKiosk(client, 'KIOSKS_READ', kiosk))
        .filter(({ organizers }) => wanted === undefined || organizers.some((id) => entityId(id) === wanted))
        .sort((a, b) => a.name.localeCompare(b.name, 'nl') || (a.id < b.id ? -1 : 1))
      return pageBody(kiosks, page, (kiosk) => kioskBody(kiosk, registry))
    },
  )

  app.get<{ Params: KioskPath }>(
    '/kiosks/:kioskId',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve kiosk',
        tags,
        params: KioskPath,
        response: { 200: KioskDeviceBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      if (!hasPermission(client, 'KIOSKS_READ')) return sendForbidden(reply, 'KIOSKS_READ', 'of the kiosk')
      const kiosk = registry.kiosk(request.params.kioskId)
      if (!kiosk) return sendNotFound(reply)
      return mayForKiosk(client, 'KIOSKS_READ', kiosk)
        ? kioskBody(kiosk, registry)
        : sendForbidden(reply, 'KIOSKS_READ', 'of the kiosk')
    },
  )
}

/** Whether any organizer of the kiosk gave the client the permission. */
export function mayForKiosk(client: ApiClient, permission: Permission, { organizers }: Kiosk): boolean {
  return organizers.some((organizer) => mayForOrganizer(client, permission, organizer))
}
