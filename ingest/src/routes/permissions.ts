import { type Grant, problem, type SchemaError } from '@zuil/core'
import { ClientPath, PermissionsBody, PermissionsRequest } from '@zuil/core/contracts/http-permission'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../access.ts'
import { organizerBody } from '../checkins/kiosk-view.ts'
import { permissionLabel } from '../checkins/permission-label.ts'
import { clientOf, sendForbidden } from '../plugins/authentication.ts'
import { sendProblem } from '../plugins/problems.ts'
import type { RouteContext } from '../route-context.ts'
import { NO_CONTENT, PROBLEM_RESPONSES } from './responses.ts'
import { storeEntry } from './stored-setting.ts'

/** `/permissions`: what the client that asks may do, for each organizer; and `/permissions/{clientId}`: what any client may. */
export function permissionRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry } = services
  const tags = ['Permissions']

  app.get(
    '/permissions',
    {
      onRequest: authentication.clientOrPerson,
      schema: {
        summary: 'Get permissions',
        tags,
        response: { 200: PermissionsBody, ...PROBLEM_RESPONSES },
      },
    },
    // Organizers have no admins here, so a person has access to none of them.
    async (request) => (request.principal?.kind === 'client' ? clientOf(request).grants.map(permissionsOfGrant) : []),
  )

  app.get<{ Params: ClientPath }>(
    '/permissions/:clientId',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Get permissions for a client',
        tags,
        params: ClientPath,
        response: { 200: PermissionsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      if (!hasPermission(clientOf(request), 'PERMISSIONS_READ')) return sendForbidden(reply, 'PERMISSIONS_READ', 'of any')
      const client = registry.client(request.params.clientId)
      return client ? client.grants.map(permissionsOfGrant) : sendProblem(reply, problem('client-not-found'))
    },
  )

  app.put<{ Params: ClientPath; Body: PermissionsRequest }>(
    '/permissions/:clientId',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Update permissions for a client',
        tags,
        params: ClientPath,
        body: PermissionsRequest,
        response: { 204: NO_CONTENT, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      if (!hasPermission(clientOf(request), 'PERMISSIONS_WRITE')) return sendForbidden(reply, 'PERMISSIONS_WRITE', 'of any')
      const client = registry.client(request.params.clientId)
      if (!client) return sendProblem(reply, problem('client-not-found'))
      const schemaErrors = unknownOrganizers(request.body)
      if (schemaErrors.length > 0) return sendProblem(reply, problem('body/invalid-data', { schemaErrors }))
      const permissions = request.body.map(({ organizer, permissionDetails, permissions: ids = [] }) => ({
        organizer: { id: organizer.id },
        permissionDetails: permissionDetails ?? [...new Set(ids)].map((id) => ({ id })),
      }))
      const { id, name, redirectUris } = client
      // Without a secret in it, the secret stays as it is.
      const entry = { id, name, permissions, ...(redirectUris && { redirectUris }) }
      return await storeEntry(reply, services, { kind: 'clients', entry })
    },
  )

  function unknownOrganizers(permissions: PermissionsRequest): readonly SchemaError[] {
    return permissions.flatMap(({ organizer }, index) =>
      registry.organizer(organizer.id) ? [] : [{ jsonPointer: `/${index}/organizer/id`, error: 'The organizer is not known.' }],
    )
  }

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
