import { parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import {
  buildFacts,
  type CellRequest,
  CUBES,
  type CubeId,
  type DimensionId,
  type ExactCell,
  exactCells,
  type FigurePlace,
  type Parameters,
  type Warehouse,
} from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshWarehouse, freshEmbedded } from '../fresh-warehouse.ts'
import { FactsHistory, OLDER_CARDS, TOWN } from './facts-history.ts'

const YEAR = periodOf('2025')

let place: FreshWarehouse
let warehouse: Warehouse
let history: FactsHistory

beforeAll(async () => {
  place = await freshEmbedded()
  warehouse = place.warehouse
  history = new FactsHistory(warehouse)
  await history.municipality(TOWN.merged, [TOWN.before, TOWN.alsoBefore])
  await history.cardSystem(1, [TOWN.region, TOWN.neighbour, TOWN.alsoBefore, TOWN.merged])
  await history.programme('beleefpas', [OLDER_CARDS])
  await history.reward('welcome-bag', 'WELCOME')
  await history.reward('cinema', 'POINTS')
  history.tellAll()
  await history.load()
  for (const period of [YEAR, periodOf('2025-Q4'), periodOf('2025-Q2'), periodOf('2024-2025')])
    await buildFacts(warehouse, period)
}, 120_000)

afterAll(async () => {
  await place[Symbol.asyncDispose]()
})

