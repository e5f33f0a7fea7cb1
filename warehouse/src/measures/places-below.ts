import { tellsOfAnOrganizer } from '@zuil/core'
import type { Count } from './count.ts'
import { type Basis, type Estimate, noEstimate } from './estimate.ts'

export interface PlaceCount {
  readonly part: Count
  readonly whole: Count
}

interface Bound {
  readonly wholeMin: number
  /** Absent: any share. */
  readonly below?: number
}

/**
 * How many places have a whole of at least `wholeMin` and a share below a bound. What is withheld leaves it open whether a place
 * counts: `low` leaves those out, `high` takes them all.
 */
export function placesBelow(places: readonly PlaceCount[], { wholeMin, below }: Bound, basis: Basis): Estimate {
  const large = places.filter(({ whole }) => whole.status === 'ok' && whole.value >= wholeMin)
  if (basis === 'PUBLISHED' && !areMany(large)) return noEstimate('withheld')
  if (below === undefined) return { status: 'ok', value: large.length, low: large.length, high: large.length, decimals: 0 }
  const isKnown = ({ part }: PlaceCount) => part.status === 'ok' || part.status === 'structural_zero'
  const counted = large.filter((place) => isKnown(place) && place.part.value < place.whole.value * below).length
  const open = large.filter((place) => !isKnown(place)).length
  return { status: 'ok', value: counted, low: counted, high: counted + open, decimals: 0 }
}

function areMany(places: readonly PlaceCount[]): boolean {
  const values = places.map(({ whole }) => whole.value)
  const sum = values.reduce((all, value) => all + value, 0)
  return !tellsOfAnOrganizer({ organizers: values.length, largestShare: Math.max(0, ...values) / Math.max(1, sum) })
}
