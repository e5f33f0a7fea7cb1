import { formatDay, type ReportingPeriod } from '@zuil/core'
import { type Cube, SOURCES, type Source, type Warehouse } from '@zuil/warehouse'
import type { UntilCalm } from './calm.ts'
import type { Regions } from './cube-relations.ts'
import type { EarlierRelease } from './earlier-release.ts'
import { fewOrganizersIn, levelStatements, levelsOf } from './levels.ts'
import { type PeriodParts, partsOfLevel } from './parts-of-period.ts'
import { withRecordKeys } from './record-keys.ts'
import type { RunningWork } from './release-thread.ts'

/** Portions of rows that may be on their way to the thread; a megabyte each. */
const PORTIONS_AHEAD_MAX = 4

export interface CountOptions {
  readonly cubes: readonly Cube[]
  readonly period: ReportingPeriod
  /** What each cube was published with before; of a cube the first one that has it. */
  readonly earlier: readonly EarlierRelease[]
  readonly parts: readonly PeriodParts[]
  readonly signal: AbortSignal
  /** Waited for before each level. */
  readonly untilCalm: UntilCalm
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** Has all cells of some cubes counted, level by level, and hands them to the release: true numbers, in its memory only. */
export async function countCells(
  warehouse: Pick<Warehouse, 'query' | 'lines' | 'append' | 'change'>,
  running: RunningWork,
  options: CountOptions,
): Promise<void> {
  const { signal } = options
  const keysOf = (first: number, count: number) => running.call('recordKeys', first, count)
  await withRecordKeys(warehouse, { keysOf, signal }, () => countLevels(warehouse, running, options))
}

async function countLevels(warehouse: Pick<Warehouse, 'lines'>, running: RunningWork, options: CountOptions): Promise<void> {
  const { cubes, period, earlier, parts, signal, untilCalm, onProgress } = options
  const statements = levelStatements(cubes, period)
  for (const [index, level] of levelsOf(cubes).entries()) {
    await untilCalm(signal)
    signal.throwIfAborted()
    const statement = statements[index]
    if (!statement) throw new RangeError(`Level ${index} has no statement`)
    await running.call('beginLevel', index)
    const before = earlier.find(({ rule }) => rule.cubes.includes(level.cube.id))
    if (before) {
      await handOver(before.openCells(level), (lines) => running.call('takeEarlier', lines))
      await handOver(before.protectingCells(level), (lines) => running.call('takeProtecting', lines))
    }
    for (const [part, one] of parts.filter(({ cubes: had }) => had.includes(level.cube.id)).entries()) {
      const { shown, protecting } = partsOfLevel(warehouse, level, one)
      await handOver(shown, (lines) => running.call('takeShownInParts', part, lines))
      await handOver(protecting, (lines) => running.call('takeProtectingInParts', part, lines))
    }
    if (level.cube.isAboutOrganizers) {
      const { sql, parameters } = fewOrganizersIn(level, period)
      await handOver(warehouse.lines(sql, parameters, `publish: ${level.cube.id}`), (lines) => running.call('takeUnsafe', lines))
    }
    const cells = warehouse.lines(statement.sql, statement.parameters, `publish: ${level.cube.id}`)
    await handOver(cells, (lines) => running.call('takeCells', lines))
    await running.call('endLevel')
    onProgress?.(index + 1, statements.length)
  }
}

/** Gives portions on while the thread works on those before; a few of them wait at most. */
async function handOver(portions: AsyncIterable<string>, give: (lines: string) => Promise<void>): Promise<void> {
  const given: Promise<void>[] = []
  for await (const lines of portions) {
    given.push(give(lines))
    if (given.length >= PORTIONS_AHEAD_MAX) await given.shift()
  }
  await Promise.all(given)
}

const NEWEST_RANGES_SQL = `SELECT toString(groupBitXor(cityHash64(lane, newest))) AS ranges
FROM (SELECT lane, max(range) AS newest FROM transactions WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} GROUP BY lane)`

/**
 * Says another text once a range with a transaction of the period was loaded, which is how late ones and voids come; always the same
 * where all cubes are counted from facts, which stand still.
 */
export async function countedState(
  warehouse: Pick<Warehouse, 'query'>,
  { cubes, period }: Pick<CountOptions, 'cubes' | 'period'>,
): Promise<string> {
  const sources = cubes.map(({ source }): Source => SOURCES[source])
  if (!sources.some(({ movesOn }) => movesOn)) return ''
  const days = { firstDay: formatDay(period.firstDay), lastDay: formatDay(period.lastDay) }
  const [row] = await warehouse.query<{ ranges: string }>(NEWEST_RANGES_SQL, days, 'publish: newest ranges')
  return row?.ranges ?? ''
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
