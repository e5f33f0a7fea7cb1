import type { NamedPlaces } from '@zuil/warehouse'
import { Shelf } from '../shelf.ts'
import type { Regions, Scope } from './scope.ts'

/** A municipality that joins a region is in it within this time. */
const PLACES_AGE_MAX_MS = 60_000

export interface NamedPlace {
  /** `municipality:44021` */
  readonly place: string
  readonly name: string
}

/** Where a municipality is, in degrees. */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** Names of places, where municipalities are, and which municipalities a card system has; read again when it is older than a minute. */
export class PlaceBook {
  readonly #read: () => Promise<NamedPlaces>
  readonly #book: Shelf<Book>

  /** @param clock epoch ms */
  constructor(read: () => Promise<NamedPlaces>, clock: () => number) {
    this.#read = read
    this.#book = new Shelf({ weightMax: 1, believed: { ageMaxMs: PLACES_AGE_MAX_MS, clock } })
  }

  async regions(): Promise<Regions> {
    const { municipalitiesOf } = await this.#current()
    return (cardSystem) => municipalitiesOf.get(cardSystem) ?? []
  }

  /** The name of a place; the place itself where nobody knows it. */
  async namer(): Promise<(place: string) => string> {
    const { names } = await this.#current()
    return (place) => names.get(place) ?? place
  }

  /** The organizers of municipalities, as places; of all of them every organizer. */
  async organizersOf(nisCodes: readonly number[] | 'all'): Promise<readonly string[]> {
    const { organizers } = await this.#current()
    return organizers.flatMap(({ organizer, nis }) =>
      nisCodes === 'all' || nisCodes.includes(nis) ? [`organizer:${organizer}`] : [],
    )
  }

  /** Every card system, as a place. */
  async regionPlaces(): Promise<readonly string[]> {
    const { municipalitiesOf } = await this.#current()
    return [...municipalitiesOf.keys()].map((cardSystem) => `region:${cardSystem}`)
  }

  /** The card systems that a municipality is in, as places. */
  async regionsWith(nis: number): Promise<readonly string[]> {
    const { municipalitiesOf } = await this.#current()
    return [...municipalitiesOf].flatMap(([cardSystem, members]) => (members.includes(nis) ? [`region:${cardSystem}`] : []))
  }

  /** Where municipalities are, by NIS code. */
  async points(): Promise<ReadonlyMap<number, Point>> {
    return (await this.#current()).points
  }

  /** The places of a scope that have a name, in the order of the lists. */
  async placesIn(scope: Scope): Promise<readonly NamedPlace[]> {
    const { names } = await this.#current()
    return [...names].flatMap(([place, name]) => (scope.mayRead(place) ? [{ place, name }] : []))
  }

  async #current(): Promise<Book> {
    return await this.#book.take('', async () => bookOf(await this.#read()))
  }
}

interface Book {
  readonly names: ReadonlyMap<string, string>
  readonly municipalitiesOf: ReadonlyMap<number, readonly number[]>
  readonly points: ReadonlyMap<number, Point>
  readonly organizers: NamedPlaces['organizers']
}

function bookOf({ regions, municipalities, organizers }: NamedPlaces): Book {
  return {
    organizers,
    municipalitiesOf: new Map(regions.map((region) => [region.cardSystem, region.municipalities])),
    points: new Map(municipalities.map(({ nis, latitude, longitude }) => [nis, { latitude, longitude }])),
    names: new Map([
      ['all', ''],
      ...regions.map(({ cardSystem, name }) => [`region:${cardSystem}`, name] as const),
      ...municipalities.map(({ nis, name }) => [`municipality:${nis}`, name] as const),
      ...organizers.map(({ organizer, name }) => [`organizer:${organizer}`, name] as const),
    ]),
  }
}
