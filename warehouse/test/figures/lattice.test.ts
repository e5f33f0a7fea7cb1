import { isDominated, parseReportingPeriod, type ReportingPeriod, SOCIAL_TARIFF_ID } from '@zuil/core'
import {
  buildFacts,
  CUBE_IDS,
  CUBES,
  type Cube,
  type CubeLink,
  cellsOfFewOrganizers,
  type DimensionId,
  type ExactCell,
  exactCells,
  type ReleaseCell,
  releaseCells,
  type Warehouse,
} from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshWarehouse, freshEmbedded } from '../fresh-warehouse.ts'
import { ToldHistory } from './told-history.ts'

const HOLDERS = 150
const TOWNS = [101, 102, 103, 0] as const
const TYPES = ['0.55.0.0.0', '0.59.0.0.0', '0.3.1.0.0', 'kI7uAyn2uUu9VV6Z3uWZTA'] as const
const DAYS = ['2025-01-15', '2025-02-11', '2025-03-20', '2025-03-21'] as const
const WORD = 2n ** 64n

let place: FreshWarehouse
let warehouse: Warehouse
const released = new Map<Cube, ReadonlyMap<string, ReleaseCell>>()

beforeAll(async () => {
  place = await freshEmbedded()
  warehouse = place.warehouse
  const history = new ToldHistory(warehouse)
  await history.cardSystem(1, [101, 102])
  await history.cardSystem(2, [103])
  await history.reward('cinema', 'POINTS')
  await history.reward('welcome-bag', 'WELCOME')
  for (let holder = 1; holder <= HOLDERS; holder++) tellOf(history, holder)
  await history.load()
  await warehouse.append(
    'record_keys',
    Array.from({ length: HOLDERS }, (_, index) => [index + 1, recordKey(index + 1)]),
  )
  for (const key of ['2025', '2025-Q1', '2024-2025', '2025-03']) await buildFacts(warehouse, periodOf(key))
  for (const id of CUBE_IDS) released.set(CUBES[id], await cellsOf(CUBES[id]))
}, 240_000)

afterAll(async () => {
  await place[Symbol.asyncDispose]()
})

/** Somebody who moves, takes part here and there, buys, saves and redeems: by their number. */
function tellOf(history: ToldHistory, holder: number): void {
  const draw = (what: number, of: number) => (Math.imul(holder * 31 + what, 2_654_435_761) >>> 8) % of
  const home = TOWNS[draw(1, 4)] ?? 0
  const told = { holder, birthYear: 1950 + draw(2, 75), postalCode: `90${draw(3, 3)}0` }
  const tariff = draw(4, 2) === 0 ? ('ACTIVE' as const) : ('NONE' as const)
  const at = draw(5, 3) === 0 ? '2025-02-01T09:00:00Z' : '2024-02-01T09:00:00Z'
  history.told({ ...told, at, home, tariff, tariffEnds: '2025-03-10T22:00:00Z' })
  const later = draw(6, 4) === 0 ? (TOWNS[draw(7, 4)] ?? 0) : home
  history.told({ ...told, at: '2025-03-01T09:00:00Z', home: later, tariff: draw(8, 3) === 0 ? 'NONE' : tariff })
  const visits = draw(9, 12)
  for (let visit = 0; visit < visits; visit++) {
    const pick = (what: number, of: number) => draw(100 + visit * 10 + what, of)
    const day = DAYS[pick(1, 4)] ?? DAYS[0]
    const hour = 10 + pick(2, 9)
    const homeNis = day < '2025-03-01' ? home : later
    const deed = { holder, at: `${day}T${hour}:00:00Z`, homeNis, venueNis: TOWNS[pick(3, 4)] ?? 0, birthYear: told.birthYear }
    const offer = {
      organizer: `organizer-${pick(4, 3)}`,
      eventNumber: pick(5, 5) + 1,
      eventType: TYPES[pick(5, 4)] ?? '',
      socialTariff: tariff,
    }
    const kind = pick(6, 8)
    if (kind === 0 && tariff === 'ACTIVE') {
      const exchange = {
        tariff: SOCIAL_TARIFF_ID,
        regularPrice: 1_000,
        price: 200,
        organizerShare: 400,
        localGovernmentShare: 400,
      }
      history.did({ ...deed, ...offer, kind: 'TICKET_SALE', points: 0, exchange })
    } else if (kind === 1) history.did({ ...deed, ...offer, kind: 'REDEMPTION', points: -1, exchange: { reward: 'cinema' } })
    else if (kind === 2) history.did({ ...deed, ...offer, kind: 'GRANT', points: 0, exchange: { reward: 'welcome-bag' } })
    else history.did({ ...deed, ...offer })
  }
}

