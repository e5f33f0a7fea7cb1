import type { Registry } from './registry.ts'
import type { RegistryStore } from './registry-store.ts'

/**
 * Notes that a ticket is being sold for an event, before it is: from then on the card systems of the event stay as they are.
 * Costs something for the first ticket of an event only.
 * @throws {LedgerError}
 */
export async function noteTicketSale({ store, registry }: SoldEventParts, eventId: string): Promise<void> {
  if (registry.hasTicketSales(eventId)) return
  const [result] = await store.put('event-sales', [{ id: eventId }])
  if (!result?.ok) throw new Error(`That event ${eventId} has ticket sales was not taken: ${result?.problem.detail}`)
}

interface SoldEventParts {
  readonly store: Pick<RegistryStore, 'put'>
  readonly registry: Pick<Registry, 'hasTicketSales'>
}
