import { DAY_MS, formatDay, previousPeriod, type ReportingPeriod, reportingPeriodOf } from '@zuil/core'
import type { Parameters } from '../../warehouse.ts'
import { parametersNamed } from '../statement.ts'
import { buildPartition, type FactPartition, type FactsWarehouse, type FactTable } from './fact-partition.ts'
import { HOLDER_PERIODS_SQL } from './holder-periods.ts'
import { ORGANIZER_PERIODS_SQL } from './organizer-periods.ts'
import { PARTICIPATIONS_SQL } from './participations.ts'
import { POINT_FLOWS_SQL } from './point-flows.ts'
import { loadReferences } from './references.ts'

/** Somebody who took part in so many months before a period comes back; before that is long ago. See measures.md 1.1. */
export const RETURNING_MONTHS = 18
/** Sectors of so many months before a period are not new to somebody. */
const TASTE_MONTHS = 24
/** Newcomers of an organizer are looked after for a year. */
const RETURN_DAYS = 366
const ORIGIN = 'facts'

/** What was built: rows by partition, e.g. `participations 202511`. Partitions whose origin did not change are absent. */
export type FactsReport = ReadonlyMap<string, number>

/** Builds under way: they share tables, so one waits for the other. */
const underWay = new WeakMap<FactsWarehouse, Promise<unknown>>()

/**
 * Brings the facts of a period up to date with transactions and registry: participations of every month up to its end whose
 * transactions or geography changed since, and what is said of the period itself. Deterministic: the same archive gives the same rows.
 * Facts are no record; all of them can be built again.
 * @throws {WarehouseError}
 */
export async function buildFacts(warehouse: FactsWarehouse, period: ReportingPeriod): Promise<FactsReport> {
  const earlier = underWay.get(warehouse) ?? Promise.resolve()
  const build = earlier.catch(() => undefined).then(() => buildAll(warehouse, period))
  underWay.set(warehouse, build)
  return await build
}

async function buildAll(warehouse: FactsWarehouse, period: ReportingPeriod): Promise<FactsReport> {
  await loadReferences(warehouse)
  const report = new Map<string, number>()
  const until = period.kind === 'SEASON' ? period.lastDay + RETURN_DAYS : period.lastDay
  const origins = await monthOrigins(warehouse, until)
  const months = [...origins].map(([month, origin]) =>
    monthPartition('participations', { month, origin, sql: PARTICIPATIONS_SQL }),
  )
  await buildChanged(warehouse, months, report)
  await buildChanged(warehouse, pointFlowsOf(period, origins), report)
  for (const partition of periodPartitions(period, until)) {
    report.set(nameOf(partition), await buildPartition(warehouse, partition))
  }
  return report
}

async function buildChanged(
  warehouse: FactsWarehouse,
  partitions: readonly FactPartition[],
  report: Map<string, number>,
): Promise<void> {
  const known = await warehouse.query<{ name: string; origin: string }>(
    `SELECT concat(fact, ' ', part) AS name, toString(origin) AS origin FROM fact_builds FINAL`,
    {},
    ORIGIN,
  )
  const origins = new Map(known.map(({ name, origin }) => [name, BigInt(origin)]))
  for (const partition of partitions) {
    if (origins.get(nameOf(partition)) === partition.origin) continue
    report.set(nameOf(partition), await buildPartition(warehouse, partition))
  }
}

function nameOf({ table, partition }: Pick<FactPartition, 'table' | 'partition'>): string {
  return `${table} ${partition}`
}

/**
 * For each month (`yyyymm`) with transactions a number that changes when a range with a transaction of that month is loaded, which is
 * how late facts and voids come, and when municipalities, regions or sectors change. Ranges are loaded in order, so the last
 * one of each lane says it all.
 */
