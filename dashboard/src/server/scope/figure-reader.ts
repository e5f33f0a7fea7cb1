import {
  type BenchmarkRow,
  benchmarkOf,
  type CellQuestion,
  type CellsQuery,
  evaluate,
  type FigureRow,
  type Measure,
  type MeasureQuestion,
  type PublishedCell,
  placeCells,
  publishedCells,
  publishedReleases,
  type Release,
  type ReleaseAudit,
  referenceCells,
  releaseAudit,
  type Warehouse,
} from '@zuil/warehouse'
import { addedUp } from '../data-api/added-cells.ts'
import type { ExactCounts } from '../operations/exact-counts.ts'
import { Shelf } from '../storage/shelf.ts'
import { CellShelf } from './cell-shelf.ts'
import { ReferenceShelf } from './reference-shelf.ts'
import type { Scope } from './scope.ts'

/** How long the list of releases is believed where nobody tells of a new one: it shows within seconds. */
const RELEASES_AGE_MAX_MS = 5_000
/** All of them are one list. */
const RELEASES = ''
/** The benchmark of a release is made behind it, and never changes then. */
const PEERS_AGE_MAX_MS = 60_000
/** Organizers of whom the benchmark is kept. */
const PEERS_KEPT_MAX = 500

/** A place that the scope does not have was asked for: a fault of the caller, who has to ask the scope first. */
export class OutsideScopeError extends Error {
  override readonly name = 'OutsideScopeError'
  readonly code = 'OUTSIDE_SCOPE'
}

export interface FigureReaderOptions {
  /** What is exact because it is about no person; without it there is none of that. */
  readonly counts?: Pick<ExactCounts, 'read'>
  /** A reader of the same warehouse that has read already what both are asked for. */
  readonly shelvesOf?: FigureReader
}

/**
 * The one way from the releases to a page, an answer or a file. It takes a scope, which only the authentication can make, and
 * gives nothing of any other place, whoever asks and however (docs/decisions/0019).
 */
export class FigureReader {
  readonly #warehouse: Pick<Warehouse, 'query'>
  readonly #counts: Pick<ExactCounts, 'read'> | undefined
  readonly #kept: FigureShelves

  /** @param clock epoch ms */
  constructor(warehouse: Pick<Warehouse, 'query'>, clock: () => number, { counts, shelvesOf }: FigureReaderOptions = {}) {
    this.#warehouse = warehouse
    this.#counts = counts
    this.#kept = shelvesOf ? shelvesOf.#kept : emptyShelves(warehouse, clock)
  }

  /** What was published, oldest first; the same for everybody, but that a locked link sees nothing newer than itself. */
  async releases({ lastRelease }: Scope): Promise<readonly Release[]> {
    const all = await this.#kept.releases.take(RELEASES, () => publishedReleases(this.#warehouse))
    return lastRelease === undefined ? all : all.filter(({ release }) => release <= lastRelease)
  }

  /** To be told when there is a new one: whoever asks after that gets it. */
  forgetReleases(): void {
    this.#kept.releases.forget(RELEASES)
  }

