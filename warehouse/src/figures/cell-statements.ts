import { formatDay, ORGANIZER_SHARE_MAX, ORGANIZERS_MIN, type ReportingPeriod } from '@zuil/core'
import { WarehouseError } from '../errors.ts'
import type { Parameters, ParameterValue } from '../warehouse.ts'
import type { Column, Cube, CubeDimension, PlaceKind } from './cube.ts'
import type { DimensionId } from './dimensions.ts'
import type { FigurePlace } from './place.ts'
import { SOURCES, type Source } from './sources.ts'
import { parametersNamed, type Statement } from './statement.ts'

export interface CellRequest {
  /** One of the sets of the cube's lattice. */
  readonly dimensions: readonly DimensionId[]
  /** Ids of columns that are wanted beside the people. */
  readonly columns: readonly string[]
  /** `false`: nobody is counted, `people` is 0. To tell people apart is most of the work where a person has several rows. */
  readonly people?: boolean
  /** One place, or all places of a kind that have a cell. */
  readonly place: FigurePlace | { readonly each: PlaceKind }
  readonly period: ReportingPeriod
}

/** What {@link exactCells} selects, in no order. */
export interface ExactCell {
  /** Absent where one place was asked for. */
  readonly place?: string
  /** In the order of the dimensions that were asked for. */
  readonly members: readonly string[]
  readonly people: number
  /** In the order of the columns that were asked for. */
  readonly values: readonly number[]
}

/** What {@link releaseCells} selects: cells before they are protected. */
export interface ReleaseCell extends ExactCell {
  readonly place: string
  /** Ids of the dimensions, joined by commas in the order of the cube; empty: the total. */
  readonly dimensions: string
  /** Sum of the record keys of the people, modulo 2^64, in decimal digits. */
  readonly key: string
  /** 1: one person stands out in a column with dominance. */
  readonly unsafe: number
}

/**
 * Cells of a cube as they are, with exactly the columns that were asked for: for operators, never for a reader.
 * @throws {WarehouseError} CALL when the cube has no such cells
 */
export function exactCells(cube: Cube, { dimensions, columns, people = true, place, period }: CellRequest): Statement {
  const parts = partsOf(cube, dimensions, 'each' in place ? place.each : place.kind)
  const { period: days, periodOfSums: months = days } = parts.source
  const wanted = columns.map((id) => columnOf(cube, id))
  const holders = parts.source.onePerHolder ? 'count()' : 'uniqExact(holder)'
  const one = 'each' in place ? undefined : oneOf(parts, place)
  const groups = [...(one ? [] : parts.placeGroups), ...parts.memberKeys]
  const selected = [
    ...(one ? [] : [`${parts.placeText} AS place`]),
    `${listOf(parts.members)} AS members`,
    `${people ? holders : '0'} AS people`,
    `${listOf(wanted.map((column) => `sum(${column.sql})`))} AS values`,
  ]
  const sql = `SELECT ${selected.join(', ')}
FROM ${one ? parts.source.from : parts.from}
WHERE ${[people ? days : months, ...parts.conditions, ...(one?.conditions ?? [])].join('\n    AND ')}${groups.length > 0 ? `\nGROUP BY ${groups.join(', ')}` : ''}`
  return { sql, parameters: parametersNamed(sql, { ...periodParameters(period), ...one?.parameters }) }
}

/**
 * All cells of a cube for a period, one statement for each kind of place and set of the lattice: so that none needs more memory
 * than its own distinct people. Cells without people are absent.
 */
export function releaseCells(cube: Cube, period: ReportingPeriod): readonly Statement[] {
  return cube.places.flatMap((kind) => cube.lattice.map((dimensions) => releaseStatement(cube, { dimensions, kind, period })))
}

interface ReleaseRequest {
  readonly dimensions: readonly DimensionId[]
  readonly kind: PlaceKind
  readonly period: ReportingPeriod
}

