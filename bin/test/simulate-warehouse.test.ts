import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TruthCell } from '@zuil/load-tests/population/truth/tally'
import { openWarehouse, type Warehouse } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { Installation, installationProblem } from './installation.ts'

/** Five commands one after the other, each with a Redis and a warehouse of its own to start. */
const WITHIN_MS = 300_000
const OPTIONS = ['--seed', '5', '--holders', '500', '--years', '2024-2025', '--regions', 'Maasland,Hasselt']
const COUNTED = `transactions FINAL WHERE occurred_on >= '2024-01-01' AND empty(flags)`
const TARIFF = `if(social_tariff IN ('ACTIVE', 'GRACE'), 'KT', 'OTHER')`
const PARTICIPATIONS = 'uniqExact(holder, event_number, occurred_on)'

/** Measures as SQL would have them; the cells of each, with its dimensions in the order of the truth. */
const QUERIES: readonly { readonly measure: string; readonly figure: string; readonly sql: string }[] = [
  {
    measure: 'A5',
    figure: 'participations',
    sql: `SELECT toYear(occurred_on), home_nis, ${TARIFF}, ${PARTICIPATIONS} FROM ${COUNTED} AND kind = 'CHECKIN' GROUP BY 1, 2, 3`,
  },
  {
    measure: 'B2',
    figure: 'holders',
    sql: `SELECT toYear(occurred_on), home_nis, venue_nis, uniqExact(holder) FROM ${COUNTED} AND kind = 'CHECKIN' GROUP BY 1, 2, 3`,
  },
  {
    measure: 'C1',
    figure: 'participations',
    sql: `SELECT formatDateTime(occurred_on, '%Y-%m'), organizer, ${PARTICIPATIONS} FROM ${COUNTED} AND kind = 'CHECKIN' GROUP BY 1, 2`,
  },
  {
    measure: 'C7',
    figure: 'check-ins',
    sql: `SELECT formatDateTime(occurred_on, '%Y-Q%Q'), toDayOfWeek(occurred_on), toHour(occurred_at, 'Europe/Brussels'), count()
      FROM ${COUNTED} AND kind = 'CHECKIN' GROUP BY 1, 2, 3`,
  },
  {
    measure: 'B4',
    figure: 'cents',
    sql: `SELECT formatDateTime(occurred_on, '%Y-Q%Q'), home_nis, venue_nis, sum(local_government_share)
      FROM ${COUNTED} AND tariff = 'SOCIALTARIFF' GROUP BY 1, 2, 3`,
  },
  {
    measure: 'D4',
    figure: 'refusals',
    sql: `SELECT formatDateTime(occurred_on, '%Y-%m'), reason, sum(times) FROM refusals FINAL WHERE occurred_on >= '2024-01-01' GROUP BY 1, 2`,
  },
  {
    measure: 'A1',
    figure: 'valid-holders',
    // the stock of the end of 2025: the last row of each holder, an hour ahead of UTC in winter
    sql: `SELECT 2025, home_nis, band, count() FROM (
        SELECT holder, argMax(home_nis, (recorded_at, sequence)) AS home_nis, argMax(pass_type, (recorded_at, sequence)) AS pass,
          2025 - argMax(birth_year, (recorded_at, sequence)) AS age,
          multiIf(age < 6, '0-5', age < 12, '6-11', age < 18, '12-17', age < 26, '18-25', age < 40, '26-39', age < 55, '40-54',
            age < 65, '55-64', '65+') AS band
        FROM holders FINAL WHERE recorded_at < '2025-12-31 23:00:00' GROUP BY holder
      ) WHERE pass = 'INDIVIDUAL' GROUP BY 2, 3`,
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
      for (const { measure, figure, sql } of QUERIES) {
        const wanted = cells.filter((cell) => cell.measure === measure && cell.figure === figure).map(textOf)
        const got = (await rowsOf(warehouse, sql)).filter((row) => !row.endsWith(' 0'))
        const stock = measure === 'A1' ? wanted.filter((text) => text.startsWith('2025')) : wanted
        expect([measure, got.sort()]).toEqual([measure, stock.filter((text) => !text.endsWith(' 0')).sort()])
        expect(got.length).toBeGreaterThan(3)
      }
    } finally {
      await warehouse.close()
    }
  },
  WITHIN_MS,
)

function textOf({ dimensions, value }: TruthCell): string {
  return [...Object.values(dimensions), value].join(' ')
}

async function rowsOf(warehouse: Warehouse, sql: string): Promise<string[]> {
  const rows = await warehouse.query<Record<string, string | number>>(sql, {}, 'test')
  return rows.map((row) => Object.values(row).join(' '))
}
