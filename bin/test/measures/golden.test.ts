import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatDay, municipalityStatements, parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import { projectionOfSettlementAgreement } from '@zuil/core/contracts/projection'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { SettlementDesk } from '@zuil/pipeline'
import { buildFacts, CATALOGUE, type Crossing, exactMeasure, figuresFor, type Measure } from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ToldWarehouse, toldWarehouse } from './told-warehouse.ts'

const GOLDEN = new URL('../../../warehouse/test/measures/golden/', import.meta.url)
const PRELUDE = readFileSync(new URL('prelude.sql', GOLDEN), 'utf8')
/** Hasselt and Kortessem became one municipality on 1 January 2025; a clock change lies in each quarter but one. */
const TOLD = { seed: 23, holders: 700, from: '2023-07-01', until: '2026-01-01', regions: ['Hasselt', 'Maasland'] } as const
const PERIODS = ['2025-03', '2025-Q3', '2024', '2024-2025'].map(periodOf)
const NOW = Date.UTC(2025, 11, 20, 15)
/** Relative; sums of floating numbers may come in another order. */
const PRECISION = 1e-9
/** Measures without a golden query, each with its reason. */
const WITHOUT: Readonly<Record<string, string>> = {
  B1: 'its figures are those of A1, A2 and A3',
  D15: 'counts releases, of which a history has none: warehouse/test/measures/exact-measure.test.ts',
}

interface GoldenRow {
  readonly figure: string
  readonly place: string
  readonly cell: readonly (readonly [dimension: string, member: string])[]
  readonly value: number
}

let told: ToldWarehouse | undefined

beforeAll(async () => {
  told = await toldWarehouse(TOLD)
  for (const period of PERIODS) await buildFacts(told.warehouse, period)
}, 300_000)

afterAll(async () => {
  await told?.[Symbol.asyncDispose]()
})

function warehouse() {
  if (!told) throw new Error('The history was not told')
  return told.warehouse
}

describe.each(CATALOGUE.filter(({ id }) => existsSync(goldenOf(id))).map((measure) => ({ id: measure.id, measure })))(
  '$id',
  ({ measure }) => {
    const periods = PERIODS.filter(({ kind }) => measure.periods.length === 0 || measure.periods.includes(kind))

    test.each(periods.map((period) => ({ key: period.key, period })))('is what SQL by hand makes of $key', async ({ period }) => {
      const golden = new Map(
        (await goldenRows(measure, period)).map((row) => [keyOf(row.figure, row.place, row.cell), row.value]),
      )
      // figures about several places together name them all
      const places = [...new Set([...golden.keys()].flatMap((key) => (key.split('\n')[1] ?? '').split('+')))]
      const exact = new Map<string, number>()
      for (const dimensions of measure.dimensions) {
        for (const [key, value] of await exactFigures(measure, { dimensions, places, period })) exact.set(key, value)
      }
      expect(differencesOf(golden, exact)).toEqual([])
    })
  },
)

test('every measure with figures has a golden query, or says why not', () => {
  const wanted = CATALOGUE.filter(({ figures, id }) => figures.length > 0 && !(id in WITHOUT)).map(
    ({ id }) => `${id.toLowerCase()}.sql`,
  )
  const there = readdirSync(GOLDEN).filter((name) => /^[a-d]\d+\.sql$/.test(name))
  expect(there.sort()).toEqual(wanted.sort())
})

