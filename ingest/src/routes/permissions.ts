import { problem, type SchemaError } from '@zuil/core'
import { ClientPath, PermissionsBody, PermissionsRequest } from '@zuil/core/contracts/http-permission'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../access.ts'
import { permissionsBody } from '../checkins/permission-view.ts'
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
    async (request) => (request.principal?.kind === 'client' ? permissionsBody(clientOf(request), registry) : []),
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
      return client ? permissionsBody(client, registry) : sendProblem(reply, problem('client-not-found'))
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
      const permissions = request.body.map(({ organizer, permissionDetails, permissions: ids = [], linkedOrganizers = [] }) => ({
        organizer: { id: organizer.id },
        permissionDetails: permissionDetails ?? [...new Set(ids)].map((id) => ({ id })),
        linkedOrganizers: linkedOrganizers.map((linked) => ({
          organizer: { id: linked.organizer.id },
          permissionDetails: linked.permissionDetails ?? [],
        })),
      }))
      const { id, name, redirectUris } = client
      // Without a secret in it, the secret stays as it is.
      const entry = { id, name, permissions, ...(redirectUris && { redirectUris }) }
      return await storeEntry(reply, services, { kind: 'clients', entry })
    },
  )

  function unknownOrganizers(permissions: PermissionsRequest): readonly SchemaError[] {
    return permissions.flatMap(({ organizer, linkedOrganizers = [] }, index) => {
      const named = [
        { id: organizer.id, jsonPointer: `/${index}/organizer/id` },
        ...linkedOrganizers.map((linked, each) => ({
          id: linked.organizer.id,
          jsonPointer: `/${index}/linkedOrganizers/${each}/organizer/id`,
        })),
      ]
      return named.flatMap(({ id, jsonPointer }) =>
        registry.organizer(id) ? [] : [{ jsonPointer, error: 'The organizer is not known.' }],
      )
    })
  }
}
