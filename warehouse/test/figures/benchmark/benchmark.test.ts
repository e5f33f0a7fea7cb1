import { projectionOfOrganizer } from '@zuil/core/contracts/projection'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { benchmarkOf, type Release, type RowValue, storeMissingBenchmarks, type Warehouse } from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storeBenchmark } from '../../../src/figures/benchmark/benchmark.ts'
import { type FreshWarehouse, freshEmbedded } from '../../fresh-warehouse.ts'
import { MORNING } from '../../transaction-lines.ts'

const SEASON = '2024-2025'
const PEERS = Array.from({ length: 8 }, (_, index) => `o${index}`)

let place: FreshWarehouse
let warehouse: Warehouse
beforeAll(async () => {
  place = await freshEmbedded()
  warehouse = place.warehouse
  const lines = [...PEERS, 'tiny'].map((id, sequence) => {
    const record = projectionOfOrganizer({ id, name: id, nis: 44021, cardSystems: [1] })
    return projectionRow({ lane: 0, ms: MORNING, sequence }, record, { range: 1 }).line
  })
  await warehouse.insert('organizers', lines)
  await warehouse.append('published_cells', [
    ...PEERS.flatMap((id, index) => publicOf(1, id, 150 + 10 * index)),
    ...PEERS.flatMap((id, index) => publicOf(2, id, 1_000 + 100 * index)),
    ...publicOf(2, 'tiny', 150),
  ])
  await warehouse.append('releases', [1, 2].map(releaseRow))
})
afterAll(async () => await place?.[Symbol.asyncDispose]())

describe('Attack 12: the benchmark of a season', () => {
  test('has the quartiles of published values, for every member the same', async () => {
    await storeBenchmark(warehouse, releaseOf(1))
    const seen = await Promise.all(PEERS.map((organizer) => benchmarkOf(warehouse, { release: releaseOf(1), organizer })))
    expect(seen[0]).toContainEqual({ figure: 'holders', organizers: 8, lower: 160, median: 180, upper: 200 })
    for (const rows of seen) expect(rows).toEqual(seen[0])
  })

  test('keeps the groups of its first release, and the same again changes nothing', async () => {
    await storeMissingBenchmarks(warehouse)
    await storeBenchmark(warehouse, releaseOf(2))
    await storeMissingBenchmarks(warehouse)
    expect(await warehouse.query('SELECT DISTINCT peer_group FROM benchmark_groups FINAL', {}, 'test')).toEqual([
      { peer_group: 'OTHER 100-499 UNKNOWN' },
    ])
    expect(await benchmarkOf(warehouse, { release: releaseOf(2), organizer: 'o0' })).toContainEqual(
      expect.objectContaining({ figure: 'holders', organizers: 8, median: 1_300 }),
    )
    expect(await benchmarkOf(warehouse, { release: releaseOf(2), organizer: 'tiny' })).toEqual([])
  })

  test('says nothing of a figure that too few have, nor to somebody without a group', async () => {
    const figures = (await benchmarkOf(warehouse, { release: releaseOf(1), organizer: 'o0' })).map(({ figure }) => figure)
    expect(figures).not.toContain('new')
    expect(await benchmarkOf(warehouse, { release: releaseOf(1), organizer: 'nobody' })).toEqual([])
  })

  test('is of a season only', async () => {
    await expect(storeBenchmark(warehouse, { ...releaseOf(1), period: '2025', periodKind: 'YEAR' })).rejects.toMatchObject({
      code: 'CALL',
    })
  })
})

function publicOf(release: number, organizer: string, people: number): readonly (readonly RowValue[])[] {
  const at = [release, 'organizer-public', 'SEASON', SEASON, `organizer:${organizer}`, '', []]
  return [
    [...at, 'people', people, 'ok'],
    [...at, 'participations', people * 2, 'ok'],
  ]
}

function releaseRow(release: number): readonly RowValue[] {
  return [release, '2025-10-01 00:00:00.000', 'PUBLISHED', 0, 'SEASON', SEASON, 10, ['organizer-public'], 16, 0, '{}', 16, 1n]
}

function releaseOf(release: number): Release {
  const content = { contentRows: 16, contentHash: '1', cells: 16, withheld: 0, cubes: ['organizer-public'] }
  return { release, publishedAt: 0, provisional: false, periodKind: 'SEASON', period: SEASON, threshold: 10, ...content }
}
