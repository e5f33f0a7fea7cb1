import { type Event, type Problem, problem } from '@zuil/core'
import type { EventCardSystemsBody, EventCardSystemsRequest } from '@zuil/core/contracts/http-event'
import type { Registry } from '../../registry/registry.ts'

/** The card systems of the organizer and those that were ever named for the event, in the order of their ids. */
export function eventCardSystems(event: Event, registry: Registry): EventCardSystemsBody {
  const named = registry.eventCardSystems(event.id) ?? []
  const ids = new Set([...registry.cardSystemsOf(event.organizer), ...event.cardSystems, ...named.map(({ id }) => id)])
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => {
      const name = registry.cardSystem(id)?.name
      return { id, ...(name !== undefined && { name }), enabled: event.cardSystems.includes(id) }
    })
}

interface Choice {
  readonly event: Event | undefined
  /** Card systems that may be enabled; undefined: every one. */
  readonly possible: ReadonlySet<number> | undefined
  readonly registry: Registry
}

/** The first thing that is wrong with card systems for an event; undefined when nothing is. */
export function faultOf(cardSystems: EventCardSystemsRequest, { possible, registry }: Choice): Problem | undefined {
  const seen = new Set<number>()
  for (const [index, { id, enabled }] of cardSystems.entries()) {
    if (!registry.cardSystem(id)) return problem('cardsystem-not-found', { detail: `Card system ${id} is not known` })
    if (seen.has(id)) {
      const schemaErrors = [{ jsonPointer: `/${index}/id`, error: 'The card system comes twice.' }]
      return problem('body/invalid-data', { schemaErrors })
    }
    seen.add(id)
    if (enabled && possible && !possible.has(id)) {
      return problem('invalid-card-system', { detail: `The organizer of the event is not in card system ${id}` })
    }
  }
  return undefined
}