describe.each(CUBE_IDS)('the cells of %s', (id) => {
  const cube = CUBES[id]

  it('add up along every dimension, people and keys, or are a union where somebody may be in several', () => {
    for (const cell of cellsHere(cube)) {
      for (const dimension of dimensionsOf(cell)) expectWhole(without(cell, dimension), cell, dimension)
    }
    for (const whole of cellsHere(cube)) {
      for (const { id: dimension, several } of cube.dimensions) {
        const parts = cellsHere(cube).filter((cell) => without(cell, dimension) === keyOf(whole))
        if (parts.length > 0) expectParts(whole, parts, several)
      }
    }
  })

  it('add up over places, or are a union where somebody may be in several', () => {
    const kind = cube.places.includes('MUNICIPALITY') ? 'municipality:' : 'organizer:'
    for (const whole of cellsHere(cube).filter((cell) => cell.place === 'all')) {
      const parts = cellsHere(cube).filter(
        (cell) => cell.place.startsWith(kind) && keyOf(cell) === keyOf({ ...whole, place: cell.place }),
      )
      if (cube.places.includes('MUNICIPALITY') || cube.places.includes('ORGANIZER')) expectParts(whole, parts, cube.placesSeveral)
    }
  })

  it('agree with the cubes that they are linked with', () => {
    for (const link of cube.links) {
      const there = released.get(CUBES[link.cube])
      for (const cell of cellsHere(cube)) {
        const key = linkedKey(cell, link)
        if (key === undefined || !there || !cube.periods.includes('YEAR') || !CUBES[link.cube].periods.includes('YEAR')) continue
        if (!CUBES[link.cube].places.some((kind) => cell.place.startsWith(kind.toLowerCase()))) continue
        const other = there.get(key)
        expect([link.cube, key, other !== undefined]).toEqual([link.cube, key, true])
        if (link.kind === 'SAME') expect([other?.people, other?.key]).toEqual([cell.people, cell.key])
        else expect(other?.people).toBeGreaterThanOrEqual(cell.people)
      }
    }
  })

  it('have the people that the exact cells have', async () => {
    for (const kind of cube.places) {
      for (const dimensions of cube.lattice) {
        const { sql, parameters } = exactCells(cube, { dimensions, columns: [], place: { each: kind }, period: periodFor(cube) })
        const rows = await warehouse.query<ExactCell & Pick<ReleaseCell, 'place'>>(sql, parameters, 'test')
        const exact = rows
          .filter(({ people }) => people > 0)
          .map((row) => [keyOf({ ...row, dimensions: dimensions.join() }), row.people])
        const here = cellsHere(cube).filter(
          (cell) => cell.place.startsWith(kind.toLowerCase()) && cell.dimensions === dimensions.join(),
        )
        expect(here.map((cell) => [keyOf(cell), cell.people]).sort()).toEqual(exact.sort())
      }
    }
  })
})

describe('what tickets cost', () => {
  it('is unsafe to tell exactly where the second largest buyer could work out the largest', async () => {
    const bought = await warehouse.query<{ cell: string; amounts: number[] }>(BOUGHT_SQL, {}, 'test')
    const unsafe = bought.map(({ cell, amounts }) => {
      const [largest = 0, second = 0] = amounts.toSorted((one, other) => other - one)
      const total = amounts.reduce((sum, amount) => sum + amount, 0)
      return [cell, isDominated({ total, largest, second }) ? 1 : 0] as const
    })
    const told = cellsHere(CUBES.tickets).filter(({ place: where }) => where.startsWith('municipality:'))
    expect(Object.fromEntries(told.map((cell) => [keyOf(cell), cell.unsafe]))).toEqual(Object.fromEntries(unsafe))
    expect(new Set(unsafe.map(([, value]) => value))).toEqual(new Set([0, 1]))
  })
})

describe.each(CUBE_IDS.filter((id) => CUBES[id].isAboutOrganizers))('of %s, what tells too much of an organizer', (id) => {
  it('are the cells of fewer than three organizers, or of one with more than half', async () => {
    const told = await fewIn(id, '2025-Q1')
    const rows = await warehouse.query<{ place: string; organizers: number; largest: number; all: number }>(
      `SELECT concat('municipality:', toString(venue_nis)) AS place, toUInt32(count()) AS organizers, toUInt32(max(visits)) AS largest, toUInt32(sum(visits)) AS all
FROM (SELECT venue_nis, organizer, count() AS visits FROM figures_checkins GROUP BY venue_nis, organizer) GROUP BY venue_nis`,
      {},
      'test',
    )
    const telling = rows
      .filter(({ organizers, largest, all }) => organizers < 3 || largest * 2 > all)
      .map(({ place: text }) => text)
    const wholes = told.filter(({ place: text, members }) => members.length === 0 && text.startsWith('municipality:'))
    expect(wholes.map(({ place: text }) => text).sort()).toEqual(telling.sort())
    expect(told.length).toBeGreaterThan(0)
  })

  it('are none in a period in which nobody came', async () => {
    expect(await fewIn(id, '2025-Q2')).toEqual([])
  })
})

async function fewIn(id: (typeof CUBE_IDS)[number], key: string) {
  const rows = []
  for (const { sql, parameters } of cellsOfFewOrganizers(CUBES[id], periodOf(key)))
    rows.push(...(await warehouse.query<{ place: string; members: readonly string[] }>(sql, parameters, 'test')))
  return rows
}

