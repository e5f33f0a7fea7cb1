import { parseReportingPeriod } from '@zuil/core'
import { WarehouseError } from '../../errors.ts'
import { c12Benchmark } from '../../measures/c12-benchmark.ts'
import { evaluate } from '../../measures/evaluation.ts'
import type { FigureRow } from '../../measures/question.ts'
import { referenceCells } from '../../measures/reference-cells.ts'
import type { RowValue, Warehouse } from '../../warehouse.ts'
import { publishedCells, publishedReleases, type Release } from '../published-cells.ts'
import { type PeerFacts, peerGroups } from './peer-groups.ts'
import { type Quartiles, quartilesOf } from './quartiles.ts'

/** The sector that most activities of an organizer are of, and how large its municipality is. A theme says more than a type. */
const ORGANIZERS_SQL = `SELECT organizer.organizer AS organizer, if(sectors.sector = '', 'OTHER', sectors.sector) AS sector, municipality.inhabitants AS inhabitants
FROM organizers_now AS organizer
LEFT JOIN (
    SELECT organizer, argMax(sector, (events, sector)) AS sector
    FROM (
        SELECT event.organizer AS organizer, count() AS events,
            multiIf(by_theme.sector != '', by_theme.sector, by_type.sector != '', by_type.sector, 'OTHER') AS sector
        FROM events_now AS event
        LEFT JOIN event_sectors AS by_theme ON by_theme.term = event.event_theme
        LEFT JOIN event_sectors AS by_type ON by_type.term = event.event_type
        GROUP BY organizer, sector
    )
    GROUP BY organizer
) AS sectors ON sectors.organizer = organizer.organizer
LEFT JOIN municipalities_now AS municipality ON municipality.nis = organizer.nis
ORDER BY organizer`

const GROUPS_SQL =
  'SELECT organizer, peer_group AS peerGroup FROM benchmark_groups FINAL WHERE season = {season:String} ORDER BY organizer'

const STORED_SQL = 'SELECT DISTINCT release FROM benchmark_quartiles'

const QUARTILES_SQL = `SELECT figure, organizers, lower, median, upper
FROM benchmark_quartiles FINAL
WHERE release = {release:UInt32} AND peer_group IN (
    SELECT peer_group FROM benchmark_groups FINAL WHERE season = {season:String} AND organizer = {organizer:String}
)
ORDER BY figure`

/** Quartiles of one figure of the benchmark in the group of an organizer. */
export interface BenchmarkRow extends Quartiles {
  readonly figure: string
}

type Reads = Pick<Warehouse, 'query'>

/**
 * Makes the benchmark of the release of a season, from published values only: the groups, unless an earlier release of the season
 * fixed them, and the quartiles of each group. The same again changes nothing.
 * @throws {WarehouseError} CALL when the release is not of a season
 */
export async function storeBenchmark(warehouse: Reads & Pick<Warehouse, 'append'>, release: Release): Promise<void> {
  const groups = await fixedGroups(warehouse, release)
  const rows = await valuesOf(warehouse, release, [...groups.keys()])
  const byGroup = Map.groupBy(rows, ({ place }) => groups.get(place.slice('organizer:'.length)) ?? '')
  const quartiles = [...byGroup].flatMap(([group, members]) =>
    c12Benchmark.figures.flatMap(({ id, unit }): readonly RowValue[][] => {
      const values = members.filter(({ figure, status }) => figure === id && status === 'ok').map(({ value }) => value)
      const found = quartilesOf(values, unit)
      return found ? [[release.release, group, id, found.organizers, found.lower, found.median, found.upper]] : []
    }),
  )
  if (quartiles.length > 0) await warehouse.append('benchmark_quartiles', quartiles)
}

/**
 * The benchmark of each season that was published, unless it is there already: after each release of a season, and again later in
 * case that was cut short. A season in which nobody has peers costs three reads each time.
 */
export async function storeMissingBenchmarks(warehouse: Reads & Pick<Warehouse, 'append'>): Promise<void> {
  const releases = await publishedReleases(warehouse)
  const stored = new Set(
    (await warehouse.query<{ release: number }>(STORED_SQL, {}, 'benchmark stored')).map((row) => row.release),
  )
  const seasons = releases.filter(({ periodKind, provisional }) => periodKind === 'SEASON' && !provisional)
  const valid = new Map(seasons.map((release) => [release.period, release]))
  for (const release of valid.values()) if (!stored.has(release.release)) await storeBenchmark(warehouse, release)
}

/** What the peers of an organizer have; nothing when it has no group. */
export function benchmarkOf(
  warehouse: Reads,
  { release, organizer }: { readonly release: Release; readonly organizer: string },
): Promise<readonly BenchmarkRow[]> {
  const parameters = { release: release.release, season: release.period, organizer }
  return warehouse.query<BenchmarkRow>(QUARTILES_SQL, parameters, 'benchmark')
}

async function fixedGroups(warehouse: Reads & Pick<Warehouse, 'append'>, release: Release): Promise<ReadonlyMap<string, string>> {
  const season = release.period
  const known = await warehouse.query<{ organizer: string; peerGroup: string }>(GROUPS_SQL, { season }, 'benchmark groups')
  if (known.length > 0) return new Map(known.map(({ organizer, peerGroup }) => [organizer, peerGroup]))
  const groups = peerGroups(await peerFacts(warehouse, release))
  if (groups.size > 0)
    await warehouse.append(
      'benchmark_groups',
      [...groups].map(([organizer, group]) => [season, organizer, group]),
    )
  return groups
}

/** Organizers whose public is published; one whose public is too small is nobody's peer. */
async function peerFacts(warehouse: Reads, release: Release): Promise<readonly PeerFacts[]> {
  const organizers = await warehouse.query<Omit<PeerFacts, 'people'>>(ORGANIZERS_SQL, {}, 'benchmark organizers')
  const cells = await publishedCells(warehouse, {
    release: release.release,
    cube: 'organizer-public',
    columns: ['people'],
    dimensions: [],
    places: organizers.map(({ organizer }) => `organizer:${organizer}`),
  })
  const people = new Map(cells.filter(({ status }) => status === 'ok').map(({ place, value }) => [place, value]))
  return organizers.flatMap((facts) => {
    const count = people.get(`organizer:${facts.organizer}`)
    return count === undefined ? [] : [{ ...facts, people: count }]
  })
}

async function valuesOf(warehouse: Reads, release: Release, organizers: readonly string[]): Promise<readonly FigureRow[]> {
  const period = parseReportingPeriod(release.period)
  if (period?.kind !== 'SEASON')
    throw new WarehouseError('CALL', `Release ${release.release} is of ${release.period}, which is no season`)
  if (organizers.length === 0) return []
  const places = organizers.map((organizer) => `organizer:${organizer}`)
  return await evaluate(
    c12Benchmark,
    { dimensions: [], places, period },
    {
      basis: 'PUBLISHED',
      cells: ({ cube, columns, dimensions, places: asked }) =>
        publishedCells(warehouse, { release: release.release, cube, columns, dimensions, places: asked }),
      reference: (id, question) => referenceCells(warehouse, id, question),
    },
  )
}
