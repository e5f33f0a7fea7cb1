import { parseReportingPeriod } from '@zuil/core'
import { CUBES, type Cube, type Warehouse } from '@zuil/warehouse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FactsPlace, placeWithFacts, publisherOn } from './installed-facts.ts'

const [MONTH, YEAR] = ['2025-12', '2025'].map((key) => parseReportingPeriod(key))
/** Holders alone, and with what makes more of them small: their active ones, and these by age. */
const OF_MONTH: readonly Cube[] = [CUBES.holders]
const OF_YEAR: readonly Cube[] = [CUBES.holders, CUBES.participation]

let place: FactsPlace
let warehouse: Warehouse

beforeAll(async () => {
  place = await placeWithFacts(1_200)
  warehouse = await place.open()
  // the same people on the last day of December as on the last day of the year
  const columns = "* REPLACE ('MONTH' AS period_kind, '2025-12' AS period)"
  const ofYear = "(SELECT * FROM holder_periods WHERE period = '2025')"
  await warehouse.change(`INSERT INTO holder_periods SELECT ${columns} FROM ${ofYear}`, {}, 'test')
})
afterAll(async () => {
  await place?.[Symbol.asyncDispose]()
})

test('the stock of a year says what the month said that ends with it, and withholds what that withheld', async () => {
  if (!MONTH || !YEAR) throw new Error('Both are periods')
  expect(await publisherOn(warehouse, { cubes: OF_MONTH }).publish(MONTH)).toMatchObject({ state: 'PUBLISHED', release: 1 })
  // a cell that the month withheld to protect another: whoever read it in the year could take it off a sum of the month
  const [open] = await warehouse.query<{ place: string; members: readonly string[]; value: number }>(
    "SELECT place, members, value FROM published_cells WHERE release = 1 AND dimensions = 'age' AND place != 'all' ORDER BY value DESC LIMIT 1",
    {},
    'test',
  )
  if (!open) throw new Error('The month shows some cell by age')
  const withheld = `dimensions = 'age' AND place = '${open.place}' AND members[1] = '${open.members[0]}'`
  await warehouse.change(
    `ALTER TABLE published_cells DELETE WHERE release = 1 AND ${withheld} SETTINGS mutations_sync = 2`,
    {},
    'test',
  )
  await warehouse.append('protecting_cells', [[1, 'holders', open.place, 'age', open.members]])

  const year = await publisherOn(warehouse, { cubes: OF_YEAR }).publish(YEAR)
  expect(year).toMatchObject({ state: 'PUBLISHED', release: 2, report: { recovered: [] } })
  const of = (release: number) =>
    warehouse.query(
      `SELECT place, dimensions, members, value FROM published_cells WHERE release = ${release} AND cube = 'holders' ORDER BY ALL`,
      {},
      'test',
    )
  const [inMonth, inYear] = [await of(1), await of(2)]
  expect(inYear.length).toBeGreaterThan(100)
  // nothing that the month withheld, and nothing with another value
  for (const cell of inYear) expect(inMonth).toContainEqual(cell)
})