function expectWhole(wholeKey: string, part: ReleaseCell, dimension: DimensionId): void {
  const whole = [...released.values()].some((cells) => cells.has(wholeKey))
  expect([wholeKey, dimension, part.place, whole]).toEqual([wholeKey, dimension, part.place, true])
}

function expectParts(whole: ReleaseCell, parts: readonly ReleaseCell[], several: boolean): void {
  const people = parts.map((part) => part.people)
  const sum = people.reduce((total, count) => total + count, 0)
  if (several) {
    expect(whole.people).toBeGreaterThanOrEqual(Math.max(...people))
    expect(whole.people).toBeLessThanOrEqual(sum)
  } else {
    expect([keyOf(whole), sum]).toEqual([keyOf(whole), whole.people])
    expect(parts.reduce((total, { key }) => (total + BigInt(key)) % WORD, 0n)).toBe(BigInt(whole.key))
  }
  for (const [index, value] of whole.values.entries()) {
    const values = parts.map((part) => part.values[index] ?? 0)
    expect(value).toBeGreaterThanOrEqual(Math.max(...values))
    expect(value).toBeLessThanOrEqual(values.reduce((total, one) => total + one, 0))
  }
}

function linkedKey(cell: ReleaseCell, { dimensions, where = {}, whereThere = {}, cube }: CubeLink): string | undefined {
  const members = new Map(dimensionsOf(cell).map((id, index) => [id, cell.members[index] ?? '']))
  for (const [id, member] of Object.entries(where)) {
    // keys of `where` are ids of dimensions by its type
    if (members.get(id as DimensionId) !== member) return undefined
    members.delete(id as DimensionId)
  }
  const isShared = dimensions.some((set) => set.length === members.size && set.every((id) => members.has(id)))
  if (!isShared) return undefined
  for (const [id, member] of Object.entries(whereThere)) members.set(id as DimensionId, member)
  const order = CUBES[cube].dimensions.map(({ id }) => id).filter((id) => members.has(id))
  return keyOf({ place: cell.place, dimensions: order.join(), members: order.map((id) => members.get(id) ?? '') })
}

function cellsHere(cube: Cube): readonly ReleaseCell[] {
  return [...(released.get(cube)?.values() ?? [])]
}

function dimensionsOf({ dimensions }: Pick<ReleaseCell, 'dimensions'>): readonly DimensionId[] {
  // a release cell joins ids of dimensions by commas
  return dimensions === '' ? [] : (dimensions.split(',') as DimensionId[])
}

/** Key of the cell without one of its dimensions. */
function without(cell: ReleaseCell, dimension: DimensionId): string {
  const ids = dimensionsOf(cell)
  const index = ids.indexOf(dimension)
  if (index < 0) return ''
  return keyOf({ place: cell.place, dimensions: ids.toSpliced(index, 1).join(), members: cell.members.toSpliced(index, 1) })
}

function keyOf({ place: where, dimensions, members }: Pick<ReleaseCell, 'place' | 'dimensions' | 'members'>): string {
  return [where, dimensions, ...members].join('|')
}

async function cellsOf(cube: Cube): Promise<ReadonlyMap<string, ReleaseCell>> {
  const cells = new Map<string, ReleaseCell>()
  for (const { sql, parameters } of releaseCells(cube, periodFor(cube))) {
    for (const cell of await warehouse.query<ReleaseCell>(sql, parameters, 'test')) cells.set(keyOf(cell), cell)
  }
  return cells
}

function periodFor(cube: Cube): ReportingPeriod {
  const keys = { YEAR: '2025', QUARTER: '2025-Q1', SEASON: '2024-2025', MONTH: '2025-03' } as const
  const kind = cube.periods.includes('YEAR') ? 'YEAR' : cube.periods[0]
  return periodOf(keys[kind ?? 'YEAR'])
}

function periodOf(key: string): ReportingPeriod {
  const period = parseReportingPeriod(key)
  if (!period) throw new Error(`${key} is no period`)
  return period
}

/** What each person paid in the year, by cell; the shares of all who pay are in proportion. */
const BOUGHT_SQL = `SELECT concat('municipality:', toString(home_nis), member) AS cell, groupArray(amount) AS amounts
FROM (
    SELECT
        home_nis, holder, sum(price) AS amount,
        arrayJoin(['|', concat('|age-coarse|', multiIf(
            birth_year = 0 OR birth_year > 2025, 'UNKNOWN', birth_year > 2013, '0-11', birth_year > 2007, '12-17', birth_year > 1995, '18-29',
            birth_year > 1960, '30-64', '65+'))]) AS member
    FROM social_tariff_tickets
    WHERE day BETWEEN '2025-01-01' AND '2025-12-31' AND NOT is_group
    GROUP BY home_nis, holder, member
)
GROUP BY cell`

/** Any 64 bits that differ from holder to holder. */
function recordKey(holder: number): bigint {
  return (BigInt(holder) * 0x9e37_79b9_7f4a_7c15n) % WORD
}
