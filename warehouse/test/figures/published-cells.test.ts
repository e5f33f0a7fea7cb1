import { placeCells, publishedCells, publishedReleases, type RowValue, validRelease, type Warehouse } from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshWarehouse, freshEmbedded } from '../fresh-warehouse.ts'

let place: FreshWarehouse
let warehouse: Warehouse

beforeAll(async () => {
  place = await freshEmbedded()
  warehouse = place.warehouse
  await warehouse.append('published_cells', [
    cell({ dimensions: '', members: [], value: 60 }),
    cell({ dimensions: 'tariff,age', members: ['KT', '0-5'], value: 25 }),
    cell({ dimensions: 'tariff,age', members: ['OTHER', '0-5'], value: 35 }),
    cell({ place: 'municipality:44043', dimensions: '', members: [], value: 45 }),
    cell({ place: 'municipality:44043', dimensions: 'tariff,age', members: ['KT', '0-5'], value: 15 }),
    cell({ release: 2, dimensions: '', members: [], value: 65 }),
    cell({ release: 3, dimensions: '', members: [], value: 70 }),
  ])
  await warehouse.append('releases', [releaseRow(1, 'PUBLISHED'), releaseRow(2, 'PUBLISHED'), releaseRow(4, 'FAILED')])
})

afterAll(async () => {
  await place[Symbol.asyncDispose]()
})

describe('Published cells', () => {
  it('are those of the release, with its members in the order that was asked for', async () => {
    const dimensions = [{ id: 'tariff', members: ['OTHER', 'KT'] }, { id: 'age' }]
    expect(await publishedCells(warehouse, { ...QUERY, dimensions })).toEqual([
      { place: 'municipality:44021', members: ['KT', '0-5'], column: 'people', value: 25, status: 'ok' },
      { place: 'municipality:44021', members: ['OTHER', '0-5'], column: 'people', value: 35, status: 'ok' },
    ])
    const total = { place: 'municipality:44021', members: [], column: 'people', status: 'ok' }
    expect(await publishedCells(warehouse, { ...QUERY, dimensions: [] })).toEqual([{ ...total, value: 60 }])
    expect(await publishedCells(warehouse, { ...QUERY, release: 2, dimensions: [] })).toEqual([{ ...total, value: 65 }])
  })

  it('of places and releases, read at once, answer as those that are asked for one by one', async () => {
    const place = 'municipality:44021'
    const nobody = { release: 1, place: 'municipality:99999' }
    const asked = [{ release: 2, place }, nobody, { release: 1, place }, { release: 4, place }]
    const [second, none, first, failed] = await placeCells(warehouse, asked)
    const age = { id: 'age', members: ['0-5', '65+'] }
    for (const dimensions of [[], [{ id: 'tariff' }, age], [{ id: 'tariff', members: ['OTHER', 'KT'] }, { id: 'age' }]]) {
      const query = { ...QUERY, dimensions, places: [place] }
      expect(first?.cells(query)).toEqual(await publishedCells(warehouse, query))
      expect(second?.cells({ ...query, release: 2 })).toEqual(await publishedCells(warehouse, { ...query, release: 2 }))
    }
    expect([none?.size, failed?.size]).toEqual([0, 0])
  })

  it('that are named and not there are withheld, whether they were counted or never existed', async () => {
    const dimensions = [
      { id: 'tariff', members: ['KT'] },
      { id: 'age', members: ['0-5', '65+', 'no such age'] },
    ]
    const rows = await publishedCells(warehouse, { ...QUERY, dimensions })
    expect(rows.map(({ members, value, status }) => [members[1], value, status])).toEqual([
      ['0-5', 25, 'ok'],
      ['65+', 0, 'withheld'],
      ['no such age', 0, 'withheld'],
    ])
  })

  it('of a pair that cannot be, by what the cube counts, are zero and not withheld', async () => {
    const sectors = ['CULTURE', 'SPORT']
    const dimensions = [
      { id: 'sector-before', members: sectors },
      { id: 'sector', members: sectors },
    ]
    const query = { ...QUERY, cube: 'taste-pairs', places: ['all'], dimensions }
    const [place] = await placeCells(warehouse, [{ release: 1, place: 'all' }])
    const rows = await publishedCells(warehouse, query)
    expect(rows.map(({ members, status }) => [...members, status])).toEqual([
      ['CULTURE', 'CULTURE', 'structural_zero'],
      ['CULTURE', 'SPORT', 'withheld'],
      ['SPORT', 'CULTURE', 'withheld'],
      ['SPORT', 'SPORT', 'structural_zero'],
    ])
    expect(place?.cells(query)).toEqual(rows)
    const [before] = dimensions
    const one = await publishedCells(warehouse, { ...query, dimensions: before ? [before] : [] })
    expect(one.map(({ status }) => status)).toEqual(['withheld', 'withheld'])
  })

  it('of a release that failed or was never finished are not there', async () => {
    for (const release of [3, 4, 5]) {
      const rows = await publishedCells(warehouse, { ...QUERY, release, dimensions: [] })
      expect(rows).toEqual([{ place: 'municipality:44021', members: [], column: 'people', value: 0, status: 'withheld' }])
    }
  })

  it('are there as soon as their release is, whoever asked for them before', async () => {
    const query = { ...QUERY, release: 6, dimensions: [] }
    await warehouse.append('published_cells', [cell({ release: 6, dimensions: '', members: [], value: 80 })])
    const before = await publishedCells(warehouse, query)
    await warehouse.append('releases', [releaseRow(6, 'PUBLISHED', '2023')])
    const after = await publishedCells(warehouse, query)
    expect([before, after].map(([total]) => total)).toMatchObject([{ status: 'withheld' }, { status: 'ok', value: 80 }])
  })

  it('are asked for in bounded numbers', async () => {
    const places = Array.from({ length: 100_001 }, (_, index) => `municipality:${index}`)
    await expect(publishedCells(warehouse, { ...QUERY, places, dimensions: [] })).rejects.toMatchObject({ code: 'CALL' })
  })
})

describe('Releases', () => {
  it('are listed oldest first, and the last one of a period is the valid one', async () => {
    const releases = await publishedReleases(warehouse)
    expect(releases.map(({ release }) => release)).toEqual([1, 2, 6])
    expect(validRelease(releases, '2025')).toEqual({
      release: 2,
      publishedAt: 1_767_225_600_000,
      provisional: false,
      periodKind: 'YEAR',
      period: '2025',
      threshold: 10,
      cubes: ['holders'],
      cells: 3,
      withheld: 1,
      contentRows: 3,
      contentHash: '18446744073709551615',
    })
    expect(validRelease(releases, '2024')).toBeUndefined()
  })
})

const QUERY = { release: 1, cube: 'holders', columns: ['people'], places: ['municipality:44021'] }

function cell(of: {
  release?: number
  place?: string
  dimensions: string
  members: string[]
  value: number
}): readonly RowValue[] {
  const { release = 1, place = 'municipality:44021', dimensions, members, value } = of
  return [release, 'holders', 'YEAR', '2025', place, dimensions, members, 'people', value, 'ok']
}

function releaseRow(release: number, state: 'PUBLISHED' | 'FAILED', period = '2025'): readonly RowValue[] {
  const content = [3, 2n ** 64n - 1n]
  return [release, '2026-01-01 00:00:00.000', state, 0, 'YEAR', period, 10, ['holders'], 3, 1, '{}', ...content]
}
