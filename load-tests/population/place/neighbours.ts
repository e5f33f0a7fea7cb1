import type { Place } from './place.ts'

/** Places that somebody goes to from one place: the nearest of those that take part. */
const NEIGHBOURS_MAX = 14
/** Distance at which the pull of a place is down to a third; an assumption. */
const PULL_KM = 7

export interface Neighbours {
  /** Indexes of places, and the pull of them added up. */
  readonly places: Uint16Array
  readonly cumulative: Float64Array
}

/** For each place those around it, by inhabitants and distance. */
export function neighboursOf(places: readonly Place[]): readonly Neighbours[] {
  return places.map((place, index) => {
    const others = places
      .map((other, number) => ({ number, pull: other.inhabitants * Math.exp(-kilometres(place, other) / PULL_KM) }))
      .filter(({ number }) => number !== index)
      .sort((a, b) => b.pull - a.pull)
      .slice(0, NEIGHBOURS_MAX)
    const cumulative = new Float64Array(others.length)
    let sum = 0
    for (const [position, { pull }] of others.entries()) {
      sum += pull
      cumulative[position] = sum
    }
    return { places: Uint16Array.from(others.map(({ number }) => number)), cumulative }
  })
}

/** On a plane, which is good enough for Flanders. */
function kilometres(a: Place, b: Place): number {
  const east = (a.longitude - b.longitude) * 70.2
  const north = (a.latitude - b.latitude) * 111.2
  return Math.hypot(east, north)
}
