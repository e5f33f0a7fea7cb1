import { placeCells, publishedCells } from '@zuil/warehouse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CellShelf, type CellSource } from '../../../src/server/scope/cell-shelf.ts'
import { type PublishedFigures, publishedFigures } from '../../published-figures.ts'

let world: PublishedFigures
beforeAll(async () => {
  world = await publishedFigures()
})
afterAll(() => world?.[Symbol.asyncDispose]())

const sourceOf = (onRead: () => void): CellSource => ({
  cells: (query) => publishedCells(world.warehouse, query),
  places: async (asked) => {
    onRead()
    return await placeCells(world.warehouse, asked)
  },
})

const GENT = { release: 1, cube: 'participation', columns: ['people'], places: ['municipality:44021', 'municipality:44043'] }
const TARIFF = { id: 'tariff', members: ['KT', 'OTHER'] }
const ACTIVITY = { id: 'activity', members: ['ACTIVE', 'INACTIVE'] }

test('answers as the warehouse does, also for members that are not there and for a release that failed', async () => {
  const shelf = new CellShelf(sourceOf(() => undefined))
  for (const dimensions of [[TARIFF], [TARIFF, ACTIVITY], [{ id: 'tariff' }, { id: 'activity' }], []]) {
    const query = { ...GENT, dimensions }
    expect(await shelf.cells(query)).toEqual(await publishedCells(world.warehouse, query))
  }
  const failed = { ...GENT, release: 3, dimensions: [TARIFF] }
  expect(await shelf.cells(failed)).toEqual(await publishedCells(world.warehouse, failed))
})

test('reads each place of a release once, and all that is asked for at the same time together', async () => {
  let read = 0
  const shelf = new CellShelf(sourceOf(() => read++))
  const asked = [1, 2].flatMap((release) =>
    [[TARIFF], [TARIFF, ACTIVITY], []].map((dimensions) => ({ ...GENT, release, dimensions })),
  )
  const found = await Promise.all(asked.map((query) => shelf.cells(query)))
  expect(read).toBe(1)
  expect(found).toEqual(await Promise.all(asked.map((query) => publishedCells(world.warehouse, query))))
  await shelf.cells({ ...GENT, release: 3, dimensions: [] })
  expect(read).toBe(2)
})

test('a failure is not remembered', async () => {
  let isAway = true
  const shelf = new CellShelf(
    sourceOf(() => {
      if (isAway) throw new Error('away')
    }),
  )
  await expect(shelf.cells({ ...GENT, dimensions: [TARIFF] })).rejects.toThrow('away')
  isAway = false
  expect(await shelf.cells({ ...GENT, dimensions: [TARIFF] })).toHaveLength(4)
})

test('a question about more places than are kept whole is asked once, and of those places only', async () => {
  const asked: string[] = []
  const shelf = new CellShelf({
    ...sourceOf(() => undefined),
    cells: async (query) => {
      asked.push(query.columns.join())
      return await publishedCells(world.warehouse, query)
    },
  })
  const many = {
    ...GENT,
    places: Array.from({ length: 61 }, (_, index) => `municipality:${44_001 + index}`),
    dimensions: [TARIFF],
  }
  const first = await shelf.cells(many)
  expect(await shelf.cells({ ...many })).toEqual(first)
  await shelf.cells({ ...many, columns: ['participations'] })
  expect(asked).toEqual(['people', 'participations'])
})
