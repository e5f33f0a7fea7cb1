import { parseReportingPeriod } from '@zuil/core'
import { CUBES, type Cube, publishedCells, type Warehouse } from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FactsPlace, placeWithFacts, publisherOn } from './installed-facts.ts'

const YEAR = parseReportingPeriod('2025')
const SINCE = '2020-01-01 00:00:00.000'
/** Towns 44000 and 44001 share a card system, 44002 has one of its own, 44003 has none. */
const SYSTEMS = [
  { id: 1, cities: [44_000, 44_001] },
  { id: 2, cities: [44_002] },
]
const TOWNS = [44_000, 44_001, 44_002, 44_003]
/** A cube of persons that is read as one of organizers. */
const OF_ORGANIZERS: Cube = { ...CUBES.sectors, isAboutOrganizers: true }

let place: FactsPlace
let warehouse: Warehouse

beforeAll(async () => {
  place = await placeWithFacts(2_500)
  warehouse = await place.open()
  const municipality = (nis: number) => [SINCE, 0, 0, 0, nis, `Town ${nis}`, ['9000'], 51, 4, 10_000, 2025, []]
  await warehouse.append('municipalities', TOWNS.map(municipality))
  const system = ({ id, cities }: (typeof SYSTEMS)[number]) => [SINCE, 0, 0, 0, id, `System ${id}`, 1, ['9000'], [''], cities]
  await warehouse.append('card_systems', SYSTEMS.map(system))
  if (!YEAR) throw new Error('2025 is a year')
  const cubes = [CUBES.destinations, OF_ORGANIZERS]
  expect(await publisherOn(warehouse, { cubes }).publish(YEAR)).toMatchObject({ state: 'PUBLISHED', report: { recovered: [] } })
})
afterAll(async () => {
  await place?.[Symbol.asyncDispose]()
})

describe('By the reference tables', () => {
  test('nothing is elsewhere in the region of a town that shares no card system: that is 0, not withheld', async () => {
    // the synthetic people know of regions of their own, and may be there
    const [met] = await warehouse.query<{ towns: readonly number[] }>(
      "SELECT groupUniqArray(home_nis) AS towns FROM participations WHERE area = 'REGION'",
      {},
      'test',
    )
    const alone = [44_002, 44_003].filter((nis) => !met?.towns.includes(nis))
    expect(alone.length).toBeGreaterThan(0)
    const cells = await publishedCells(warehouse, {
      release: 1,
      cube: 'destinations',
      columns: ['people', 'participations'],
      dimensions: [
        { id: 'tariff', members: ['KT', 'OTHER'] },
        { id: 'area', members: ['REGION'] },
      ],
      places: TOWNS.map((nis) => `municipality:${nis}`),
    })
    const zeros = cells.filter(({ status }) => status === 'structural_zero')
    expect([...new Set(zeros.map(({ place: text }) => text))]).toEqual(alone.map((nis) => `municipality:${nis}`))
    expect(zeros).toHaveLength(alone.length * 4)
    expect(zeros.every(({ value }) => value === 0)).toBe(true)
  })
})

describe('A figure about the organizers of a place', () => {
  test('is withheld where they are fewer than three, or one makes up more than half', async () => {
    const rows = await warehouse.query<{ place: string; sector: string; organizers: number; largest: number; all: number }>(
      `SELECT concat('municipality:', toString(home_nis)) AS place, sector, count() AS organizers, max(visits) AS largest, sum(visits) AS all
FROM (SELECT home_nis, sector, organizer, count() AS visits FROM participations GROUP BY home_nis, sector, organizer)
GROUP BY home_nis, sector
ORDER BY place, sector`,
      {},
      'test',
    )
    const telling = rows.filter(({ organizers, largest, all }) => organizers < 3 || largest > all / 2)
    expect(telling.length).toBeGreaterThan(5)
    expect(telling.length).toBeLessThan(rows.length)
    const cells = await publishedCells(warehouse, {
      release: 1,
      cube: 'sectors',
      columns: ['people'],
      dimensions: [{ id: 'sector' }],
      places: [...new Set(rows.map(({ place: text }) => text))],
    })
    const shown = new Set(cells.map(({ place: text, members }) => `${text} ${members[0]}`))
    expect(telling.filter(({ place: text, sector }) => shown.has(`${text} ${sector}`))).toEqual([])
    expect(shown.size).toBeGreaterThan(5)
  })
})
