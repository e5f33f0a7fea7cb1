import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TruthCell } from '@zuil/load-tests/population/truth/cell'
import { openWarehouse, type Warehouse } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { Installation, installationProblem } from './installation.ts'

/** Five commands one after the other, each with a Redis and a warehouse of its own to start. */
const WITHIN_MS = 300_000
const OPTIONS = ['--seed', '5', '--holders', '500', '--years', '2024-2025', '--regions', 'Maasland,Hasselt']
const COUNTED = `transactions FINAL WHERE occurred_on >= '2024-01-01' AND empty(flags) AND programme = 'uitpas'`
const VISITS = `${COUNTED} AND kind = 'CHECKIN' AND event_type != 'rJRFUqmd6EiqTD4c7HS90w'`
const TARIFF = `if(social_tariff IN ('ACTIVE', 'GRACE'), 'KT', 'OTHER')`
const PARTICIPATIONS = 'uniqExact(holder, event_number, occurred_on)'
const today = (nis: string) => `transform(${nis}, [71022, 73040], [71072, 71072], ${nis})`

interface Asked {
  readonly measure: string
  readonly column: string
  readonly periodKind: string
  readonly place: string
  /** Members of the dimensions stand in this order in the rows, between place and value. */
  readonly dimensions: readonly string[]
  readonly sql: string
}

/** Measures as SQL would have them: period, id of the place, members, value. Those of the catalogue are compared in the warehouse. */
const QUERIES: readonly Asked[] = [
  {
    measure: 'A7',
    column: 'participations',
    periodKind: 'YEAR',
    place: 'MUNICIPALITY',
    dimensions: ['tariff'],
    sql: `SELECT toYear(occurred_on), ${today('home_nis')}, ${TARIFF}, ${PARTICIPATIONS} FROM ${VISITS} GROUP BY 1, 2, 3`,
  },
  {
    measure: 'B2',
    column: 'people',
    periodKind: 'YEAR',
    place: 'MUNICIPALITY',
    dimensions: ['destination'],
    sql: `SELECT toYear(occurred_on), ${today('home_nis')}, ${today('venue_nis')}, uniqExact(holder) FROM ${VISITS} GROUP BY 1, 2, 3`,
  },
  {
    measure: 'C1',
    column: 'participations',
    periodKind: 'MONTH',
    place: 'ORGANIZER',
    dimensions: [],
    sql: `SELECT formatDateTime(occurred_on, '%Y-%m'), organizer, ${PARTICIPATIONS} FROM ${VISITS} GROUP BY 1, 2`,
  },
  {
    measure: 'C7',
    column: 'checkins',
    periodKind: 'QUARTER',
    place: 'ALL',
    dimensions: ['weekday', 'hour'],
    sql: `SELECT formatDateTime(occurred_on, '%Y-Q%Q'), '', toDayOfWeek(occurred_on), toHour(occurred_at, 'Europe/Brussels'), count()
      FROM ${COUNTED} AND kind = 'CHECKIN' GROUP BY 1, 3, 4`,
  },
  {
    measure: 'B4',
    column: 'local-government-cents',
    periodKind: 'QUARTER',
    place: 'MUNICIPALITY',
    dimensions: ['destination'],
    sql: `SELECT formatDateTime(occurred_on, '%Y-Q%Q'), ${today('home_nis')}, ${today('venue_nis')}, sum(local_government_share)
      FROM ${COUNTED} AND tariff = 'SOCIALTARIFF' GROUP BY 1, 2, 3`,
  },
  {
    measure: 'D4',
    column: 'refusals',
    periodKind: 'MONTH',
    place: 'ALL',
    dimensions: ['reason'],
    sql: `SELECT formatDateTime(occurred_on, '%Y-%m'), '', reason, sum(times) FROM refusals FINAL WHERE occurred_on >= '2024-01-01' GROUP BY 1, 3`,
  },
  {
    measure: 'D8',
    column: 'p95',
    periodKind: 'MONTH',
    place: 'ALL',
    dimensions: ['channel'],
    sql: `SELECT formatDateTime(occurred_on, '%Y-%m'), '', channel, arraySort(groupArray(late))[toUInt32(ceil(0.95 * count()))]
      FROM (SELECT *, intDiv(dateDiff('ms', occurred_at, recorded_at), 60000) AS late FROM transactions FINAL
        WHERE kind = 'CHECKIN' AND occurred_on >= '2024-01-01')
      GROUP BY 1, 3`,
  },
  {
    measure: 'A1',
    column: 'people',
    periodKind: 'YEAR',
    place: 'MUNICIPALITY',
    dimensions: ['age'],
    // the stock of the end of a year: the last row of each holder, an hour ahead of UTC in winter
    sql: ['2024', '2025']
      .map(
        (year) => `SELECT ${year}, ${today('home_nis')} AS home, band, count() FROM (
        SELECT holder, argMax(home_nis, (recorded_at, sequence)) AS home_nis, argMax(pass_type, (recorded_at, sequence)) AS pass,
          ${year} - argMax(birth_year, (recorded_at, sequence)) AS age,
          multiIf(age < 6, '0-5', age < 12, '6-11', age < 18, '12-17', age < 26, '18-25', age < 40, '26-39', age < 55, '40-54',
            age < 65, '55-64', '65+') AS band
        FROM holders FINAL WHERE recorded_at < '${year}-12-31 23:00:00' GROUP BY holder
      ) WHERE pass = 'INDIVIDUAL' GROUP BY home, band`,
      )
      .join(' UNION ALL '),
  },
]

