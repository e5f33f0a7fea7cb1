import { parseReportingPeriod } from '@zuil/core'
import { buildFacts, exactMeasure, measureOf, type Warehouse } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { ToldHistory } from '../figures/told-history.ts'
import { freshEmbedded } from '../fresh-warehouse.ts'

const SCHOOL = 'rJRFUqmd6EiqTD4c7HS90w'

test('what was withheld is counted over the releases of the period, those that failed apart (D15)', async () => {
  await using fresh = await freshEmbedded()
  const release = (number: number, state: string, period: string, cells: number, withheld: number) => {
    const row = [number, '2026-01-05 08:00:00.000', state, 0, 'YEAR', period, 10, ['holders'], cells, withheld, '{}', cells, '0']
    return row
  }
  await fresh.warehouse.append('releases', [
    release(1, 'FAILED', '2025', 0, 0),
    release(2, 'PUBLISHED', '2025', 900, 100),
    release(3, 'PUBLISHED', '2024', 10, 90),
  ])

  expect(await figuresOf(fresh.warehouse, 'D15', { period: '2025', places: ['all'] })).toEqual([
    ['all', 'withheld', 10],
    ['all', 'cells', 1_000],
    ['all', 'failed', 1],
  ])
})

test('active are persons who took part, in municipalities of today: no groups, no schools (D12)', async () => {
  await using fresh = await freshEmbedded()
  const history = new ToldHistory(fresh.warehouse)
  await history.municipality(44021, [44022])
  history.told(
    { holder: 1, at: '2025-01-01T10:00:00Z', home: 44021 },
    { holder: 2, at: '2025-01-01T10:00:00Z', home: 44021 },
    { holder: 3, at: '2025-01-01T10:00:00Z', home: 44021, passType: 'GROUP' },
  )
  history.did(
    { holder: 1, at: '2025-10-20T10:00:00Z', venueNis: 44021 },
    { holder: 1, at: '2025-10-21T10:00:00Z', venueNis: 44022 },
    { holder: 2, at: '2025-10-22T10:00:00Z', venueNis: 44083, eventType: SCHOOL },
    { holder: 3, at: '2025-10-23T10:00:00Z', venueNis: 44083 },
  )
  await history.load()

  const figures = await figuresOf(fresh.warehouse, 'D12', { period: '2025-10', places: ['all'] })
  expect(figures).toContainEqual(['all', 'active-holders', 50])
  expect(figures).toContainEqual(['all', 'active-municipalities', 1])
  expect(figures).toContainEqual(['all', 'holders', 2])
})

test('a participation counts where somebody lived then, a pass where they live at the end (B5)', async () => {
  await using fresh = await freshEmbedded()
  const history = new ToldHistory(fresh.warehouse)
  history.told(
    { holder: 1, at: '2025-01-01T10:00:00Z', home: 44021 },
    { holder: 1, at: '2025-11-01T10:00:00Z', home: 44083 },
    { holder: 2, at: '2025-01-01T10:00:00Z', home: 44021 },
  )
  history.did({ holder: 1, at: '2025-10-20T10:00:00Z', homeNis: 44021 })
  await history.load()
  await buildFacts(fresh.warehouse, periodOf('2025-Q4'))

  const places = ['municipality:44021', 'municipality:44083']
  expect(await figuresOf(fresh.warehouse, 'B5', { period: '2025-Q4', places })).toEqual([
    ['municipality:44021', 'participations-per-1000', 1_000],
    ['municipality:44083', 'participations-per-1000', 0],
  ])
})