describe('Facts of a period', () => {
  it('leave out what was taken back and what is flagged', async () => {
    expect(await cells('frequency', TOWN.voids, [], ['participations'])).toEqual({ '': [1, 1] })
    expect(await cells('holders', TOWN.voids, [])).toEqual({ '': [2] })
  })

  it('count a holder once at an event and Brussels day, also in the night when the clock goes back', async () => {
    expect(await cells('frequency', TOWN.nights, ['frequency'], ['participations'])).toEqual({ '2-3': [1, 3] })
    expect(await cells('venue-hours', TOWN.nights, ['weekday', 'hour'], ['checkins'])).toEqual({
      '6,23': [1, 1],
      '7,0': [1, 1],
      '7,2': [1, 2],
      '7,23': [1, 1],
      '1,0': [1, 1],
    })
  })

  it('have a holder who registers at half past eleven on the day in Brussels', async () => {
    // 4 October to 31 December is 89 days
    expect(await cells('participation', TOWN.days, [])).toEqual({ '': [1] })
    expect(await cells('registrations', TOWN.days, [])).toEqual({ '': [2] })
  })

  it('know an older card by one number in the registry, or by points that were carried over, until the end of the period', async () => {
    expect(await cells('registrations', TOWN.cards, ['predecessor', 'activity'])).toEqual({
      'YES,ACTIVE': [1],
      'YES,INACTIVE': [1],
      'NO,INACTIVE': [2],
    })
  })

  it('have who moved at the new home, and what happened before at the old one', async () => {
    expect(await cells('holders', TOWN.leaves, [])).toEqual({ '': [0] })
    expect(await cells('frequency', TOWN.arrives, [], ['participations'])).toEqual({ '': [1, 2] })
    expect(await cells('sectors', TOWN.leaves, [], ['participations'])).toEqual({ '': [1, 1] })
    expect(await cells('sectors', TOWN.arrives, ['sector'], ['participations'])).toEqual({ CULTURE: [1, 1] })
  })

  it('know municipalities by what they are today', async () => {
    expect(await cells('holders', TOWN.merged, [])).toEqual({ '': [1] })
    expect(await cells('destinations', TOWN.merged, ['area'], ['participations'])).toEqual({ HOME: [1, 2] })
    expect(await cells('destinations', TOWN.before, [], ['participations'])).toEqual({ '': [0, 0] })
    expect(await cells('holders', { kind: 'REGION', cardSystem: 1 }, [])).toEqual({ '': [2] })
  })

  it('keep group passes apart, and other programmes out', async () => {
    expect(await cells('states', TOWN.groups, [])).toEqual({ '': [0] })
    expect(await cells('tickets', TOWN.groups, [], ['tickets'])).toEqual({ '': [0, 0] })
    expect(await cells('groups', TOWN.groups, [], ['checkins', 'tickets', 'regular-cents'])).toEqual({ '': [2, 1, 1, 1000] })
    expect(await cells('frequency', TOWN.others, [])).toEqual({ '': [0] })
  })

  it('count the social tariff in grace, at the moment and in the period', async () => {
    expect(await cells('holders', TOWN.grace, ['tariff'])).toEqual({ KT: [2], OTHER: [1] })
    expect(await cells('states', TOWN.grace, ['tariff'])).toEqual({ KT: [3] })
    expect(await cells('sectors', TOWN.grace, ['tariff'], ['participations'])).toEqual({ KT: [1, 1], OTHER: [1, 1] })
  })

  it('know whose social tariff ended and who had it again within 90 days, also when it was renewed before', async () => {
    expect(await cells('renewal', TOWN.grace, ['renewed'])).toEqual({ YES: [2], NO: [1] })
    expect(await cells('renewal', TOWN.grace, ['renewed'], [], periodOf('2025-Q4'))).toEqual({})
  })

  it('have the age of everybody at 31 December', async () => {
    expect(await cells('holders', TOWN.ages, ['age'])).toEqual({
      '0-5': [1],
      '6-11': [1],
      '12-17': [1],
      '18-25': [1],
      '65+': [1],
      UNKNOWN: [1],
    })
  })

  it('tell new, returning and reactivated holders by what they did 18 months before, and who lapsed', async () => {
    const quarter = periodOf('2025-Q4')
    expect(await cells('states', TOWN.states, ['state'], [], quarter)).toEqual({
      NEW: [1],
      RETURNING: [1],
      REACTIVATED: [1],
      INACTIVE: [1],
    })
    // the last 18 months begin on 1 July 2024
    expect(await cells('lapse', TOWN.states, ['tariff', 'lapsed'], [], quarter)).toEqual({ 'KT,YES': [1], 'OTHER,NO': [2] })
  })

  it('follow a cohort of newcomers by quarters', async () => {
    const expected = { '2,ACTIVE': [1], '2,INACTIVE': [1] }
    expect(await cells('retention', TOWN.cohort, ['quarters-since', 'activity'], [], periodOf('2025-Q4'))).toEqual(expected)
    expect(await cells('retention', TOWN.cohort, ['quarters-since'], [], periodOf('2025-Q2'))).toEqual({ '0': [2] })
  })

  it('know how broad a taste is, what is new in it and what three participations would show', async () => {
    expect(await cells('breadth', TOWN.tastes, ['breadth'])).toEqual({ '1': [1], '2': [1] })
    expect(await cells('widening', TOWN.tastes, ['widened'])).toEqual({ NO: [1], YES: [1] })
    expect(await cells('taste-pairs', { kind: 'ALL' }, ['sector-before', 'sector'])).toMatchObject({ 'CULTURE,SPORT': [1] })
    // three participations in two sectors: both show in all of them
    expect(await cells('variety', TOWN.tastes, [], ['expected-sectors'])).toEqual({ '': [1, 2000] })
  })

  it('tell check-ins and tickets at the social tariff of one participation', async () => {
    const columns = ['participations']
    expect(await cells('evidence', TOWN.money, ['evidence'], columns)).toEqual({ BOTH: [1, 1], TICKET: [1, 1] })
    expect(await cells('frequency', TOWN.money, [], columns)).toEqual({ '': [1, 1] })
    const money = ['tickets', 'participant-cents', 'organizer-cents', 'local-government-cents', 'regular-cents']
    expect(await cells('tickets', TOWN.money, [], money)).toEqual({ '': [1, 2, 400, 800, 800, 2000] })
  })

  it('give newcomers 90 days to use a welcome reward', async () => {
    expect(await cells('welcome', TOWN.welcome, ['redeemed'])).toEqual({ YES: [1], NO: [2] })
    expect(await cells('welcome', TOWN.welcome, ['days-to-first'])).toEqual({ '7-13': [1], NEVER: [2] })
    const used = { [TOWN.region]: [2, 2] }
    expect(await cells('welcome-places', TOWN.welcome, ['destination'], ['redemptions'])).toEqual(used)
  })

  it('pay with the oldest points first', async () => {
    expect(await cells('point-flows', TOWN.points, ['origin', 'destination'], ['points'])).toEqual({
      [`${TOWN.region},${TOWN.far}`]: [1, 1],
      [`${TOWN.neighbour},${TOWN.far}`]: [1, 3],
    })
    expect(await cells('points', TOWN.points, [], ['saved', 'given', 'redeemed'])).toEqual({ '': [1, 4, 0, 4] })
  })

  it('see venues from the home: there, in the region, elsewhere', async () => {
    expect(await cells('destinations', TOWN.region, ['area'], ['participations'])).toEqual({
      HOME: [1, 1],
      REGION: [1, 1],
      ELSEWHERE: [1, 1],
      UNKNOWN: [1, 1],
    })
    expect(await cells('municipalities-visited', { kind: 'REGION', cardSystem: 1 }, ['visited'])).toEqual({ '1': [1], '2': [1] })
  })

  it('know what holders are to an organizer', async () => {
    const here = { kind: 'ORGANIZER', organizer: 'here' } as const
    const season = periodOf('2024-2025')
    expect(await cells('organizer-states', here, ['state'], [], season)).toEqual({ NEW: [2], RETURNING: [1] })
    // 1 October 2025 is within 12 months of 1 October 2024, 2 October is not
    expect(await cells('organizer-return', here, ['returned'], [], season)).toEqual({ YES: [1], NO: [1] })
    expect(await cells('organizer-frequency', here, ['frequency', 'elsewhere'], ['participations'])).toEqual({
      '1,NO': [2, 2],
      '4-6,YES': [1, 4],
    })
    expect(await cells('organizer-public', here, ['in-region'], ['participations'], season)).toEqual({ NO: [1, 1], YES: [2, 5] })
    expect(await cells('organizer-origins', here, ['origin'], ['participations'])).toEqual({ [TOWN.public]: [3, 6] })
  })
})

