import { type ApiClient, type Permission, type Problem, problem } from '@zuil/core'
import type { TicketSalesQuery } from '@zuil/core/contracts/http-reading'
import type { TransactionSearch } from '@zuil/core/contracts/transaction-search'
import { mayForEvent } from '../../access.ts'
import { grantedPlaces, repeated } from '../../hub/granted-places.ts'
import type { Registry } from '../../registry/registry.ts'

export const SALES_SEARCH: Permission = 'TICKETSALES_SEARCH'

export interface Asker {
  readonly client: ApiClient
  readonly registry: Registry
}

/**
 * Which sales a query means; the problem of a query that is incomplete or of a permission that is missing. Undefined: there is
 * no such event or passholder, so nothing can be found.
 */
export async function ticketSaleFilter(
  query: TicketSalesQuery,
  { client, registry }: Asker,
): Promise<TransactionSearch['filter'] | Problem | undefined> {
  const { eventId, passholderId, eventTitle } = query
  const organizers = repeated(query.organizerId)
  if (eventId === undefined && passholderId === undefined) return incomplete('eventId or passholderId is missing')
  if (passholderId !== undefined && organizers.length === 0) return incomplete('passholderId needs organizerId')
  const places = grantedPlaces({ client, permission: SALES_SEARCH, organizers, withLocations: registry })
  if (typeof places === 'string') return forbidden(places)
  const event = eventId === undefined ? undefined : registry.event(eventId)
  if (eventId !== undefined && !event) return undefined
  if (event && organizers.length === 0 && !mayForEvent(client, SALES_SEARCH, { event, registry })) {
    return forbidden(event.organizer)
  }
  const holder = passholderId === undefined ? undefined : await registry.holderNumberOf(passholderId)
  if (passholderId !== undefined && holder === undefined) return undefined
  return {
    kinds: ['TICKET_SALE'],
    ...(event && { eventNumber: event.number }),
    ...(holder !== undefined && { holder }),
    ...(organizers.length > 0 && { places }),
    ...(eventTitle !== undefined && { eventTitle }),
  }
}

function incomplete(detail: string): Problem {
  return problem('url/not-found', { detail })
}

function forbidden(organizer: string): Problem {
  return problem('auth/forbidden', { detail: `${SALES_SEARCH} is missing for organizer ${organizer}` })
}
