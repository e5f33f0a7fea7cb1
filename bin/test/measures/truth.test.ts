import { formatDay, parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import type { HistoryRecord } from '@zuil/load-tests/population/history/record'
import type { TruthCell } from '@zuil/load-tests/population/truth/cell'
import { Truth } from '@zuil/load-tests/population/truth/truth'
import { buildFacts, CUBES, type CubeId, type DimensionId, exactCells, exactMeasure, measureOf } from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ToldWarehouse, toldWarehouse } from './told-warehouse.ts'

/** Told so long that three years before a period and one after it are known; Hasselt merges in it, and the clocks change. */
const TOLD = { seed: 29, holders: 450, from: '2022-01-01', until: '2026-01-01', regions: ['Hasselt', 'Maasland'] } as const
const PERIODS = ['2025-03', '2025-Q2', '2024', '2023-2024'].map(periodOf)

/** The cube that counts what the truth of a measure says; `with`: only cells told apart by that. */
const CUBES_OF: readonly { readonly measure: string; readonly cube: CubeId; readonly with?: DimensionId }[] = [
  { measure: 'A1', cube: 'holders' },
  { measure: 'A3', cube: 'participation' },
  { measure: 'A4', cube: 'participation' },
  { measure: 'A5', cube: 'frequency' },
  { measure: 'A6', cube: 'breadth', with: 'breadth' },
  { measure: 'A6', cube: 'widening', with: 'widened' },
  { measure: 'A6', cube: 'taste-pairs', with: 'sector-before' },
  { measure: 'A7', cube: 'sectors' },
  { measure: 'A8', cube: 'destinations' },
  { measure: 'A9', cube: 'states', with: 'state' },
  { measure: 'A9', cube: 'lapse', with: 'lapsed' },
  { measure: 'A10', cube: 'retention' },
  { measure: 'A11', cube: 'renewal' },
  { measure: 'A13', cube: 'welcome' },
  { measure: 'A15', cube: 'neighbourhoods' },
  { measure: 'B2', cube: 'destinations' },
  { measure: 'B7', cube: 'point-flows' },
  { measure: 'B11', cube: 'municipalities-visited' },
  { measure: 'B12', cube: 'registrations' },
  { measure: 'B13', cube: 'welcome-places' },
  { measure: 'C1', cube: 'organizer-public' },
  { measure: 'C3', cube: 'organizer-states' },
  { measure: 'C5', cube: 'organizer-origins' },
  { measure: 'C6', cube: 'organizer-frequency' },
  { measure: 'C7', cube: 'organizer-hours' },
  { measure: 'C10', cube: 'organizer-rewards' },
  { measure: 'C11', cube: 'organizer-return' },
  { measure: 'D10', cube: 'points' },
]

/** Figures of queries of their own, by the column of the truth. */
const FIGURES_OF: readonly {
  readonly measure: string
  readonly column: string
  readonly figure: string
  readonly scale?: number
}[] = [
  { measure: 'B4', column: 'local-government-cents', figure: 'owed', scale: 100 },
  { measure: 'B6', column: 'events', figure: 'events' },
  { measure: 'C13', column: 'events', figure: 'events' },
  { measure: 'D2', column: 'max', figure: 'max' },
  { measure: 'D2', column: 'p99', figure: 'p99' },
  { measure: 'D4', column: 'refusals', figure: 'refusals' },
  { measure: 'D6', column: 'kiosks', figure: 'kiosks' },
  { measure: 'D7', column: 'checkins', figure: 'checkins' },
  { measure: 'D8', column: 'p50', figure: 'p50' },
  { measure: 'D8', column: 'p95', figure: 'p95' },
  { measure: 'D8', column: 'max', figure: 'max' },
]

let told: ToldWarehouse | undefined
const cells: TruthCell[] = []
const met = { voids: 0, late: 0, groupTickets: 0, moves: 0, mergers: 0, inTheChangedHour: 0 }