describe('Facts that were built', () => {
  it('are not built again while nothing changed, except what is said of the period', async () => {
    const report = await buildFacts(warehouse, YEAR)
    expect(report).toEqual(['holder_periods', 'organizer_periods', 'offer_periods'].map((table) => `${table} ('YEAR', '2025')`))
  })

  it('follow what arrives later, by the months that it belongs to', async () => {
    const holder = history.somebody(TOWN.late)
    history.checkin(holder, '2025-05-02', { homeNis: TOWN.late, channel: 'BATCH' })
    await history.load()
    const report = await buildFacts(warehouse, YEAR)
    expect(report.filter((name) => name.includes(' 20'))).toEqual([
      'participations 202505',
      'social_tariff_tickets 202505',
      'redemptions 202505',
      ...['05', '06', '09', '10', '11', '12'].map((month) => `point_flows 2025${month}`),
    ])
    expect(await cells('frequency', TOWN.late, [], ['participations'])).toEqual({ '': [2, 2] })
  })

  it('are those of one moment, also when somebody checks in while they are built', async () => {
    const holder = history.somebody(TOWN.meanwhile)
    history.checkin(holder, '2025-05-02', { homeNis: TOWN.meanwhile, channel: 'BATCH' })
    await history.load()
    const arrivals = new Proxy(warehouse, {
      get(target, name) {
        if (name !== 'change') return Reflect.get(target, name).bind(target)
        return async (sql: string, ...others: [Parameters, string]) => {
          await target.change(sql, ...others)
          if (!sql.startsWith('INSERT INTO participations_building')) return
          history.checkin(holder, '2025-05-03', { homeNis: TOWN.meanwhile, channel: 'BATCH' })
          await history.load()
        }
      },
    })
    await buildFacts(arrivals, YEAR)
    expect(await cells('frequency', TOWN.meanwhile, [], ['participations'])).toEqual({ '': [1, 1] })
    // and nothing is forgotten
    await buildFacts(warehouse, YEAR)
    expect(await cells('frequency', TOWN.meanwhile, [], ['participations'])).toEqual({ '': [1, 2] })
  })

  it('are refused when the engine acknowledged what it did not keep', async () => {
    const forgets = new Proxy(warehouse, {
      get(target, name) {
        if (name !== 'change') return Reflect.get(target, name).bind(target)
        return async (sql: string, ...others: [Parameters, string]) => {
          await target.change(sql, ...others)
          if (sql.startsWith('INSERT INTO holder_periods_building'))
            await target.change('TRUNCATE TABLE holder_periods_building', {}, 'test')
        }
      },
    })
    await expect(buildFacts(forgets, YEAR)).rejects.toMatchObject({ code: 'ROW' })
  })

  it.each([
    { people: false, from: /^by_/, what: 'counts of a month, where nobody is told apart' },
    { people: true, from: /participations$/, what: 'participations, where people are counted' },
  ] as const)('are read as $what', async ({ people, from }) => {
    const request = {
      dimensions: ['destination'],
      columns: ['participations'],
      people,
      place: { kind: 'ALL' },
      period: YEAR,
    } as const
    const { sql, parameters } = exactCells(CUBES.destinations, request)
    const plan = await warehouse.query<{ explain: string }>(`EXPLAIN ${sql}`, parameters, 'test')
    const reads = plan.flatMap(({ explain }) => /ReadFromMergeTree \((.+)\)/.exec(explain)?.[1] ?? [])
    expect(reads).toEqual([expect.stringMatching(from)])
  })

  it('are the same rows when they are built again from nothing', async () => {
    const before = await contents()
    for (const table of [...Object.keys(FACTS), 'fact_builds']) await warehouse.change(`TRUNCATE TABLE ${table}`, {}, 'test')
    await buildFacts(warehouse, YEAR)
    expect(await contents()).toEqual(before)
  }, 240_000)
})

