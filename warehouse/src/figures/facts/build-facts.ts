import { DAY_MS, formatDay, previousPeriod, type ReportingPeriod, reportingPeriodOf } from '@zuil/core'
import type { Parameters } from '../../warehouse.ts'
import { parametersNamed } from '../statement.ts'
import { buildPartitions, type FactPartition, type FactPartitions, type FactsWarehouse } from './fact-partition.ts'
import { HOLDER_PERIODS_SQL } from './holder-periods.ts'
import { OFFER_PERIODS_SQL } from './offer-periods.ts'
import { ORGANIZER_PERIODS_SQL } from './organizer-periods.ts'
import { PARTICIPATIONS_SQL } from './participations.ts'
import { POINT_FLOWS_SQL } from './point-flows.ts'
import { REDEMPTIONS_SQL } from './redemptions.ts'
import { loadReferences } from './references.ts'
import { SOCIAL_TARIFF_TICKETS_SQL } from './social-tariff-tickets.ts'

/** Somebody who took part in so many months before a period comes back; before that is long ago. See measures.md 1.1. */
export const RETURNING_MONTHS = 18
/** Sectors of so many months before a period are not new to somebody. */
const TASTE_MONTHS = 24
/** Newcomers of an organizer are looked after for a year. */
const RETURN_DAYS = 366
const ORIGIN = 'facts'

/** Partitions that were built, e.g. `participations 202511`; those whose origin did not change are absent. */
export type FactsReport = readonly string[]

/** Builds under way: they share tables, so one waits for the other. */
const underWay = new WeakMap<FactsWarehouse, Promise<unknown>>()

/**
 * Brings the facts of a period up to date with transactions and registry: participations of every month up to its end whose
 * transactions or geography changed since, tickets and rewards of its own months, and what is said of the period itself. Deterministic: the same archive gives the same rows.
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
  const until = period.kind === 'SEASON' ? period.lastDay + RETURN_DAYS : period.lastDay
  const origins = await monthOrigins(warehouse, until)
  const known = await knownOrigins(warehouse)
  const isChanged = (table: string) => (partition: FactPartition) => known.get(`${table} ${partition.name}`) !== partition.origin
  const months = [...origins].map(([month, origin]) => ({ name: String(month), origin }))
  const own = months.filter(({ name }) => isMonthOf(period, Number(name)))
  const facts = [
    ...months.filter(isChanged('participations')).flatMap((month) => monthsOf(PARTICIPATIONS, [month])),
    ...monthsOf(TICKETS, stretchOf(own, isChanged('social_tariff_tickets'))),
    ...monthsOf(REDEMPTIONS, stretchOf(own, isChanged('redemptions'))),
    ...monthsOf(POINT_FLOWS, stretchOf(pointOrigins(period, origins), isChanged('point_flows'))),
    ...periodFacts(period, until),
  ]
  for (const fact of facts) await buildPartitions(warehouse, fact)
  return facts.flatMap(({ table, partitions }) => partitions.map(({ name }) => `${table} ${name}`))
}

async function knownOrigins(warehouse: FactsWarehouse): Promise<ReadonlyMap<string, bigint>> {
  const rows = await warehouse.query<{ name: string; origin: string }>(
    `SELECT concat(fact, ' ', part) AS name, toString(origin) AS origin FROM fact_builds FINAL`,
    {},
    ORIGIN,
  )
  return new Map(rows.map(({ name, origin }) => [name, BigInt(origin)]))
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

/** Months of a period with all that their points follow from: every month before. Only years and seasons speak of them. */
function pointOrigins(period: ReportingPeriod, origins: ReadonlyMap<number, bigint>): readonly FactPartition[] {
  if (period.kind !== 'YEAR' && period.kind !== 'SEASON') return []
  let before = 0n
  const months: FactPartition[] = []
  for (const [month, origin] of origins) {
    before = BigInt.asUintN(64, before * 31n + origin)
    if (isMonthOf(period, month)) months.push({ name: String(month), origin: before })
  }
  return months
}

function isMonthOf({ firstDay, lastDay }: ReportingPeriod, month: number): boolean {
  return month >= monthOf(firstDay) && month <= monthOf(lastDay)
}

/** Months from the first that changed to the last, with those in between: they are built by one statement. */
function stretchOf(months: readonly FactPartition[], isChanged: (month: FactPartition) => boolean): readonly FactPartition[] {
  const first = months.findIndex(isChanged)
  return first < 0 ? [] : months.slice(first, months.findLastIndex(isChanged) + 1)
}

type FactsOfMonths = Pick<FactPartitions, 'table' | 'sql'>

/** A month at a time: the rows of a year at once would need more memory than the engine has. */
const PARTICIPATIONS: FactsOfMonths = { table: 'participations', sql: PARTICIPATIONS_SQL }
const TICKETS: FactsOfMonths = { table: 'social_tariff_tickets', sql: SOCIAL_TARIFF_TICKETS_SQL }
const REDEMPTIONS: FactsOfMonths = { table: 'redemptions', sql: REDEMPTIONS_SQL }
/** All months at once: they look through the same past. */
const POINT_FLOWS: FactsOfMonths = { table: 'point_flows', sql: POINT_FLOWS_SQL }

/** Months without a gap, built together. */
function monthsOf({ table, sql }: FactsOfMonths, months: readonly FactPartition[]): readonly FactPartitions[] {
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last) return []
  return [{ table, partitions: months, sql, parameters: daysOfMonths(first, last) }]
}

function daysOfMonths(first: FactPartition, last: FactPartition): Parameters {
  const firstOf = ({ name }: FactPartition) => Date.UTC(Number(name.slice(0, 4)), Number(name.slice(4)) - 1) / DAY_MS
  const { lastDay } = reportingPeriodOf('MONTH', firstOf(last))
  return { firstDay: formatDay(firstOf(first)), lastDay: formatDay(lastDay) }
}

/** What is said of the period itself. It is built each time: it follows from everything before its end. */
function periodFacts(period: ReportingPeriod, until: number): readonly FactPartitions[] {
  const partitions = [{ name: `('${period.kind}', '${period.key}')`, origin: 0n }]
  const days = daysOf(period, until)
  const tables = period.kind === 'MONTH' ? [HOLDERS, OFFER] : [HOLDERS, ORGANIZERS, OFFER]
  return tables.map(({ table, sql }) => ({ table, partitions, sql, parameters: parametersNamed(sql, days) }))
}

const HOLDERS = { table: 'holder_periods', sql: HOLDER_PERIODS_SQL } as const
const OFFER = { table: 'offer_periods', sql: OFFER_PERIODS_SQL } as const
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