beforeAll(async () => {
  let truth: Truth | undefined
  told = await toldWarehouse({
    ...TOLD,
    watch: (history) => {
      truth = new Truth(history)
      const homes = new Map<unknown, unknown>()
      return (day) => {
        truth?.observe(day)
        cells.push(...(truth?.take() ?? []))
        for (const record of day.records) meet(record, homes)
      }
    },
  })
  truth?.finish()
  cells.push(...(truth?.take() ?? []))
  for (const period of PERIODS) await buildFacts(told.warehouse, period)
}, 300_000)

afterAll(async () => {
  await told?.[Symbol.asyncDispose]()
})

describe.each(CUBES_OF)('$measure in the cube $cube', ({ measure, cube, with: only }) => {
  const periods = PERIODS.filter(({ kind }) => CUBES[cube].periods.includes(kind))

  test.each(periods.map((period) => ({ key: period.key, period })))(
    'is what the population knows of $key',
    async ({ period }) => {
      const wanted = cells.filter((cell) => cell.measure === measure && cell.period === period.key && isAbout(cell, cube, only))
      const sets = new Set(wanted.map(setOf))
      const truth = new Map(
        wanted.map((cell) => [keyOf(cell.place.kind, cell.place.id, cell.dimensions, cell.column), cell.value]),
      )
      const exact = new Map<string, number>()
      for (const set of sets)
        for (const [key, value] of await exactOf(cube, set, { period, columns: columnsOf(wanted, set) })) exact.set(key, value)
      expect(sets.size).toBeGreaterThan(0)
      expect(differencesOf(truth, exact)).toEqual([])
    },
  )
})

describe.each(FIGURES_OF)('$measure $column', ({ measure: id, column, figure, scale = 1 }) => {
  test('is what the population knows, in every period that it tells of', async () => {
    const measure = measureOf(id)
    if (!measure) throw new Error(`No measure ${id}`)
    const wanted = cells.filter((cell) => cell.measure === id && cell.column === column)
    const told = PERIODS.filter(({ key }) => wanted.some(({ period }) => period === key))
    expect(told.length).toBeGreaterThan(0)
    for (const period of told) {
      const truth = new Map(
        wanted
          .filter((cell) => cell.period === period.key && measure.places.some((kind) => kind === cell.place.kind))
          .map((cell) => [keyOf(cell.place.kind, cell.place.id, cell.dimensions, column), cell.value]),
      )
      const exact = new Map<string, number>()
      for (const dimensions of measure.dimensions) {
        if (![...truth.keys()].some((key) => key.split('\n').length === 3 + dimensions.length)) continue
        const places = [...new Set([...truth.keys()].map((key) => key.split('\n')[0] ?? ''))]
        for (const row of await exactMeasure(warehouse(), measure, { dimensions, places, period, now: 0 })) {
          if (row.figure !== figure || row.status !== 'ok') continue
          const members = Object.fromEntries(dimensions.map((dimension, index) => [dimension, row.members[index] ?? '']))
          const [kind = '', place = ''] = row.place.split(':')
          exact.set(keyOf(kind.toUpperCase(), place, members, column), Math.round(row.value * scale))
        }
      }
      expect(differencesOf(truth, exact)).toEqual([])
    }
  })
})

test('the history has everything that makes counting hard', () => {
  expect(Object.entries(met).filter(([, times]) => times === 0)).toEqual([])
})

function warehouse() {
  if (!told) throw new Error('The history was not told')
  return told.warehouse
}

