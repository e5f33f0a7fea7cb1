import type { ReportingPeriodKind } from '@zuil/core'
import { WarehouseError } from '../errors.ts'
import type { Warehouse } from '../warehouse.ts'
import { combinations } from './combinations.ts'
import { CUBES, isCubeId } from './cubes/cubes.ts'

/** What a reader is told of a cell; never why it is withheld, which would say how small it is. */
export type CellStatus = 'ok' | 'withheld' | 'structural_zero' | 'na'

export interface PublishedCell {
  readonly place: string
  /** One for each dimension of the query, in its order. */
  readonly members: readonly string[]
  readonly column: string
  /** 0 unless the status is `ok`. */
  readonly value: number
  readonly status: CellStatus
}

/** Cells of one dimension set of one cube in one release. */
export interface CellsQuery {
  readonly release: number
  readonly cube: string
  /** `people` or columns of the cube. */
  readonly columns: readonly string[]
  /** In the order of the cube; none is the total. `members` are those wanted; without it all that are published. */
  readonly dimensions: readonly { readonly id: string; readonly members?: readonly string[] }[]
  /** Places as text: `all`, `region:<card system>`, `municipality:<nis>`, `organizer:<id>`. */
  readonly places: readonly string[]
}

export interface Release {
  readonly release: number
  /** Epoch ms. */
  readonly publishedAt: number
  readonly provisional: boolean
  readonly periodKind: ReportingPeriodKind
  readonly period: string
  readonly threshold: number
  readonly cubes: readonly string[]
  /** Published cells, and cells with people that are withheld. */
  readonly cells: number
  readonly withheld: number
  /** Rows and content of the cells, as decimal text: the same release has the same for ever. */
  readonly contentRows: number
  readonly contentHash: string
}

/** Cells of one answer; the page door refuses more rows than that by itself. */
export const CELLS_MAX = 100_000

const RELEASES_SQL = `SELECT release, toUnixTimestamp64Milli(published_at) AS publishedAt, provisional = 1 AS isProvisional,
    period_kind AS periodKind, period, threshold, cubes, cells, withheld, content_rows AS contentRows, toString(content_hash) AS contentHash
FROM releases FINAL
WHERE state = 'PUBLISHED'
ORDER BY release`

const NUMBERS_SQL = `SELECT release FROM releases FINAL WHERE state = 'PUBLISHED'`

/**
 * One set of one place is a few milliseconds, most of them for understanding the statement: so no second table in it, and no search for
 * what to read first. The order is said because rows of several parts come in any.
 */
const CELLS_SQL = `SELECT place, members, column, value, toString(status) AS status
FROM published_cells
PREWHERE release = {release:UInt32}
    AND cube = {cube:String}
    AND dimensions = {dimensions:String}
    AND place IN {places:Array(String)}
    AND column IN {columns:Array(String)}
ORDER BY place, members, column`

const PLACES_SQL = `SELECT release, cube, dimensions, place, members, column, value, toString(status) AS status
FROM published_cells
PREWHERE release IN {releases:Array(UInt32)}
    AND place IN {places:Array(String)}
    AND has(arrayZip({releases:Array(UInt32)}, {places:Array(String)}), (release, toString(place)))
ORDER BY release, cube, dimensions, place, members, column`

/** All published releases, oldest first. */
export async function publishedReleases(warehouse: Pick<Warehouse, 'query'>): Promise<readonly Release[]> {
  const rows = await warehouse.query<Omit<Release, 'provisional'> & { isProvisional: number }>(RELEASES_SQL, {}, 'releases')
  return rows.map(({ isProvisional, ...release }) => ({ ...release, provisional: isProvisional === 1 }))
}

/** The release that is valid for a period: the last one; undefined when the period was not published. */
export function validRelease(releases: readonly Release[], period: string): Release | undefined {
  return releases.findLast((release) => release.period === period)
}

/**
 * The one door to figures about people: pages, API, exports and reports read through it and nowhere else. Where members are
 * named, a cell that is not published is there as `withheld`, exactly as one that was never counted; where they are not named,
 * it is absent.
 * @throws {WarehouseError} CALL when more than {@link CELLS_MAX} cells are asked for
 */
export async function publishedCells(warehouse: Pick<Warehouse, 'query'>, query: CellsQuery): Promise<readonly PublishedCell[]> {
  const { dimensions, places, columns } = query
  const asked = dimensions.reduce((count, { members }) => count * (members?.length ?? 1), places.length * columns.length)
  if (asked > CELLS_MAX) throw new WarehouseError('CALL', `A query names at most ${CELLS_MAX} cells, not ${asked}`)
  const { release, cube } = query
  const [isThere] = await arePublished(warehouse, [release])
  const parameters = { release, cube, dimensions: dimensionsText(query), places, columns }
  const rows = isThere ? await warehouse.query<PublishedCell>(CELLS_SQL, parameters, `published cells ${cube}`) : []
  return answered(rows, query)
}

