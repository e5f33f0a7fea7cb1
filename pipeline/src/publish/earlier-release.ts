import { EARLIER, parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import type { Cube, Release, Warehouse } from '@zuil/warehouse'
import type { EarlierRule } from './earlier-level.ts'
import type { LevelName } from './levels.ts'

const OPEN_SQL = `SELECT place, members, groupArray(column) AS columns, groupArray(value) AS values
FROM published_cells
WHERE release = {release:UInt32}
    AND cube = {cube:String}
    AND dimensions = {dimensions:String}
    AND startsWith(place, {place:String})
    AND status = 'ok'
GROUP BY place, members`

const PROTECTING_SQL = `SELECT place, members
FROM protecting_cells
WHERE release = {release:UInt32}
    AND cube = {cube:String}
    AND dimensions = {dimensions:String}
    AND startsWith(place, {place:String})`

const PLACES_SQL = 'SELECT DISTINCT place FROM published_cells WHERE release = {release:UInt32}'

/** Reads what an earlier release of a period did, level by level, for the cubes of its rule: lines of {@link EarlierRow}. */
export interface EarlierRelease {
  readonly rule: EarlierRule
  /** What it published of a level. */
  openCells(level: LevelName): AsyncIterable<string>
  /** Cells of a level that it withheld to protect others. */
  protectingCells(level: LevelName): AsyncIterable<string>
}

/**
 * What stands of an earlier release when another one of its period is made:
 * - of a month that runs, again a provisional one: what was withheld opens when so many others have come;
 * - the first one of a period that is over, after provisional ones: what was withheld is looked at anew, but for places that were not
 *   there, since the municipalities may have changed meanwhile;
 * - a revision of a closed period: what was withheld stays withheld.
 */
export async function earlierRelease(
  warehouse: Pick<Warehouse, 'query' | 'lines'>,
  release: Release,
  isProvisional: boolean,
): Promise<EarlierRelease> {
  const { release: number } = release
  const isClosing = release.provisional && !isProvisional
  const places = isClosing ? await placesOf(warehouse, number) : []
  const { cubes } = release
  return reading(warehouse, number, {
    cubes,
    isElsewhere: false,
    withheld: isProvisional ? EARLIER.withheld : EARLIER.closed,
    places,
  })
}

/**
 * What stands of releases of other periods that end on the same day, e.g. of December and the fourth quarter for the year: a stock counts
 * the same people there, so it is published alike. What one of them withheld to protect others would hand these out.
 */
export function releasesEndingWith(
  warehouse: Pick<Warehouse, 'lines'>,
  period: ReportingPeriod,
  { cubes, releases }: { readonly cubes: readonly Cube[]; readonly releases: readonly Release[] },
): readonly EarlierRelease[] {
  const stocks = cubes.filter(({ isStock }) => isStock).map(({ id }) => id)
  const ending = releases.filter(
    ({ period: key, provisional }) => !provisional && key !== period.key && parseReportingPeriod(key)?.lastDay === period.lastDay,
  )
  // the last one stood for those before it
  return ending.toReversed().map(({ release, cubes: had }) =>
    reading(warehouse, release, {
      cubes: stocks.filter((id) => had.includes(id)),
      isElsewhere: true,
      // one late registration must not open here what is withheld there
      withheld: EARLIER.withheld,
      places: [],
    }),
  )
}

function reading(warehouse: Pick<Warehouse, 'lines'>, release: number, rule: EarlierRule): EarlierRelease {
  const read = (sql: string, level: LevelName) => warehouse.lines(sql, parametersOf(release, level), 'publish: earlier release')
  return { rule, openCells: (level) => read(OPEN_SQL, level), protectingCells: (level) => read(PROTECTING_SQL, level) }
}

async function placesOf(warehouse: Pick<Warehouse, 'query'>, release: number): Promise<readonly string[]> {
  const rows = await warehouse.query<{ place: string }>(PLACES_SQL, { release }, 'publish: earlier places')
  return rows.map(({ place }) => place)
}

function parametersOf(release: number, { cube, kind, dimensions }: LevelName) {
  return { release, cube: cube.id, dimensions: dimensions.join(','), place: kind.toLowerCase() }
}