/** People first, so that what each adds to a cell can be cut off, and each counts once. */
function releaseStatement(cube: Cube, { dimensions, kind, period }: ReleaseRequest): Statement {
  const parts = partsOf(cube, dimensions, kind)
  const { source, members, placeGroups } = parts
  const shares = cube.columns.map((column, index) => ({ column, name: `share_${index}`, max: shareMaxOf(column, period) }))
  const groups = [...placeGroups, ...members]
  const aliases = groups.map((_, index) => `group_${index}`)
  const own = shares.map(
    ({ column, name, max }) => `least(${source.onePerHolder ? column.sql : `sum(${column.sql})`}, ${max}) AS ${name}`,
  )
  const selected = [...groups.map((group, index) => `${group} AS ${aliases[index]}`), 'holder', ...own]
  const dominated = shares.filter(({ column }) => column.dominance).map(({ name }) => dominanceOf(name))
  const place = parts.placeTextOf(aliases[0] ?? '')
  const cellMembers = aliases.slice(placeGroups.length)
  const sql = `SELECT ${place} AS place, '${dimensions.join(',')}' AS dimensions, ${listOf(cellMembers)} AS members, count() AS people, toString(sum(record.key)) AS key, ${listOf(shares.map(({ name }) => `sum(${name})`))} AS values, ${dominated.length > 0 ? `toUInt8(${dominated.join(' OR ')})` : '0'} AS unsafe
FROM (
    SELECT ${selected.join(', ')}
    FROM ${parts.from}
    WHERE ${[source.period, ...parts.conditions].join('\n        AND ')}${source.onePerHolder ? '' : `\n    GROUP BY ${[...groups, 'holder'].join(', ')}`}
) AS person
LEFT ANY JOIN record_keys AS record ON record.holder = person.holder${aliases.length > 0 ? `\nGROUP BY ${aliases.join(', ')}` : ''}
HAVING people > 0
ORDER BY place, members`
  return { sql, parameters: parametersNamed(sql, periodParameters(period)) }
}

/**
 * Of a cube about the organizers of a place together, for each statement of {@link releaseCells} the cells that tell too much of one of them:
 * fewer organizers than three, or one that makes up more than half.
 */
export function cellsOfFewOrganizers(cube: Cube, period: ReportingPeriod): readonly Statement[] {
  return cube.places.flatMap((kind) =>
    cube.lattice.map((dimensions) => fewOrganizersStatement(cube, { dimensions, kind, period })),
  )
}

function fewOrganizersStatement(cube: Cube, { dimensions, kind, period }: ReleaseRequest): Statement {
  const { source, from, conditions, members, placeGroups, placeTextOf } = partsOf(cube, dimensions, kind)
  const groups = [...placeGroups, ...members]
  const aliases = groups.map((_, index) => `group_${index}`)
  const selected = groups.map((group, index) => `${group} AS ${aliases[index]}, `).join('')
  const sql = `SELECT ${placeTextOf(aliases[0] ?? '')} AS place, ${listOf(aliases.slice(placeGroups.length))} AS members
FROM (
    SELECT ${selected}${source.organizer} AS of_organizer, sum(${cube.columns[0]?.sql ?? '1'}) AS amount
    FROM ${from}
    WHERE ${[source.period, ...conditions].join('\n        AND ')}
    GROUP BY ${[...aliases, 'of_organizer'].join(', ')}
)${aliases.length > 0 ? `\nGROUP BY ${aliases.join(', ')}` : ''}
HAVING count() > 0 AND (count() < ${ORGANIZERS_MIN} OR max(amount) > sum(amount) * ${ORGANIZER_SHARE_MAX})
ORDER BY place, members`
  return { sql, parameters: parametersNamed(sql, periodParameters(period)) }
}

/** Whether the second largest contributor could work out the largest within 20 %. */
function dominanceOf(share: string): string {
  const largest = `arrayResize(groupArraySorted(2)(-toInt64(${share})), 2)`
  return `(sum(${share}) + arraySum(${largest})) * 5 < -${largest}[1]`
}

