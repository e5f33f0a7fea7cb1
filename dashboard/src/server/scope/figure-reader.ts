import {
  type CellsQuery,
  type PublishedCell,
  publishedCells,
  publishedReleases,
  type Release,
  type Warehouse,
} from '@zuil/warehouse'
import type { Scope } from './scope.ts'

/** How long the list of releases is believed: a new one shows within seconds. */
const RELEASES_AGE_MAX_MS = 5_000

/** A place that the scope does not have was asked for: a fault of the caller, who has to ask the scope first. */
export class OutsideScopeError extends Error {
  override readonly name = 'OutsideScopeError'
  readonly code = 'OUTSIDE_SCOPE'
}

/**
 * The one way from the releases to a page, an answer or a file. It takes a scope, which only the authentication can make, and
 * gives nothing of any other place, whoever asks and however.
 */
export class FigureReader {
  readonly #warehouse: Pick<Warehouse, 'query'>
  readonly #clock: () => number
  #releases: Promise<readonly Release[]> | undefined
  #readAt = Number.NEGATIVE_INFINITY

  /** @param clock epoch ms */
  constructor(warehouse: Pick<Warehouse, 'query'>, clock: () => number) {
    this.#warehouse = warehouse
    this.#clock = clock
  }

  /** What was published, oldest first; the same for everybody. */
  async releases(_scope: Scope): Promise<readonly Release[]> {
    if (this.#releases === undefined || this.#clock() - this.#readAt >= RELEASES_AGE_MAX_MS) {
      this.#readAt = this.#clock()
      const reading = publishedReleases(this.#warehouse)
      this.#releases = reading
      // a failure is not remembered
      reading.catch(() => {
        if (this.#releases === reading) this.#releases = undefined
      })
    }
    return await this.#releases
  }

  /** @throws {OutsideScopeError} before anything is read */
  async cells(scope: Scope, query: CellsQuery): Promise<readonly PublishedCell[]> {
    const outside = query.places.find((place) => !scope.mayRead(place))
    if (outside !== undefined) throw new OutsideScopeError(`A query named ${outside}, which its scope does not have`)
    return await publishedCells(this.#warehouse, query)
  }
}
