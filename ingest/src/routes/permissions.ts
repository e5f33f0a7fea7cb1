import type { Grant } from '@zuil/core'
import { PermissionsBody } from '@zuil/core/contracts/http-permission'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { organizerBody } from '../checkins/kiosk-view.ts'
import { permissionLabel } from '../checkins/permission-label.ts'
import { clientOf } from '../plugins/authentication.ts'
import type { RouteContext } from '../route-context.ts'

/** `GET /permissions`: what the client that asks may do, for each organizer. */
export function permissionRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry } = services

  app.get(
    '/permissions',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Get permissions',
        tags: ['Permissions'],
        response: { 200: PermissionsBody, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request) => clientOf(request).grants.map(permissionsOfGrant),
  )

  function permissionsOfGrant(grant: Grant): PermissionsBody[number] {
    const organizer = registry.organizer(grant.organizer)
    const cardSystemIds = [...(grant.cardSystems.length > 0 ? grant.cardSystems : (organizer?.cardSystems ?? []))]
    return {
      organizer: organizerBody(grant.organizer, organizer),
      permissions: [...grant.permissions],
      permissionDetails: grant.permissions.map((id) => ({ id, label: permissionLabel(id), cardSystemIds })),
      linkedOrganizers: [],
    }
  }
}
