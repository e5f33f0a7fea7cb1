import { EARLIER } from '@zuil/core'
import type { Release, Warehouse } from '@zuil/warehouse'
import { coordinateOf, type EarlierLevel, type Level } from './cell-table.ts'

const LEVEL_SQL = `SELECT place, members, column, value
FROM published_cells
WHERE release = {release:UInt32}
    AND cube = {cube:String}
    AND dimensions = {dimensions:String}
    AND startsWith(place, {place:String})
ORDER BY place, members, column`

interface LevelRow {
  readonly place: string
  readonly members: readonly string[]
  readonly column: string
  readonly value: number
}

const PROTECTING_SQL = `SELECT place, members
FROM protecting_cells
WHERE release = {release:UInt32}
    AND cube = {cube:String}
    AND dimensions = {dimensions:String}
    AND startsWith(place, {place:String})`

const PLACES_SQL = 'SELECT DISTINCT place FROM published_cells WHERE release = {release:UInt32}'

type LevelName = Pick<Level, 'cube' | 'kind' | 'dimensions'>

/** Reads what an earlier release of a period did, level by level. */
export interface EarlierRelease {
  /** Undefined where it had no such cube. */
  levelOf(level: LevelName): Promise<EarlierLevel | undefined>
}

/**
 * What stands of an earlier release when another one of its period is made:
 * - of a month that runs, again a provisional one: what was withheld opens when so many others have come;
 * - the first one of a period that is over, after provisional ones: what was withheld is looked at anew, but for places that were not
 *   there, since the municipalities may have changed meanwhile;
 * - a revision of a closed period: what was withheld stays withheld.
 */
export async function earlierRelease(
  warehouse: Pick<Warehouse, 'query' | 'stream'>,
  release: Release,
  isProvisional: boolean,
): Promise<EarlierRelease> {
  const { release: number } = release
  const isClosing = release.provisional && !isProvisional
  const places = isClosing ? await placesOf(warehouse, number) : new Set<string>()
  const withheld = (place: string) => {
    if (isProvisional) return EARLIER.withheld
    return places.has(place) ? EARLIER.none : EARLIER.closed
  }
  return {
    async levelOf(level) {
      if (!release.cubes.includes(level.cube.id)) return undefined
      return { open: await openCells(warehouse, number, level), protecting: await protecting(warehouse, number, level), withheld }
    },
  }
}

/** What a release published of one level: its open cells. */
async function openCells(warehouse: Pick<Warehouse, 'stream'>, release: number, level: LevelName): Promise<EarlierLevel['open']> {
  const cells = new Map<string, Map<string, number>>()
  for await (const rows of warehouse.stream<LevelRow>(LEVEL_SQL, parametersOf(release, level), 'publish: earlier cells')) {
    for (const row of rows) {
      const coordinate = coordinateOf(row)
      const values = cells.get(coordinate) ?? new Map<string, number>()
      cells.set(coordinate, values.set(row.column, row.value))
    }
  }
  return cells
}

async function protecting(warehouse: Pick<Warehouse, 'stream'>, release: number, level: LevelName): Promise<ReadonlySet<string>> {
  const cells = new Set<string>()
  const origin = 'publish: earlier protecting cells'
  for await (const rows of warehouse.stream<LevelRow>(PROTECTING_SQL, parametersOf(release, level), origin)) {
    for (const row of rows) cells.add(coordinateOf(row))
  }
  return cells
}

async function placesOf(warehouse: Pick<Warehouse, 'query'>, release: number): Promise<ReadonlySet<string>> {
  const rows = await warehouse.query<{ place: string }>(PLACES_SQL, { release }, 'publish: earlier places')
  return new Set(rows.map(({ place }) => place))
}

function parametersOf(release: number, { cube, kind, dimensions }: LevelName) {
  return { release, cube: cube.id, dimensions: dimensions.join(','), place: kind.toLowerCase() }
}
