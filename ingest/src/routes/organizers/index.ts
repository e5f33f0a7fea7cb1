import { type Organizer, problem } from '@zuil/core'
import { OrganizerBody } from '@zuil/core/contracts/http-entity'
import { OrganizerPath, OrganizersBody, OrganizersQuery } from '@zuil/core/contracts/http-organizer'
import { pageBody, pageOf } from '@zuil/core/contracts/http-paging'
import type { FastifyInstance } from 'fastify'
import { hasPermission, mayForOrganizer } from '../../access.ts'
import { organizerBody } from '../../checkins/kiosk-view.ts'
import { clientOf, sendForbidden } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** `GET /organizers` and `GET /organizers/{id}`: the organizers that the client may search for. */
export function organizerRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry } = services
  const tags = ['Organizers']

  app.get<{ Querystring: OrganizersQuery }>(
    '/organizers',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Get organizers',
        tags,
        querystring: OrganizersQuery,
        response: { 200: OrganizersBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const client = clientOf(request)
      const { query } = request
      if (!hasPermission(client, 'ORGANIZERS_SEARCH')) return sendForbidden(reply, 'ORGANIZERS_SEARCH', 'of the list')
      const page = pageOf(query)
      if (!page) return sendProblem(reply, problem('url/query-limit-exceeded'))
      if (query.groupId !== undefined) return sendProblem(reply, problem('group-not-found'))
      if (query.cardSystemId !== undefined && !registry.cardSystem(Number(query.cardSystemId))) {
        return sendProblem(reply, problem('cardsystem-not-found'))
      }
      const mine = registry.organizers().filter(({ id }) => mayForOrganizer(client, 'ORGANIZERS_SEARCH', id))
      return pageBody(organizersFor(mine, query), page, bodyOf)
    },
  )

  app.get<{ Params: OrganizerPath }>(
    '/organizers/:id',
    {
      onRequest: authentication.client,
      schema: {
        summary: 'Retrieve organizer by ID',
        tags,
        params: OrganizerPath,
        response: { 200: OrganizerBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      if (!mayForOrganizer(clientOf(request), 'ORGANIZERS_SEARCH', id)) return sendForbidden(reply, 'ORGANIZERS_SEARCH', id)
      const organizer = registry.organizer(id)
      return organizer ? bodyOf(organizer) : sendProblem(reply, problem('organizer-not-found', { onRead: true }))
    },
  )

  function bodyOf(organizer: Organizer): OrganizerBody {
    const cardSystems = organizer.cardSystems.map((id) => {
      const name = registry.cardSystem(id)?.name
      return { id, ...(name !== undefined && { name }) }
    })
    return { ...organizerBody(organizer.id, organizer), cardSystems }
  }
}

/** By name where that is asked for, else by id: pages need an order that stays. */
function organizersFor(organizers: readonly Organizer[], query: OrganizersQuery): readonly Organizer[] {
  const cardSystem = query.cardSystemId === undefined ? undefined : Number(query.cardSystemId)
  const matches = query.name === undefined ? () => true : nameMatcher(query.name)
  const found = organizers.filter(
    ({ name, cardSystems }) => matches(name) && (cardSystem === undefined || cardSystems.includes(cardSystem)),
  )
  const direction = query['sort[name]']
  if (!direction) return found.sort((a, b) => (a.id < b.id ? -1 : 1))
  const sign = direction === 'desc' ? -1 : 1
  return found.sort((a, b) => sign * (a.name.localeCompare(b.name, 'nl') || (a.id < b.id ? -1 : 1)))
}

/** Whole names without regard to case; `*` stands for any text. Piece by piece, so that many stars cost no more than one. */
function nameMatcher(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.trim().toLowerCase().split('*')
  const last = rest.pop()
  return (text) => {
    const name = text.toLowerCase()
    if (last === undefined) return name === first
    if (!name.startsWith(first)) return false
    let at = first.length
    for (const piece of rest) {
      const found = name.indexOf(piece, at)
      if (found < 0) return false
      at = found + piece.length
    }
    return name.length - last.length >= at && name.endsWith(last)
  }
}