test(
  'a simulated history in the warehouse: everything agrees, and measures are what the generator knows them to be',
  async (context) => {
    const problem = installationProblem()
    context.skip(problem !== '', problem)
    await using installation = await Installation.create()
    const truthFile = join(installation.folder, 'truth.ndjson')
    expect(installation.run('simulate', ...OPTIONS, '--to', 'warehouse', '--truth', truthFile)).toMatchObject({ code: 0 })
    expect(installation.run('reconcile')).toEqual({ code: 0, output: expect.stringContaining('Everything agrees') })
    // the same again finds everything there; another history does not fit behind it
    expect(installation.run('simulate', ...OPTIONS, '--to', 'warehouse').output).toContain(' 0 rows loaded')
    expect(installation.run('simulate', ...OPTIONS, '--seed', '6', '--to', 'warehouse')).toEqual({
      code: 3,
      output: expect.stringContaining('holds something else'),
    })

    const truth = (await readFile(truthFile, 'utf8')).trimEnd().split('\n')
    const cells = truth.map((line): TruthCell => JSON.parse(line))
    const warehouse = await openWarehouse({ kind: 'embedded', path: join(installation.folder, 'warehouse') })
    try {
      for (const asked of QUERIES) {
        const wanted = cells.filter((cell) => isMeant(cell, asked)).map(textOf)
        const got = (await rowsOf(warehouse, asked.sql)).filter((row) => !row.endsWith(' 0'))
        expect([asked.measure, got.sort()]).toEqual([asked.measure, wanted.sort()])
        expect(got.length).toBeGreaterThan(3)
      }
    } finally {
      await warehouse.close()
    }
  },
  WITHIN_MS,
)

function isMeant(cell: TruthCell, { measure, column, periodKind, place, dimensions }: Asked): boolean {
  const isOf = cell.measure === measure && cell.column === column && cell.periodKind === periodKind && cell.place.kind === place
  return isOf && Object.keys(cell.dimensions).join() === dimensions.join()
}

function textOf({ period, place, dimensions, value }: TruthCell): string {
  return [period, place.id, ...Object.values(dimensions), value].join(' ')
}

async function rowsOf(warehouse: Warehouse, sql: string): Promise<string[]> {
  const rows = await warehouse.query<Record<string, string | number>>(sql, {}, 'test')
  return rows.map((row) => Object.values(row).join(' '))
}
