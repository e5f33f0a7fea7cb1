import {
  cellKeyOfSum,
  type ReportingPeriod,
  type ReportingPeriodKind,
  ROUNDING_BASES,
  reportingPeriodOf,
  roundByKey,
} from '@zuil/core'
import { type Cube, type Release, type ReleaseCell, SOURCES, validRelease, type Warehouse } from '@zuil/warehouse'
import { coordinateOf } from './cell-table.ts'
import type { LevelName } from './levels.ts'

/** Shorter periods that make up a longer one without a gap, and in which ages are of the same year. */
const PARTS: Readonly<Record<ReportingPeriodKind, readonly ReportingPeriodKind[]>> = {
  MONTH: [],
  QUARTER: ['MONTH'],
  YEAR: ['QUARTER', 'MONTH'],
  SEASON: [],
}

/** Releases of all parts of a period. */
export interface PeriodParts {
  readonly releases: readonly number[]
  /** Cubes of what happened, that each of the releases has: whoever is in a cell of a part is in that of the whole. */
  readonly cubes: readonly string[]
}

/** The releases in force of the parts of a period, by kind of part; where one is missing nothing is worked out from the others. */
export function partsOfPeriod(
  period: ReportingPeriod,
  { cubes, releases }: { readonly cubes: readonly Cube[]; readonly releases: readonly Release[] },
): readonly PeriodParts[] {
  const happened = cubes.filter(({ source, publishesPeople }) => publishesPeople && !SOURCES[source].onePerHolder)
  return PARTS[period.kind].flatMap((kind) => {
    const found = keysOfParts(kind, period).map((key) => validRelease(releases, key))
    const known = found.filter((release) => release !== undefined && !release.provisional)
    if (known.length < found.length) return []
    const shared = happened.filter(({ id }) => known.every((release) => release?.cubes.includes(id)))
    return [{ releases: known.flatMap((release) => release?.release ?? []), cubes: shared.map(({ id }) => id) }]
  })
}

function keysOfParts(kind: ReportingPeriodKind, { firstDay, lastDay }: ReportingPeriod): readonly string[] {
  const keys: string[] = []
  for (let day = firstDay; day <= lastDay; ) {
    const part = reportingPeriodOf(kind, day)
    keys.push(part.key)
    day = part.lastDay + 1
  }
  return keys
}

const SHOWN_SQL = `SELECT place, members, count() AS shown, sum(value) AS total
FROM published_cells
WHERE release IN {releases:Array(UInt32)}
    AND cube = {cube:String}
    AND dimensions = {dimensions:String}
    AND startsWith(place, {place:String})
    AND column = 'people'
    AND status = 'ok'
GROUP BY place, members`

const PROTECTING_SQL = `SELECT DISTINCT place, members
FROM protecting_cells
WHERE release IN {releases:Array(UInt32)}
    AND cube = {cube:String}
    AND dimensions = {dimensions:String}
    AND startsWith(place, {place:String})`

/** Lines of what the parts show of a level, and of what they withhold to protect others. */
export function partsOfLevel(
  warehouse: Pick<Warehouse, 'lines'>,
  { cube, kind, dimensions }: LevelName,
  { releases }: PeriodParts,
): { readonly shown: AsyncIterable<string>; readonly protecting: AsyncIterable<string> } {
  const parameters = { releases, cube: cube.id, dimensions: dimensions.join(','), place: kind.toLowerCase() }
  const read = (sql: string) => warehouse.lines(sql, parameters, 'publish: parts of the period')
  return { shown: read(SHOWN_SQL), protecting: read(PROTECTING_SQL) }
}

type CellPlace = Pick<ReleaseCell, 'place' | 'members'>

/** A row of {@link partsOfLevel}. */
export interface ShownInParts extends CellPlace {
  /** How many of the parts show it, and the sum of what they show. */
  readonly shown: number
  readonly total: number
}

/**
 * What the parts of a period show of a level. Nobody is in the whole who is in no part: where all parts but a few are shown, the
 * whole may tell how many people there were in one that is withheld because it has few.
 */
export class LevelParts {
  readonly #parts: number
  readonly #shown = new Map<string, ShownInParts>()
  readonly #protecting = new Set<string>()

  /** @param parts how many there are */
  constructor(parts: number) {
    this.#parts = parts
  }

  addShown(row: ShownInParts): void {
    this.#shown.set(coordinateOf(row), row)
  }

  addProtecting(cell: CellPlace): void {
    this.#protecting.add(coordinateOf(cell))
  }

  /** Whether the number that would be published of a cell leaves too little room around few people of a part. */
  isToldBy(cell: Pick<ReleaseCell, 'place' | 'members' | 'people' | 'key'>, threshold: number): boolean {
    const coordinate = coordinateOf(cell)
    // one that protects may have any number of people
    if (this.#protecting.has(coordinate)) return false
    const { shown, total } = this.#shown.get(coordinate) ?? { shown: 0, total: 0 }
    const missing = this.#parts - shown
    if (missing === 0) return false
    const base = ROUNDING_BASES.holders
    const few = threshold - 1
    const value = roundByKey(cell.people, base, cellKeyOfSum(BigInt(cell.key)))
    const least = Math.max(threshold, value - (base - 1))
    const leastOfOne = least - (total + shown * (base - 1)) - (missing - 1) * few
    // more than few: somebody came late, and the parts do not add up for anybody
    return leastOfOne <= few && few - leastOfOne < Math.min(base, few)
  }
}
