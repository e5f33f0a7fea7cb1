import type { ReportingPeriod } from '@zuil/core'
import { type Cube, type DimensionId, type PlaceKind, type ReleaseCell, releaseCells, type Warehouse } from '@zuil/warehouse'
import { CellTable } from './cell-table.ts'
import type { Regions } from './cube-relations.ts'
import type { EarlierRelease } from './earlier-release.ts'
import { withRecordKeys } from './record-keys.ts'

type LevelName = { readonly cube: Cube; readonly kind: PlaceKind; readonly dimensions: readonly DimensionId[] }

export interface CountOptions {
  readonly cubes: readonly Cube[]
  readonly period: ReportingPeriod
  /** Of the record keys. */
  readonly secret: Buffer
  readonly earlier?: EarlierRelease | undefined
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** Counts all cells of some cubes, level by level: true numbers, in memory only. */
export async function countCells(
  warehouse: Pick<Warehouse, 'query' | 'stream' | 'append' | 'change'>,
  options: CountOptions,
): Promise<CellTable> {
  return await withRecordKeys(warehouse, options.secret, () => countLevels(warehouse, options))
}

async function countLevels(warehouse: Pick<Warehouse, 'stream'>, options: CountOptions): Promise<CellTable> {
  const { cubes, period } = options
  const table = new CellTable()
  const levels = cubes.flatMap((cube) => levelsOf(cube, period))
  for (const [index, { level, statement }] of levels.entries()) {
    const earlier = await options.earlier?.levelOf(level)
    const rows: ReleaseCell[] = []
    const origin = `publish: ${level.cube.id}`
    for await (const some of warehouse.stream<ReleaseCell>(statement.sql, statement.parameters, origin)) rows.push(...some)
    table.addLevel(level, rows, earlier)
    options.onProgress?.(index + 1, levels.length)
  }
  return table
}

/** Statements stand in the order of places, then of the lattice. */
function levelsOf(cube: Cube, period: ReportingPeriod) {
  const names = cube.places.flatMap((kind) => cube.lattice.map((dimensions): LevelName => ({ cube, kind, dimensions })))
  return releaseCells(cube, period).flatMap((statement, index) => {
    const level = names[index]
    return level ? [{ level, statement }] : []
  })
}

const REGIONS_SQL =
  'SELECT card_system AS cardSystem, groupUniqArray(nis) AS municipalities FROM region_municipalities GROUP BY card_system ORDER BY card_system'

/** Which municipalities make up a region today. */
export async function regionsOf(warehouse: Pick<Warehouse, 'query'>): Promise<Regions> {
  const rows = await warehouse.query<{ cardSystem: number; municipalities: readonly number[] }>(
    REGIONS_SQL,
    {},
    'publish: regions',
  )
  return new Map(rows.map((row) => [`region:${row.cardSystem}`, row.municipalities.map((nis) => `municipality:${nis}`)]))
}
