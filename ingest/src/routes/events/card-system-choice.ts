import { type Event, type Problem, problem } from '@zuil/core'
import type { EventCardSystemsBody, EventCardSystemsRequest } from '@zuil/core/contracts/http-event'
import type { Registry } from '../../registry/registry.ts'

/** The card systems of the organizer and those that were ever named for the event, in the order of their ids. */
export function eventCardSystems(event: Event, registry: Registry): EventCardSystemsBody {
  const named = registry.eventCardSystems(event.id) ?? []
  const ids = new Set([...possibleCardSystems(event, registry), ...named.map(({ id }) => id)])
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => {
      const name = registry.cardSystem(id)?.name
      const keys = manualKeysOf(id, registry)
      return {
        id,
        ...(name !== undefined && { name }),
        enabled: event.cardSystems.includes(id),
        ...(keys.length > 0 && { manualDistributionKeys: keys.map((key) => ({ ...key, enabled: isEnabled(key.id) })) }),
      }
    })

  function isEnabled(key: number): boolean {
    return event.manualKeys?.includes(key) ?? false
  }
}

/** The card systems of the organizer that are of the event's programme, and what is enabled already. */
export function possibleCardSystems(event: Event, registry: Registry): readonly number[] {
  const { programmes } = registry
  const ofProgramme = registry.cardSystemsOf(event.organizer).filter((id) => programmes.programmeOf(id) === event.programme)
  return [...ofProgramme, ...event.cardSystems]
}

function manualKeysOf(cardSystem: number, registry: Registry): readonly { readonly id: number; readonly name: string }[] {
  const keys = registry.tariffs.keysOf(cardSystem).filter(({ kind }) => kind === 'MANUAL')
  return keys.map(({ id, name }) => ({ id, name })).sort((a, b) => a.id - b.id)
}

interface Choice {
  /** Card systems that may be enabled; undefined: every one. */
  readonly possible: ReadonlySet<number> | undefined
  readonly registry: Registry
}

/** The first thing that is wrong with card systems for an event; undefined when nothing is. */
export function faultOf(cardSystems: EventCardSystemsRequest, { possible, registry }: Choice): Problem | undefined {
  const seen = new Set<number>()
  for (const [index, { id, enabled, manualDistributionKeys = [] }] of cardSystems.entries()) {
    if (!registry.cardSystem(id)) return problem('cardsystem-not-found', { detail: `Card system ${id} is not known` })
    if (seen.has(id)) {
      const schemaErrors = [{ jsonPointer: `/${index}/id`, error: 'The card system comes twice.' }]
      return problem('body/invalid-data', { schemaErrors })
    }
    seen.add(id)
    if (enabled && possible && !possible.has(id)) {
      return problem('invalid-card-system', { detail: `The organizer of the event is not in card system ${id}` })
    }
    for (const key of manualDistributionKeys) {
      const fault = keyFaultOf(key, { cardSystem: id, registry })
      if (fault) return fault
    }
  }
  return undefined
}

interface KeyPlace {
  readonly cardSystem: number
  readonly registry: Registry
}

/** A key that is not there, or one that is not enabled by hand, or not in this card system. */
function keyFaultOf({ id, enabled }: { readonly id: number; readonly enabled: boolean }, place: KeyPlace): Problem | undefined {
  const key = place.registry.tariffs.key(id)
  if (!key) return problem('distributionkey-not-found', { detail: `Distribution key ${id} is not known` })
  if (!enabled || (key.kind === 'MANUAL' && key.cardSystem === place.cardSystem)) return undefined
  return problem('invalid-distributionkey', {
    detail: `Distribution key ${id} is no manual key of card system ${place.cardSystem}`,
  })
}