test('more than ten check-ins on a day are out of the ordinary, and a day of a kiosk with fifty and ten times its median (D11)', async () => {
  await using fresh = await freshEmbedded()
  const history = new ToldHistory(fresh.warehouse)
  const checkins = (count: number, day: string, deed: { readonly holder?: number; readonly device?: string }) =>
    history.did(
      ...Array.from({ length: count }, (_, index) => ({ holder: 100 + index, at: `2025-10-${day}T11:00:00Z`, ...deed })),
    )
  checkins(11, '20', { holder: 1 })
  checkins(11, '21', { holder: 1 })
  checkins(10, '20', { holder: 2 })
  for (const day of ['01', '02', '03']) {
    checkins(5, day, { device: 'busy once' })
    checkins(5, day, { device: 'nearly' })
    checkins(60, day, { device: 'busy always' })
  }
  checkins(51, '04', { device: 'busy once' })
  checkins(50, '04', { device: 'nearly' })
  await history.load()

  expect(await figuresOf(fresh.warehouse, 'D11', { period: '2025-10', places: ['all'] })).toEqual([
    ['all', 'holders', 2],
    ['all', 'kiosks', 1],
  ])
})

test('an organizer reaches nobody with fewer than 5 of 100 participations at the social tariff, of 50 at least (A14)', async () => {
  await using fresh = await freshEmbedded()
  const history = new ToldHistory(fresh.warehouse)
  const visits = { below: [60, 2], 'at five': [60, 3], small: [49, 0], nobody: [50, 0] } as const
  for (const [eventNumber, [organizer, [count, withTariff]]] of Object.entries(visits).entries()) {
    for (let holder = 1; holder <= count; holder++) {
      const socialTariff = holder <= withTariff ? 'ACTIVE' : 'NONE'
      history.did({ holder, at: '2025-10-20T11:00:00Z', organizer, eventNumber, socialTariff })
    }
  }
  await history.load()
  await buildFacts(fresh.warehouse, periodOf('2025'))

  const places = Object.keys(visits).map((organizer) => `organizer:${organizer}`)
  const figures = await figuresOf(fresh.warehouse, 'A14', { period: '2025', places })
  expect(figures.map(([, figure, value]) => [figure, value])).toEqual([
    ['organizers', 2],
    ['of', 3],
  ])
})

test.each([
  {
    measure: 'A7',
    dimensions: ['sector'],
    place: 'municipality:101',
    asked: ['municipality:101: sums'],
    what: 'nobody is told apart for shares of participations, and the whole is the sum of its parts',
  },
  {
    measure: 'B2',
    dimensions: ['destination'],
    place: 'municipality:101',
    asked: ['all: sums', 'municipality:101: uniqExact'],
    what: 'of all Flanders participations are enough',
  },
  {
    measure: 'D10',
    dimensions: [],
    place: 'municipality:101',
    asked: ['municipality:101: sums'],
    what: 'figures of another kind of place are not looked up',
  },
  {
    measure: 'A1',
    dimensions: [],
    place: 'municipality:101',
    asked: ['municipality:101: sums', 'places: sums'],
    what: 'regions are not looked up for a municipality',
  },
] as const)('$measure asks for no more than it shows: $what', async ({ measure: id, dimensions, place, asked: wanted }) => {
  const measure = measureOf(id)
  if (!measure) throw new Error(`No measure ${id}`)
  const period = periodOf('2025')
  const asked: string[] = []
  const warehouse: Pick<Warehouse, 'query'> = {
    query: (sql, parameters) => {
      const about = sql.includes('AS place') || 'places' in parameters ? 'places' : 'all'
      const of = 'nis' in parameters ? `municipality:${parameters.nis}` : about
      asked.push(`${of}: ${/uniqExact|FROM transactions|region_municipalities/.exec(sql)?.[0] ?? 'sums'}`)
      return Promise.resolve([])
    },
  }
  await exactMeasure(warehouse, measure, { dimensions, places: [place], period, now: 0 })
  expect(asked.sort()).toEqual(wanted)
})

async function figuresOf(
  warehouse: Warehouse,
  id: string,
  { period, places }: { readonly period: string; readonly places: readonly string[] },
) {
  const measure = measureOf(id)
  if (!measure) throw new Error(`No measure ${id}`)
  const rows = await exactMeasure(warehouse, measure, { dimensions: [], places, period: periodOf(period), now: 0 })
  return rows.map(({ place, figure, value }) => [place, figure, value])
}

function periodOf(key: string) {
  const period = parseReportingPeriod(key)
  if (!period) throw new Error(`No period ${key}`)
  return period
}
