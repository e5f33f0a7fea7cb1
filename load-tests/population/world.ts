import type { Reward, TariffBook } from '@zuil/core'
import { Events, makeOffers, type Offers } from './offer/offers.ts'
import { type Host, makeHosts } from './offer/organizers.ts'
import { priceBook } from './offer/price-book.ts'
import { makeRewards } from './offer/rewards.ts'
import { makePeople, type People } from './people/people.ts'
import { Holidays } from './place/holiday.ts'
import { type Neighbours, neighboursOf } from './place/neighbours.ts'
import { type Geography, geography } from './place/place.ts'

export interface WorldOptions {
  readonly seed: number
  /** Passholders and group passes that are registered at the end. */
  readonly holders: number
  /** First day of the history, and the first day after it; days since 1 January 1970, in Brussels. */
  readonly from: number
  readonly until: number
  /** Card systems by number, or by a part of their name or of a member's; none: all of them. */
  readonly regions?: readonly string[]
}

/** Everybody and everything there is, before anything happens. The same options give the same world. */
export interface World {
  readonly options: WorldOptions
  readonly geography: Geography
  readonly neighbours: readonly Neighbours[]
  readonly holidays: Holidays
  readonly people: People
  readonly hosts: readonly Host[]
  readonly offers: Offers
  readonly events: Events
  readonly rewards: readonly Reward[]
  readonly book: TariffBook
}

/**
 * Raised when the same options give another world, or another history of it: who was told by the version before does not go on
 * with this one.
 */
export const POPULATION_VERSION = 2

/** More would not fit the numbers of places and owners in the flat arrays. */
export const HOLDERS_MAX = 5_000_000
/** Fewer cannot be spread over a region. */
export const HOLDERS_MIN = 10

/** @throws {RangeError} when the options leave nobody or no day. */
export function makeWorld(options: WorldOptions): World {
  const { seed, holders, from, until, regions } = options
  if (!(holders >= HOLDERS_MIN && holders <= HOLDERS_MAX)) {
    throw new RangeError(`A population has ${HOLDERS_MIN} to ${HOLDERS_MAX} holders, not ${holders}`)
  }
  if (until <= from) throw new RangeError('A history ends after it begins')
  const land = geography(regions)
  if (land.places.length === 0) throw new RangeError(`No card system or municipality is called ${(regions ?? []).join(', ')}`)
  const neighbours = neighboursOf(land.places)
  const holidays = new Holidays()
  const people = makePeople(land, { seed, holders, until, neighbours })
  const scale = Math.min(1, 1 / people.standsFor)
  const hosts = makeHosts(land, { seed, scale })
  const offers = makeOffers(land, hosts, { seed, from, until, scale, holidays })
  return {
    options,
    geography: land,
    neighbours,
    holidays,
    people,
    hosts,
    offers,
    events: new Events(offers, hosts, { seed, holidays, from, until }),
    rewards: makeRewards(land, hosts, seed),
    book: priceBook(land.regions, hosts),
  }
}