interface Parts {
  readonly source: Source
  /** Source of all places of the kind. */
  readonly from: string
  /** Beside the period. */
  readonly conditions: readonly string[]
  readonly members: readonly string[]
  /** What rows of different members differ in. */
  readonly memberKeys: readonly string[]
  readonly placeGroups: readonly string[]
  /** Text of the place by its group. */
  readonly placeText: string
  readonly placeTextOf: (group: string) => string
}

function partsOf(cube: Cube, dimensions: readonly DimensionId[], kind: PlaceKind): Parts {
  const isKnown = cube.lattice.some(
    (set) => set.length === dimensions.length && set.every((id, index) => id === dimensions[index]),
  )
  if (!isKnown) throw new WarehouseError('CALL', `The cube ${cube.id} has no cells by ${dimensions.join(' and ')}`)
  if (!cube.places.includes(kind)) throw new WarehouseError('CALL', `The cube ${cube.id} has no cells of the kind ${kind}`)
  const source: Source = SOURCES[cube.source]
  const group = groupOf(source, kind)
  const found = dimensions.map((id) => dimensionOf(cube, id))
  const placeTextOf = (column: string) => (kind === 'ALL' ? "'all'" : `concat('${kind.toLowerCase()}:', toString(${column}))`)
  return {
    source,
    from:
      kind === 'REGION'
        ? `${source.from} INNER JOIN region_municipalities AS region ON region.nis = ${source.municipality}`
        : source.from,
    conditions: cube.where.map((condition) => `(${condition})`),
    members: found.map(({ sql }) => sql),
    memberKeys: found.map(({ sql, key }) => key ?? sql),
    placeGroups: group === undefined ? [] : [group],
    placeText: placeTextOf(group ?? ''),
    placeTextOf,
  }
}

function groupOf(source: Source, kind: PlaceKind): string | undefined {
  if (kind === 'ALL') return undefined
  if (kind === 'REGION') return 'region.card_system'
  return kind === 'MUNICIPALITY' ? source.municipality : source.organizer
}

function oneOf(
  { source }: Parts,
  place: FigurePlace,
): { readonly conditions: readonly string[]; readonly parameters: Parameters } {
  switch (place.kind) {
    case 'ALL':
      return { conditions: [], parameters: {} }
    case 'REGION':
      return {
        conditions: [`${source.municipality} IN (SELECT nis FROM region_municipalities WHERE card_system = {cardSystem:UInt32})`],
        parameters: { cardSystem: place.cardSystem },
      }
    case 'MUNICIPALITY':
      return { conditions: [`${source.municipality} = {nis:UInt32}`], parameters: { nis: place.nis } }
    case 'ORGANIZER':
      return { conditions: [`${source.organizer} = {organizer:String}`], parameters: { organizer: place.organizer } }
  }
}

function dimensionOf(cube: Cube, id: DimensionId): CubeDimension {
  const dimension = cube.dimensions.find((one) => one.id === id)
  if (!dimension) throw new WarehouseError('CALL', `The cube ${cube.id} has no dimension ${id}`)
  return dimension
}

function columnOf(cube: Cube, id: string): Column {
  const column = cube.columns.find((one) => one.id === id)
  if (!column) throw new WarehouseError('CALL', `The cube ${cube.id} has no column ${id}`)
  return column
}

/** The most that one person adds to a published cell of a period. */
export function shareMaxOf({ shareMax }: Pick<Column, 'shareMax'>, { kind }: Pick<ReportingPeriod, 'kind'>): number {
  return shareMax[kind === 'SEASON' ? 'YEAR' : kind]
}

function listOf(expressions: readonly string[]): string {
  return `[${expressions.join(', ')}]`
}

/** Everything that says something about the period; a statement takes what it names. */
function periodParameters({ kind, key, firstDay, lastDay }: ReportingPeriod): Record<string, ParameterValue> {
  const last = formatDay(lastDay)
  return { periodKind: kind, period: key, firstDay: formatDay(firstDay), lastDay: last, ageYear: Number(last.slice(0, 4)) }
}
