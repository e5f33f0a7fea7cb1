import { formatDay, parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import type { HistoryRecord } from '@zuil/load-tests/population/history/record'
import type { TruthCell } from '@zuil/load-tests/population/truth/cell'
import { SCHOOL_TYPE } from '@zuil/load-tests/population/truth/sectors'
import { Truth } from '@zuil/load-tests/population/truth/truth'
import {
  buildFacts,
  CATALOGUE,
  CUBES,
  exactCells,
  exactMeasure,
  isQueryPart,
  type Measure,
  measureOf,
  partsOf,
} from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ToldWarehouse, toldWarehouse } from './told-warehouse.ts'
import {
  CUBES_OF,
  FIGURES_OF,
  type InCube,
  type InFigure,
  inCube,
  isOf,
  type Members,
  OF_ORGANIZERS,
  TRUTH_ONLY,
  WITHOUT,
} from './truth-comparisons.ts'

/**
 * Told so long that three years before a period and one after it are known; Hasselt merges in it, the clocks change, and Noordrand
 * joins, in the quarter before the one that is looked at.
 */
const TOLD = {
  seed: 33,
  holders: 1_000,
  from: '2022-01-01',
  until: '2026-01-01',
  regions: ['Hasselt', 'Maasland', 'Noordrand'],
} as const
const PERIODS = ['2024-10', '2024-Q2', '2024', '2023-2024'].map(periodOf)
/** Relative; percentages are floating numbers. */
const PRECISION = 1e-9

let told: ToldWarehouse | undefined
const cells: TruthCell[] = []
const met = {
  voids: 0,
  late: 0,
  groupTickets: 0,
  moves: 0,
  mergers: 0,
  schools: 0,
  inTheChangedHour: 0,
  oddDays: 0,
  aloofOrganizers: 0,
}

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
  const isAsked = ({ period }: TruthCell) => PERIODS.some(({ key }) => period.startsWith(key))
  met.oddDays = cells.filter((cell) => cell.measure === 'D11' && isAsked(cell)).length
  met.aloofOrganizers = cells.filter((cell) => cell.column === 'organizers-below' && cell.value > 0 && isAsked(cell)).length
  for (const period of PERIODS) await buildFacts(told.warehouse, period)
}, 300_000)

afterAll(async () => {
  await told?.[Symbol.asyncDispose]()
})

describe.each(CUBES_OF)('$measure in the cube $cube', (row) => {
  const periods = PERIODS.filter(
    ({ kind }) => CUBES[row.cube].periods.includes(kind) && measureWith(row.measure).periods.includes(kind),
  )

  test.each(periods.map((period) => ({ key: period.key, period })))(
    'is what the population knows of $key',
    async ({ period }) => {
      const wanted = cells.filter(({ period: key }) => key === period.key).flatMap((cell) => inCube(cell, row))
      const sets = new Set(wanted.map(setOf))
      const truth = new Map(
        wanted.map((cell) => [keyOf(cell.place.kind, cell.place.id, cell.dimensions, cell.column), cell.value]),
      )
      const exact = new Map<string, number>()
      for (const set of sets)
        for (const [key, value] of await exactOf(row, set, { period, columns: columnsOf(wanted, set) })) exact.set(key, value)
      expect(sets.size).toBeGreaterThan(0)
      expect(differencesOf(truth, exact)).toEqual([])
    },
  )
})

describe.each(FIGURES_OF)('$measure $figure', (row) => {
  test('is what the population knows, in every period that it tells of', async () => {
    const measure = measureWith(row.measure)
    const told = PERIODS.filter((period) => row.byDay || cells.some((cell) => isOf(cell, row, period)))
    expect(told.length).toBeGreaterThan(0)
    for (const period of told)
      expect(differencesOf(truthOf(measure, row, period), await figuresOf(measure, row, period))).toEqual([])
  })
})