function periodOf(key: string): ReportingPeriod {
  const period = parseReportingPeriod(key)
  if (!period) throw new Error(`${key} is no period`)
  return period
}

/** People and columns by members. */
async function cells(
  id: CubeId,
  where: number | FigurePlace,
  dimensions: readonly DimensionId[],
  columns: readonly string[] = [],
  period = YEAR,
): Promise<Record<string, readonly number[]>> {
  const request: CellRequest = {
    dimensions,
    columns,
    place: typeof where === 'number' ? { kind: 'MUNICIPALITY', nis: where } : where,
    period,
  }
  const { sql, parameters } = exactCells(CUBES[id], request)
  const rows = await warehouse.query<ExactCell>(sql, parameters, 'test')
  return Object.fromEntries(rows.map(({ members, people, values }) => [members.join(), [people, ...values]]))
}

/** Tables of facts, and which of their rows are said of the year. */
const FACTS = {
  participations: "day BETWEEN '2024-01-01' AND '2025-12-31'",
  social_tariff_tickets: "day >= '2025-01-01'",
  redemptions: "day >= '2025-01-01'",
  point_flows: "day >= '2025-01-01'",
  holder_periods: "period = '2025'",
  organizer_periods: "period = '2025'",
  offer_periods: "period = '2025'",
} as const

/** Rows and content of what is said of the year. */
async function contents(): Promise<readonly object[]> {
  const contentOf = ([table, condition]: readonly [string, string]) =>
    `SELECT '${table}' AS fact, count() AS rows, toString(sum(cityHash64(*))) AS content FROM ${table} WHERE ${condition}`
  const statements = Object.entries(FACTS).map(contentOf)
  return await warehouse.query<object>(`${statements.join(' UNION ALL ')} ORDER BY fact`, {}, 'test')
}
