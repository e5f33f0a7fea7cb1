import type { JoiningDay, NamedPlaces } from '@zuil/warehouse'
import { Shelf } from '../storage/shelf.ts'
import type { Regions, Scope } from './scope.ts'

/** A municipality that joins or leaves a region has done so within this time wherever somebody looks, */
const PLACES_AGE_MAX_MS = 60_000
/** and for the first one who looks after a while within this time: the others need not wait for the three reads. */
const PLACES_TOLD_MAX_MS = 10 * 60_000
/** One book; the empty one of a registry that is being filled is too heavy to be kept, so its first places show at once. */
const SHELF_WEIGHT_MAX = 1

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
    this.#book = new Shelf({
      weightMax: SHELF_WEIGHT_MAX,
      weightOf: ({ points }) => (points.size === 0 ? SHELF_WEIGHT_MAX + 1 : 1),
      believed: { ageMaxMs: PLACES_AGE_MAX_MS, toldMaxMs: PLACES_TOLD_MAX_MS, clock },
    })
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

  /** Every municipality, in a region or not: their names are open data. */
  async municipalities(): Promise<readonly NamedPlace[]> {
    const { names } = await this.#current()
    return [...names].flatMap(([place, name]) => (place.startsWith('municipality:') ? [{ place, name }] : []))
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

  /** Municipalities that joined a region while the registry was kept, in the order in which they did. */
  async joined(): Promise<readonly JoiningDay[]> {
    return (await this.#current()).joined
  }

  /** Codes of municipalities that are part of another one today, and of which. */
  async mergers(): Promise<ReadonlyMap<number, number>> {
    return (await this.#current()).mergers
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
  readonly joined: NamedPlaces['joined']
  readonly mergers: ReadonlyMap<number, number>
}

function bookOf({ regions, municipalities, organizers, joined }: NamedPlaces): Book {
  return {
    organizers,
    joined,
    mergers: new Map(municipalities.flatMap(({ nis, mergedFrom }) => mergedFrom.map((code) => [code, nis] as const))),
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
