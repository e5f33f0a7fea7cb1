import type { CellsQuery, PlaceCells, PublishedCell } from '@zuil/warehouse'
import { Shelf } from '../shelf.ts'

/** Places of one question that are kept whole; of more of them only what was asked is. */
const PLACES_KEPT_MAX = 60
/** Cells that are kept, of all places and releases: some forty megabytes. */
const CELLS_KEPT_MAX = 150_000
/** Cells of questions about many places: some ten megabytes. */
const ANSWERED_CELLS_MAX = 40_000

/** How cells are read, by the figure reader alone. */
export interface CellSource {
  readonly cells: (query: CellsQuery) => Promise<readonly PublishedCell[]>
  /** All cells of some places in a release. */
  readonly places: (query: Pick<CellsQuery, 'release' | 'places'>) => Promise<ReadonlyMap<string, PlaceCells>>
}

/**
 * Published cells, each place of a release read once and whole: a page asks for some thirty sets of the same place, and a release
 * never changes. Who may ask is the business of the figure reader, in front of it.
 */
export class CellShelf {
  readonly #source: CellSource
  readonly #places = new Shelf<PlaceCells>({ weightMax: CELLS_KEPT_MAX, weightOf: ({ size }) => size })
  readonly #answers = new Shelf<readonly PublishedCell[]>({ weightMax: ANSWERED_CELLS_MAX, weightOf: ({ length }) => length })

  constructor(source: CellSource) {
    this.#source = source
  }

  async cells(query: CellsQuery): Promise<readonly PublishedCell[]> {
    const { release, places } = query
    if (places.length > PLACES_KEPT_MAX) return await this.#answers.take(JSON.stringify(query), () => this.#source.cells(query))
    const missing = places.filter((place) => !this.#places.has(nameOf(release, place)))
    // all that are missing in one read
    const reading = missing.length > 0 ? this.#source.places({ release, places: missing }) : undefined
    const found = await Promise.all(
      places.map((place) => this.#places.take(nameOf(release, place), async () => ofPlace(place, await reading))),
    )
    return found.flatMap((cells, index) => cells.cells({ ...query, places: places.slice(index, index + 1) }))
  }
}

function ofPlace(place: string, read: ReadonlyMap<string, PlaceCells> | undefined): PlaceCells {
  const cells = read?.get(place)
  if (!cells) throw new RangeError(`Nothing was read of ${place}`)
  return cells
}

function nameOf(release: number, place: string): string {
  return `${release} ${place}`
}