test('the settlements of all regions hold each ticket once, and each municipality pays what SQL by hand makes', async () => {
  const period = periodOf('2025-Q3')
  const folder = await mkdtemp(join(tmpdir(), 'zuil-golden-settlement-'))
  const desk = new SettlementDesk({ warehouse: warehouse(), folder, clock: () => NOW, freshUntil: () => NOW })
  const paid = new Map<number, number>()
  for (const [sequence, { id: cardSystem }] of (told?.world.geography.regions ?? []).entries()) {
    const terms = [{ from: '2020-01-01', organizersPaidBy: 'HOST', basis: 'MIXED', useBasisPoints: 5_000 }] as const
    const agreement = projectionOfSettlementAgreement({ cardSystem, terms })
    await warehouse().insert('settlement_agreements', [
      projectionRow({ lane: 0, ms: NOW, sequence }, agreement, { range: 1 }).line,
    ])
    const statements = municipalityStatements(await desk.settlement(cardSystem, period))
    expect(statements.reduce((sum, { balance }) => sum + balance, 0)).toBe(0)
    for (const statement of statements) paid.set(statement.nis, (paid.get(statement.nis) ?? 0) + statement.paid)
  }
  const sql = `SELECT if(town.nis > 0, town.nis, ticket.home_nis) AS payer, sum(toInt64(local_government_share)) AS cents
FROM transactions AS ticket FINAL
LEFT JOIN (SELECT arrayJoin(merged_from) AS code, nis FROM municipalities_now) AS town ON town.code = ticket.home_nis
WHERE occurred_on BETWEEN '2025-07-01' AND '2025-09-30' AND kind = 'TICKET_SALE' AND programme = 'uitpas'
GROUP BY payer
HAVING cents > 0
ORDER BY payer`
  const byHand = await warehouse().query<{ payer: number; cents: number }>(sql, {}, 'golden settlement')
  expect(byHand.length).toBeGreaterThan(3)
  expect([...paid].filter(([, cents]) => cents > 0).sort(([a], [b]) => a - b)).toEqual(
    byHand.map(({ payer, cents }) => [payer, cents]),
  )
  await rm(folder, { recursive: true, force: true })
})

function goldenOf(id: string): URL {
  return new URL(`${id.toLowerCase()}.sql`, GOLDEN)
}

async function goldenRows({ id }: Measure, period: ReportingPeriod): Promise<readonly GoldenRow[]> {
  const sql = `${PRELUDE}${readFileSync(goldenOf(id), 'utf8')}`
  const parameters = {
    firstDay: formatDay(period.firstDay),
    lastDay: formatDay(period.lastDay),
    period: period.key,
    now: '2025-12-20 15:00:00.000',
  }
  const named = Object.fromEntries(Object.entries(parameters).filter(([name]) => sql.includes(`{${name}:`)))
  const rows: GoldenRow[] = []
  for await (const portion of warehouse().stream<GoldenRow>(sql, named, `golden ${id}`)) rows.push(...portion)
  return rows
}

async function exactFigures(
  measure: Measure,
  question: { readonly dimensions: Crossing; readonly places: readonly string[]; readonly period: ReportingPeriod },
): Promise<readonly (readonly [key: string, value: number])[]> {
  if (figuresFor(measure, question.dimensions).length === 0) return []
  const rows = await exactMeasure(warehouse(), measure, { ...question, now: NOW })
  return rows
    .filter(({ status }) => status === 'ok')
    .map(({ figure, place, members, value }) => {
      const cell = question.dimensions.map((id, index) => [id, members[index] ?? ''] as const)
      return [keyOf(figure, place, cell), value] as const
    })
}

function keyOf(figure: string, place: string, cell: GoldenRow['cell']): string {
  return [figure, place, ...cell.map(([dimension, member]) => `${dimension}=${member}`).sort()].join('\n')
}

/** Figures that differ, or that only one side has and are not zero; the first of them. */
function differencesOf(golden: ReadonlyMap<string, number>, exact: ReadonlyMap<string, number>): readonly string[] {
  const keys = new Set([...golden.keys(), ...exact.keys()])
  return [...keys]
    .filter((key) => {
      const [one, other] = [Number(golden.get(key) ?? 0), exact.get(key) ?? 0]
      return Math.abs(one - other) > PRECISION * Math.max(1, Math.abs(one))
    })
    .slice(0, 10)
    .map((key) => `${key.replaceAll('\n', ' ')}: ${golden.get(key)} by hand, ${exact.get(key)}`)
}

function periodOf(key: string): ReportingPeriod {
  const period = parseReportingPeriod(key)
  if (!period) throw new Error(`No period ${key}`)
  return period
}