/** Releases that are known to be published: one that is stays so, for as long as a warehouse is open. */
const KNOWN_NUMBERS = new WeakMap<Pick<Warehouse, 'query'>, ReadonlySet<number>>()

/** Whether these are published, in their order. Cells of others may stand there: they are read back before their release is written. */
async function arePublished(warehouse: Pick<Warehouse, 'query'>, releases: readonly number[]): Promise<readonly boolean[]> {
  const known = KNOWN_NUMBERS.get(warehouse)
  if (known && releases.every((release) => known.has(release))) return releases.map(() => true)
  const rows = await warehouse.query<Pick<Release, 'release'>>(NUMBERS_SQL, {}, 'numbers of releases')
  const numbers = new Set(rows.map(({ release }) => release))
  KNOWN_NUMBERS.set(warehouse, numbers)
  return releases.map((release) => numbers.has(release))
}

/** What a query is told of the rows that there are of its set. */
function answered(rows: readonly PublishedCell[], query: CellsQuery): readonly PublishedCell[] {
  const wanted = rows.filter(({ members }) => isWanted(members, query.dimensions))
  return query.dimensions.every(({ members }) => members !== undefined) ? completed(wanted, query) : wanted
}

/** All published cells of one place in one release, to be asked again and again: a release never changes. */
export class PlaceCells {
  readonly size: number
  readonly #sets: ReadonlyMap<string, readonly PublishedCell[]>

  constructor(rows: readonly Omit<StoredCell, 'release'>[]) {
    this.size = rows.length
    this.#sets = Map.groupBy(rows, ({ cube, dimensions }) => [cube, dimensions].join('\n'))
  }

  /** As {@link publishedCells} would answer for this place. */
  cells(query: CellsQuery): readonly PublishedCell[] {
    const set = this.#sets.get([query.cube, dimensionsText(query)].join('\n')) ?? []
    const rows = set.filter(({ column }) => query.columns.includes(column))
    return answered(
      rows.map(({ place, members, column, value, status }) => ({ place, members, column, value, status })),
      query,
    )
  }
}

interface StoredCell extends PublishedCell {
  readonly release: number
  readonly cube: string
  readonly dimensions: string
}

/** A place as one release has it. */
export interface ReleasedPlace {
  readonly release: number
  readonly place: string
}

/** Everything that releases say of some places, in the order in which they are asked for; also of those of which they say nothing. */
export async function placeCells(
  warehouse: Pick<Warehouse, 'query'>,
  asked: readonly ReleasedPlace[],
): Promise<readonly PlaceCells[]> {
  const isThere = await arePublished(
    warehouse,
    asked.map(({ release }) => release),
  )
  const readable = asked.filter((_one, index) => isThere[index])
  const parameters = { releases: readable.map(({ release }) => release), places: readable.map(({ place }) => place) }
  const rows = readable.length > 0 ? await warehouse.query<StoredCell>(PLACES_SQL, parameters, 'published cells of places') : []
  const named = Map.groupBy(rows, nameOf)
  return asked.map((one) => new PlaceCells(named.get(nameOf(one)) ?? []))
}

function nameOf({ release, place }: ReleasedPlace): string {
  return `${release} ${place}`
}

/** Ids of dimensions as `published_cells.dimensions` has them. */
function dimensionsText({ dimensions }: Pick<CellsQuery, 'dimensions'>): string {
  return dimensions.map(({ id }) => id).join(',')
}

function isWanted(members: readonly string[], dimensions: CellsQuery['dimensions']): boolean {
  return dimensions.every(({ members: named }, index) => named?.includes(members[index] ?? '') ?? true)
}

/** Every combination that was asked for, in the order of the query. */
function completed(rows: readonly PublishedCell[], query: CellsQuery): readonly PublishedCell[] {
  const { places, columns, dimensions } = query
  const known = new Map(rows.map((row) => [keyOf(row), row]))
  const cannotBe = neverSameIn(query)
  return places.flatMap((place) =>
    combinations(dimensions.map(({ members = [] }) => members)).flatMap((members) =>
      columns.map((column): PublishedCell => {
        const cell = { place, members, column }
        return known.get(keyOf(cell)) ?? { ...cell, value: 0, status: cannotBe(members) ? 'structural_zero' : 'withheld' }
      }),
    ),
  )
}

/** Whether nobody can be in the cell of these members, by what the cube counts. */
function neverSameIn({ cube, dimensions }: CellsQuery): (members: readonly string[]) => boolean {
  const pair = isCubeId(cube) ? CUBES[cube].neverSame : undefined
  const [one = -1, other = -1] = pair?.map((dimension) => dimensions.findIndex(({ id }) => id === dimension)) ?? []
  return (members) => one >= 0 && other >= 0 && members[one] === members[other]
}

function keyOf({ place, members, column }: Pick<PublishedCell, 'place' | 'members' | 'column'>): string {
  return [place, column, ...members].join('\n')
}