describe(OF_ORGANIZERS, () => {
  test.each(PERIODS.filter(({ kind }) => kind === 'YEAR' || kind === 'SEASON').map((period) => ({ key: period.key, period })))(
    'counts the organizers that the population knows of $key',
    async ({ period }) => {
      const measure = measureWith(OF_ORGANIZERS)
      const truth = (column: string, id: string) =>
        cells.find(
          (cell) =>
            cell.measure === OF_ORGANIZERS && cell.column === column && cell.period === period.key && cell.place.id === id,
        )?.value ?? 0
      const { geography, hosts } = world()
      for (const [index, { nis }] of [...geography.places.entries(), [-1, { nis: '' }] as const]) {
        const own = hosts.filter(({ place }) => index < 0 || place === index)
        const places = own.map(({ organizer }) => `organizer:${organizer.id}`)
        const rows = await exactMeasure(warehouse(), measure, { dimensions: [], places, period, now: 0 })
        const value = (figure: string) => rows.find((row) => row.figure === figure)?.value
        expect([nis, value('of'), value('organizers')]).toEqual([
          nis,
          truth('organizers', String(nis)),
          truth('organizers-below', String(nis)),
        ])
      }
    },
  )
})

test('every measure of the catalogue is compared, is made of cubes that are, or says why not', () => {
  const compared = new Set([...CUBES_OF, ...FIGURES_OF].map(({ measure }) => measure)).add(OF_ORGANIZERS)
  const cubes = new Set<string>(CUBES_OF.map(({ cube }) => cube))
  const isMadeOfThem = ({ figures }: Measure) =>
    figures.length > 0 && figures.flatMap(partsOf).every((part) => !isQueryPart(part) && cubes.has(part.cube))
  const left = CATALOGUE.filter((measure) => !compared.has(measure.id) && !isMadeOfThem(measure)).map(({ id }) => id)
  expect(left).toEqual(Object.keys(WITHOUT))
})

test('every column of the truth is compared, or says why not', () => {
  const compared = new Set(FIGURES_OF.flatMap(({ measure, columns }) => columns.map((column) => `${measure} ${column}`)))
  const figures = new Set(FIGURES_OF.flatMap(({ measure, per }) => (per === undefined ? [] : [`${measure} ${per}`])))
  const isCompared = (cell: TruthCell) => CUBES_OF.some((row) => inCube(cell, row).length > 0)
  const columns = Map.groupBy(cells, ({ measure, column }) => `${measure} ${column}`)
  const left = [...columns].filter(
    ([column, its]) =>
      !compared.has(column) && !figures.has(column) && !its.some(isCompared) && !column.startsWith(`${OF_ORGANIZERS} `),
  )
  expect(left.map(([column]) => column).sort()).toEqual(Object.keys(TRUTH_ONLY).sort())
})

test('the history has everything that makes counting hard', () => {
  expect(Object.entries(met).filter(([, times]) => times === 0)).toEqual([])
})

function warehouse() {
  if (!told) throw new Error('The history was not told')
  return told.warehouse
}

function world() {
  if (!told) throw new Error('The history was not told')
  return told.world
}

function measureWith(id: string): Measure {
  const measure = measureOf(id)
  if (!measure) throw new Error(`No measure ${id}`)
  return measure
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
  const { occurredAt, birthYear, kind, eventType } = record.transaction
  if (position.ms - occurredAt > 24 * 3_600_000) met.late += 1
  if (kind === 'TICKET_SALE' && birthYear === 0) met.groupTickets += 1
  if (kind === 'CHECKIN' && eventType === SCHOOL_TYPE) met.schools += 1
  if (formatDay(Math.floor(occurredAt / 86_400_000)) === '2024-10-27') met.inTheChangedHour += 1
}

/** The values of a figure by the truth. */
function truthOf(measure: Measure, row: InFigure, period: ReportingPeriod): ReadonlyMap<string, number> {
  const { per, scale = 1 } = row
  const values = sumsOf(measure, row, period)
  if (per === undefined) return new Map([...values].map(([key, value]) => [key, value * scale]))
  const wholes = sumsOf(measure, { ...row, columns: [per] }, period)
  return new Map([...values].map(([key, value]) => [key, (scale * value) / (wholes.get(key) ?? wholes.get(placeOf(key)) ?? 0)]))
}

