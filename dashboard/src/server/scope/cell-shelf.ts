import type { CellsQuery, PlaceCells, PublishedCell } from '@zuil/warehouse'

/** Places of one question that are kept; a question about more of them is a file and not a page. */
const PLACES_KEPT_MAX = 60
/** Cells that are kept, of all places and releases: some forty megabytes. */
const CELLS_KEPT_MAX = 150_000

/** How cells are read, by the figure reader alone. */
export interface CellSource {
  readonly cells: (query: CellsQuery) => Promise<readonly PublishedCell[]>
  /** All cells of some places in a release. */
  readonly places: (query: Pick<CellsQuery, 'release' | 'places'>) => Promise<ReadonlyMap<string, PlaceCells>>
}

interface Kept {
  readonly cells: Promise<PlaceCells>
  /** 0 until they are read. */
  size: number
}

/**
 * Published cells, each place of a release read once and whole: a page asks for some thirty sets of the same place, and a release
 * never changes. Who may ask is the business of the figure reader, in front of it.
 */
export class CellShelf {
  readonly #source: CellSource
  /** By release and place; the one that was asked for last stands at the end. */
  readonly #kept = new Map<string, Kept>()
  #size = 0

  constructor(source: CellSource) {
    this.#source = source
  }

  async cells(query: CellsQuery): Promise<readonly PublishedCell[]> {
    const { release, places } = query
    if (places.length > PLACES_KEPT_MAX) return await this.#source.cells(query)
    const missing = places.filter((place) => !this.#kept.has(keyOf(release, place)))
    if (missing.length > 0) this.#read(release, missing)
    const found = await Promise.all(places.map((place) => this.#taken(keyOf(release, place))))
    return found.flatMap((cells, index) => cells?.cells({ ...query, places: places.slice(index, index + 1) }) ?? [])
  }

  #read(release: number, places: readonly string[]): void {
    const reading = this.#source.places({ release, places })
    for (const place of places) {
      const key = keyOf(release, place)
      const cells = reading.then((all) => {
        const one = all.get(place)
        if (!one) throw new RangeError(`Nothing was read of ${place}`)
        return one
      })
      const kept: Kept = { cells, size: 0 }
      this.#kept.set(key, kept)
      cells.then(
        ({ size }) => {
          if (this.#kept.get(key) !== kept) return
          kept.size = size
          this.#size += size
          this.#clear()
        },
        // a failure is not remembered
        () => void this.#kept.delete(key),
      )
    }
  }

  async #taken(key: string): Promise<PlaceCells | undefined> {
    const kept = this.#kept.get(key)
    if (!kept) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    return await kept.cells
  }

  #clear(): void {
    for (const [key, { size }] of this.#kept) {
      if (this.#size <= CELLS_KEPT_MAX) return
      this.#size -= size
      this.#kept.delete(key)
    }
  }
}

function keyOf(release: number, place: string): string {
  return `${release} ${place}`
}