function meet({ position, record }: HistoryRecord, homes: Map<unknown, unknown>): void {
  if (record.kind === 'void') met.voids += 1
  if (record.kind === 'projection' && record.entity === 'holder') {
    const { number, homeNis } = record.body
    const before = homes.get(number)
    if (before !== undefined && before !== homeNis) met.moves += 1
    homes.set(number, homeNis)
  }
  if (record.kind === 'projection' && record.entity === 'municipality') {
    const { mergedFrom } = record.body
    if (Array.isArray(mergedFrom) && mergedFrom.length > 0) met.mergers += 1
  }
  if (record.kind !== 'transaction') return
  const { occurredAt, birthYear, kind } = record.transaction
  if (position.ms - occurredAt > 24 * 3_600_000) met.late += 1
  if (kind === 'TICKET_SALE' && birthYear === 0) met.groupTickets += 1
  if (formatDay(Math.floor(occurredAt / 86_400_000)) === '2024-10-27') met.inTheChangedHour += 1
}

function isAbout({ dimensions, column, place }: TruthCell, cube: CubeId, only: DimensionId | undefined): boolean {
  if (!CUBES[cube].places.includes(place.kind)) return false
  if (only !== undefined && !(only in dimensions)) return false
  const known = new Set<string>(['people', ...CUBES[cube].columns.map(({ id }) => id)])
  return (
    known.has(column) &&
    CUBES[cube].lattice.some((set) => set.length === Object.keys(dimensions).length && set.every((id) => id in dimensions))
  )
}

/** Kind of place and dimensions of a cell, in the order of its cube. */
function setOf({ place, dimensions }: TruthCell): string {
  return [place.kind, ...Object.keys(dimensions).sort()].join(' ')
}

function columnsOf(wanted: readonly TruthCell[], set: string): readonly string[] {
  return [...new Set(wanted.filter((cell) => setOf(cell) === set).map(({ column }) => column))]
}

async function exactOf(
  cube: CubeId,
  set: string,
  { period, columns }: { readonly period: ReportingPeriod; readonly columns: readonly string[] },
): Promise<readonly (readonly [key: string, value: number])[]> {
  const [kind = '', ...ids] = set.split(' ')
  const each = CUBES[cube].places.find((one) => one === kind)
  if (!each) return []
  const dimensions = CUBES[cube].dimensions.map(({ id }) => id).filter((id) => ids.includes(id))
  const sums = columns.filter((column) => column !== 'people')
  const { sql, parameters } = exactCells(CUBES[cube], { dimensions, columns: sums, place: { each }, period })
  const rows = await warehouse().query<{ place: string; members: string[]; people: number; values: number[] }>(
    sql,
    parameters,
    'truth',
  )
  return rows.flatMap(({ place, members, people, values }) => {
    const of = Object.fromEntries(dimensions.map((id, index) => [id, members[index] ?? '']))
    const key = (column: string) => keyOf(kind, place.split(':')[1] ?? '', of, column)
    return columns.map(
      (column) => [key(column), column === 'people' ? people : Number(values[sums.indexOf(column)] ?? 0)] as const,
    )
  })
}

/** The place as the figures write it, the column, and the members in the order of their dimensions. */
function keyOf(kind: string, id: string, dimensions: Readonly<Record<string, string>>, column: string): string {
  const place = kind === 'ALL' ? 'all' : `${kind.toLowerCase()}:${id}`
  const members = Object.entries(dimensions).map(([dimension, member]) => `${dimension}=${member}`)
  return [place, column, '', ...members.sort()].join('\n')
}

/** What differs, or only one side has and is not zero; the first of it. */
function differencesOf(truth: ReadonlyMap<string, number>, exact: ReadonlyMap<string, number>): readonly string[] {
  return [...new Set([...truth.keys(), ...exact.keys()])]
    .filter((key) => (truth.get(key) ?? 0) !== (exact.get(key) ?? 0))
    .slice(0, 10)
    .map((key) => `${key.replaceAll('\n', ' ')}: ${truth.get(key)} in truth, ${exact.get(key)} in the warehouse`)
}

function periodOf(key: string): ReportingPeriod {
  const period = parseReportingPeriod(key)
  if (!period) throw new Error(`No period ${key}`)
  return period
}