async function monthOrigins(warehouse: FactsWarehouse, until: number): Promise<ReadonlyMap<number, bigint>> {
  const sql = `WITH (SELECT groupBitXor(cityHash64(*)) FROM merged_municipalities) AS merged,
    (SELECT groupBitXor(cityHash64(*)) FROM region_municipalities) AS regions,
    (SELECT groupBitXor(cityHash64(term, sector)) FROM event_sectors) AS sectors
SELECT month, toString(cityHash64(merged, regions, sectors, groupBitXor(cityHash64(lane, last)))) AS origin
FROM (
    SELECT toYYYYMM(occurred_on) AS month, lane, max(range) AS last
    FROM transactions
    WHERE occurred_on <= {until:Date}
    GROUP BY month, lane
)
GROUP BY month
ORDER BY month`
  const origins = new Map<number, bigint>()
  for await (const rows of warehouse.stream<{ month: number; origin: string }>(sql, { until: formatDay(until) }, ORIGIN)) {
    for (const { month, origin } of rows) origins.set(month, BigInt(origin))
  }
  return origins
}

/** Points are followed through all months before, so their origin is that of all of them. Only years and seasons speak of them. */
function pointFlowsOf(
  { kind, firstDay, lastDay }: ReportingPeriod,
  origins: ReadonlyMap<number, bigint>,
): readonly FactPartition[] {
  if (kind !== 'YEAR' && kind !== 'SEASON') return []
  const [first, last] = [monthOf(firstDay), monthOf(lastDay)]
  let before = 0n
  const partitions: FactPartition[] = []
  for (const [month, origin] of origins) {
    before = BigInt.asUintN(64, before * 31n + origin)
    if (month >= first && month <= last)
      partitions.push(monthPartition('point_flows', { month, origin: before, sql: POINT_FLOWS_SQL }))
  }
  return partitions
}

function monthPartition(table: FactTable, { month, origin, sql }: { month: number; origin: bigint; sql: string }): FactPartition {
  const { firstDay, lastDay } = reportingPeriodOf('MONTH', Date.UTC(Math.floor(month / 100), (month % 100) - 1) / DAY_MS)
  const parameters = { firstDay: formatDay(firstDay), lastDay: formatDay(lastDay) }
  return { table, partition: String(month), sql, parameters, origin }
}

/** What is said of the period itself. It is built each time: it follows from everything before its end. */
function periodPartitions(period: ReportingPeriod, until: number): readonly FactPartition[] {
  const partition = `('${period.kind}', '${period.key}')`
  const days = daysOf(period, until)
  const tables = period.kind === 'MONTH' ? [HOLDERS] : [HOLDERS, ORGANIZERS]
  return tables.map(({ table, sql }) => ({ table, partition, sql, parameters: parametersNamed(sql, days), origin: 0n }))
}

const HOLDERS = { table: 'holder_periods', sql: HOLDER_PERIODS_SQL } as const
const ORGANIZERS = { table: 'organizer_periods', sql: ORGANIZER_PERIODS_SQL } as const

/** The days that a period's facts speak of, as `yyyy-mm-dd`. */
function daysOf(period: ReportingPeriod, until: number): Parameters {
  const { kind, key, firstDay, lastDay } = period
  const windowDay = monthsBefore(lastDay + 1, RETURNING_MONTHS)
  return {
    periodKind: kind,
    period: key,
    firstDay: formatDay(firstDay),
    lastDay: formatDay(lastDay),
    untilDay: formatDay(until),
    previousDay: formatDay(previousPeriod(period).firstDay),
    beforeDay: formatDay(monthsBefore(firstDay, TASTE_MONTHS)),
    returningDay: formatDay(monthsBefore(firstDay, RETURNING_MONTHS)),
    windowDay: formatDay(windowDay),
    windowBeforeDay: formatDay(monthsBefore(windowDay, RETURNING_MONTHS)),
    ageYear: Number(formatDay(lastDay).slice(0, 4)),
  }
}

/** The first day of a month some months earlier. */
function monthsBefore(firstDay: number, months: number): number {
  const first = new Date(firstDay * DAY_MS)
  return Date.UTC(first.getUTCFullYear(), first.getUTCMonth() - months, 1) / DAY_MS
}

function monthOf(day: number): number {
  return Number(formatDay(day).slice(0, 7).replace('-', ''))
}
