import type { CellsQuery, PlaceCells, PublishedCell, ReleasedPlace } from '@zuil/warehouse'
import { Gathering } from '../storage/gathering.ts'
import { Shelf } from '../storage/shelf.ts'

/** Places of one question that are kept whole; of more of them only what was asked is. Also those that one read is about. */
const PLACES_KEPT_MAX = 60
/** Cells that are kept, of all places and releases: some forty megabytes. */
const CELLS_KEPT_MAX = 150_000
/** Cells of questions about many places: some ten megabytes. */
const ANSWERED_CELLS_MAX = 40_000

/** How cells are read, by the figure reader alone. */
export interface CellSource {
  readonly cells: (query: CellsQuery) => Promise<readonly PublishedCell[]>
  /** All cells of some places in their releases, in the order in which they are asked for. */
  readonly places: (asked: readonly ReleasedPlace[]) => Promise<readonly PlaceCells[]>
}

/**
 * Published cells, each place of a release read once and whole: a page asks for some thirty sets of the same place, and a release
 * never changes. Who may ask is the business of the figure reader, in front of it.
 */
export class CellShelf {
  readonly #source: CellSource
  readonly #reading: Gathering<ReleasedPlace, PlaceCells>
  readonly #places = new Shelf<PlaceCells>({ weightMax: CELLS_KEPT_MAX, weightOf: ({ size }) => size })
  readonly #answers = new Shelf<readonly PublishedCell[]>({ weightMax: ANSWERED_CELLS_MAX, weightOf: ({ length }) => length })

  constructor(source: CellSource) {
    this.#source = source
    this.#reading = new Gathering((asked) => source.places(asked), PLACES_KEPT_MAX)
  }

  async cells(query: CellsQuery): Promise<readonly PublishedCell[]> {
    const { release, places } = query
    if (places.length > PLACES_KEPT_MAX) return await this.#answers.take(JSON.stringify(query), () => this.#source.cells(query))
    const found = await Promise.all(
      places.map((place) => this.#places.take(`${release} ${place}`, () => this.#reading.ask({ release, place }))),
    )
    return found.flatMap((cells, index) => cells.cells({ ...query, places: places.slice(index, index + 1) }))
  }
}