  /**
   * What the audit of a release found, also of one that failed; undefined when there is none by that number.
   * @throws {OutsideScopeError} for whoever is no auditor, before anything is read
   */
  async audit(scope: Scope, release: number): Promise<ReleaseAudit | undefined> {
    if (!scope.mayAudit) throw new OutsideScopeError('An audit was asked for by a scope that has none')
    return await releaseAudit(this.#warehouse, release)
  }

  /** @throws {OutsideScopeError} before anything is read */
  async cells(scope: Scope, query: CellsQuery): Promise<readonly PublishedCell[]> {
    requireWithin(scope, query.places, query.release)
    return await this.#kept.cells.cells(query)
  }

  /**
   * Figures of a measure, from the cells of one release; of one that is about no person as they are. A place may be several with `+`
   * between them.
   * @throws {OutsideScopeError} before anything is read
   */
  async figures(
    scope: Scope,
    measure: Measure,
    { release, ...question }: MeasureQuestion & { readonly release: Release },
  ): Promise<readonly FigureRow[]> {
    if (measure.disclosure === 'OPERATIONS') {
      requireWithin(scope, question.places, release.release)
      return (await this.#counts?.read(measure, question)) ?? []
    }
    return await evaluate(measure, question, {
      basis: 'PUBLISHED',
      cells: (asked) => this.#together(scope, release, asked),
      reference: (id, { places, period }) => this.#kept.references.cells(id, { places, period }),
    })
  }

  /** People of a place and how many of them have increased reimbursement: others publish it of every place, so it has no scope. */
  async openCounts(
    place: string,
    period: MeasureQuestion['period'],
  ): Promise<{ readonly inhabitants?: number; readonly increasedReimbursement?: number }> {
    const asked = { places: [place], period }
    const [inhabitants, increasedReimbursement] = await Promise.all(
      (['inhabitants', 'increased-reimbursement'] as const).map(async (id) => {
        const everybody = (await this.#kept.references.cells(id, asked)).find(({ ageBand }) => ageBand === '')
        return everybody?.persons
      }),
    )
    return {
      ...(inhabitants !== undefined && { inhabitants }),
      ...(increasedReimbursement !== undefined && { increasedReimbursement }),
    }
  }

  /**
   * What the anonymous peers of an organizer have, in one release of a season: quartiles, the same for every member of the group.
   * @throws {OutsideScopeError} for an organizer that the scope does not have
   */
  async peers(scope: Scope, release: Release, organizer: string): Promise<readonly BenchmarkRow[]> {
    requireWithin(scope, [`organizer:${organizer}`], release.release)
    return await this.#kept.peers.take(`${release.release} ${organizer}`, () =>
      benchmarkOf(this.#warehouse, { release, organizer }),
    )
  }

  /** Cells as they were published; of places that are added up their sum, or nothing where a part is withheld. */
  async #together(scope: Scope, release: Release, asked: CellQuestion): Promise<readonly PublishedCell[]> {
    const { cube, columns, dimensions } = asked
    const read = (places: readonly string[]) => this.cells(scope, { release: release.release, cube, columns, dimensions, places })
    const alone = asked.places.filter((place) => !place.includes('+'))
    const sums = asked.places.filter((place) => place.includes('+')).map((place) => place.split('+'))
    const added = await Promise.all(sums.map(async (places) => addedUp(await read(places), places)))
    const whole = added
      .flat()
      .map(
        ({ status, ...cell }): PublishedCell =>
          status === 'at_least' ? { ...cell, value: 0, status: 'withheld' } : { ...cell, status },
      )
    return [...(alone.length > 0 ? await read(alone) : []), ...whole]
  }
}

/** What was read, to be asked for again. */
interface FigureShelves {
  readonly cells: CellShelf
  readonly releases: Shelf<readonly Release[]>
  readonly peers: Shelf<readonly BenchmarkRow[]>
  /** Counts that others publish: the same for everybody, of every place. */
  readonly references: ReferenceShelf
}

function emptyShelves(warehouse: Pick<Warehouse, 'query'>, clock: () => number): FigureShelves {
  return {
    cells: new CellShelf({
      cells: (query) => publishedCells(warehouse, query),
      places: (asked) => placeCells(warehouse, asked),
    }),
    releases: new Shelf({ weightMax: 1, believed: { ageMaxMs: RELEASES_AGE_MAX_MS, clock } }),
    peers: new Shelf({ weightMax: PEERS_KEPT_MAX, believed: { ageMaxMs: PEERS_AGE_MAX_MS, clock } }),
    references: new ReferenceShelf((id, question) => referenceCells(warehouse, id, question), clock),
  }
}

function requireWithin(scope: Scope, places: readonly string[], release: number): void {
  if (scope.lastRelease !== undefined && release > scope.lastRelease)
    throw new OutsideScopeError(`A query named release ${release}, which its scope does not have`)
  const outside = places.find((place) => !scope.mayRead(place))
  if (outside !== undefined) throw new OutsideScopeError(`A query named ${outside}, which its scope does not have`)
}
