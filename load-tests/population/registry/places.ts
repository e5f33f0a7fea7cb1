import { type Programme, parseDay } from '@zuil/core'
import type { Geography, Region } from '../place/place.ts'
import { PREDECESSOR } from '../place/place.ts'
import { PREDECESSOR_PROGRAMME } from '../place/programmes.ts'
import type { RegistryEntry } from './entry.ts'

/** Municipalities, card systems with those that take part on a day, and the programme that was there before the pass. */
export function* placeEntries({ places, regions }: Geography, day: number): Generator<RegistryEntry> {
  for (const place of places) {
    const { nis, name, postalCodes, latitude, longitude, inhabitants, inhabitantsYear, mergedFrom } = place
    const data = { nis, name, postalCodes, latitude, longitude, inhabitants, inhabitantsYear, mergedFrom }
    yield { kind: 'municipalities', data }
  }
  for (const region of regions) yield* cardSystemEntry(region, places, day)
  if (!regions.some(({ id }) => id === PREDECESSOR.replacedBy)) return
  const { cardSystem: id, name } = PREDECESSOR
  yield { kind: 'card-systems', data: { id, name, permanent: false, cities: [] } }
  yield { kind: 'programmes', data: programmeBody(PREDECESSOR_PROGRAMME) }
}

function* cardSystemEntry(region: Region, places: Geography['places'], day: number): Generator<RegistryEntry> {
  const { id, name, earlierName } = region
  const members = region.places.flatMap((index) => places[index] ?? []).filter(({ since }) => since <= day)
  if (members.length === 0) return
  const isWhole = members.length === region.places.length || earlierName === name
  const cities = members.flatMap((place) => place.postalCodes.map((postalCode) => ({ postalCode, name: place.name })))
  yield { kind: 'card-systems', data: { id, name: isWhole ? name : earlierName, permanent: true, cities } }
}

function programmeBody(programme: Programme): Record<string, unknown> {
  const { id, names, cardSystems, passNumbers, hasPoints, hasRewards, hasTariffs, checkinPoints, ages, runs } = programme
  return {
    id,
    names,
    cardSystems: cardSystems.map((cardSystem) => ({ id: cardSystem })),
    passNumbers,
    points: hasPoints,
    rewards: hasRewards,
    tariffs: hasTariffs,
    checkinPoints,
    ages,
    // a region that never joined has no last day
    runs: { from: runs?.from, ...(parseDay(runs?.until ?? '') !== undefined && { until: runs?.until }) },
  }
}