function sumsOf(measure: Measure, row: InFigure, period: ReportingPeriod): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const cell of cells) {
    if (!isOf(cell, row, period) || !measure.places.some((kind) => kind === cell.place.kind)) continue
    const own = Object.entries(cell.dimensions).filter(([id]) => !row.over?.includes(id))
    const key = keyOf(cell.place.kind, cell.place.id, Object.fromEntries(own), '')
    sums.set(key, (sums.get(key) ?? 0) + cell.value)
  }
  return sums
}

/** The values of a figure by the warehouse: of the crossings and the places of which the truth tells. */
async function figuresOf(measure: Measure, row: InFigure, period: ReportingPeriod): Promise<ReadonlyMap<string, number>> {
  const exact = new Map<string, number>()
  const keys = [...sumsOf(measure, row, period).keys()]
  const wholes = row.per === undefined ? [] : [...sumsOf(measure, { ...row, columns: [row.per] }, period).keys()]
  const places = row.byDay ? ['all'] : [...new Set([...keys, ...wholes].map((key) => key.split('\n')[0] ?? ''))]
  for (const dimensions of measure.dimensions) {
    if (!row.byDay && !keys.some((key) => key.split('\n').length === KEY_PARTS + dimensions.length)) continue
    const rows = await exactMeasure(warehouse(), measure, { dimensions, places, period, now: 0 })
    for (const { figure, place, members, status, value } of rows) {
      if (figure !== row.figure || status !== 'ok') continue
      const of = Object.fromEntries(dimensions.map((dimension, index) => [dimension, members[index] ?? '']))
      const [kind = '', id = ''] = place.split(':')
      exact.set(keyOf(kind.toUpperCase(), id, of, ''), value)
    }
  }
  return exact
}

/** Kind of place and dimensions of a cell, in the order of its cube. */
function setOf({ place, dimensions }: TruthCell): string {
  return [place.kind, ...Object.keys(dimensions).sort()].join(' ')
}

function columnsOf(wanted: readonly TruthCell[], set: string): readonly string[] {
  return [...new Set(wanted.filter((cell) => setOf(cell) === set).map(({ column }) => column))]
}

async function exactOf(
  { cube, where = {}, atLeast = 0 }: InCube,
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
    if (Object.entries(where).some(([id, member]) => of[id] !== member)) return []
    const key = (column: string) => keyOf(kind, place.split(':')[1] ?? '', of, column)
    const told = columns.map(
      (column) => [key(column), column === 'people' ? people : Number(values[sums.indexOf(column)] ?? 0)] as const,
    )
    return told.filter(([, value]) => value >= atLeast)
  })
}

/** What a key has before its members: the place and the column. */
const KEY_PARTS = 2

/** The place as the figures write it, the column, and the members in the order of their dimensions. */
function keyOf(kind: string, id: string, dimensions: Members, column: string): string {
  const members = Object.entries(dimensions).map(([dimension, member]) => `${dimension}=${member}`)
  const place = kind === 'ALL' ? 'all' : `${kind.toLowerCase()}:${id}`
  return [place, column, ...members.sort()].join('\n')
}

/** The key of the whole place of a cell. */
function placeOf(key: string): string {
  return key.split('\n').slice(0, KEY_PARTS).join('\n')
}

/** What differs, or only one side has and is not zero; the first of it. */
function differencesOf(truth: ReadonlyMap<string, number>, exact: ReadonlyMap<string, number>): readonly string[] {
  return [...new Set([...truth.keys(), ...exact.keys()])]
    .filter((key) => {
      const [one, other] = [truth.get(key) ?? 0, exact.get(key) ?? 0]
      return !(Math.abs(one - other) <= PRECISION * Math.max(1, Math.abs(one)))
    })
    .slice(0, 10)
    .map((key) => `${key.replaceAll('\n', ' ')}: ${truth.get(key)} in truth, ${exact.get(key)} in the warehouse`)
}

function periodOf(key: string): ReportingPeriod {
  const period = parseReportingPeriod(key)
  if (!period) throw new Error(`No period ${key}`)
  return period
}
