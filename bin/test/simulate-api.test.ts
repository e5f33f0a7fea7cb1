import { join } from 'node:path'
import { brusselsDay, formatDay } from '@zuil/core'
import { openWarehouse } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { Installation, installationProblem } from './installation.ts'

/** A history, a start, some seconds of traffic, a stop, a comparison. */
const WITHIN_MS = 300_000
const TODAY = brusselsDay(Date.now())
const YEAR = Number(formatDay(TODAY).slice(0, 4))
const WORLD = ['--seed', '5', '--holders', '900', '--years', `${YEAR - 1}-${YEAR + 1}`, '--regions', 'Maasland']

test(
  'the population of a history comes to the API: everything that was accepted is stored, of the same people',
  async (context) => {
    const problem = installationProblem()
    context.skip(problem !== '', problem)
    await using installation = await Installation.create()
    expect(installation.run('simulate', ...WORLD, '--until', formatDay(TODAY), '--to', 'warehouse')).toMatchObject({ code: 0 })
    const startedAt = new Date()
    await installation.start()
    const live = installation.run('simulate', ...WORLD, '--to', 'api', '--rate', '40', '--for', '6')
    expect(live).toEqual({ code: 0, output: expect.stringContaining('accepted') })
    const accepted = acceptedOf(live.output)
    expect(await installation.stop()).toBe(0)
    expect(installation.run('reconcile')).toEqual({ code: 0, output: expect.stringContaining('Everything agrees') })

    const warehouse = await openWarehouse({ kind: 'embedded', path: join(installation.folder, 'warehouse') })
    try {
      const [row] = await warehouse.query<Record<string, string>>(STORED, { since: startedAt.getTime() / 1_000 }, 'test')
      const stored = Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]))
      expect(stored).toEqual({
        checkins: (accepted.get('check-in') ?? 0) + (accepted.get('self-check-in') ?? 0) + (accepted.get('upload') ?? 0),
        sales: expect.any(Number),
        redemptions: accepted.get('redemption') ?? 0,
        selfCheckins: accepted.get('self-check-in') ?? 0,
        strangers: 0,
      })
      expect(stored.checkins).toBeGreaterThan(20)
      expect(stored.sales).toBeGreaterThanOrEqual(accepted.get('sale') ?? 0)
    } finally {
      await warehouse.close()
    }
  },
  WITHIN_MS,
)

/** Transactions of the live population, voids too; strangers are holders whom the history knows as somebody else. */
const STORED = `SELECT countIf(kind = 'CHECKIN') AS checkins, countIf(channel = 'SELF') AS selfCheckins, countIf(kind = 'TICKET_SALE') AS sales, countIf(kind = 'REDEMPTION') AS redemptions,
    countIf(birth_year != known.birth_year OR home_postal_code != known.home_postal_code) AS strangers
  FROM (SELECT * FROM transactions FINAL WHERE occurred_on > '2000-01-01' AND recorded_at >= toDateTime64({since:Float64}, 3, 'UTC')) AS live
  LEFT JOIN (
    SELECT holder, argMax(birth_year, (recorded_at, sequence)) AS birth_year, argMax(home_postal_code, (recorded_at, sequence)) AS home_postal_code
    FROM holders FINAL GROUP BY holder
  ) AS known ON known.holder = live.holder`

/** Accepted actions by kind, from the printed table. */
function acceptedOf(output: string): ReadonlyMap<string, number> {
  return new Map([...output.matchAll(/^([a-z-]+) +(\d+) +\d+ +\d+$/gm)].map(([, kind = '', count]) => [kind, Number(count)]))
}
