import { DAY_MS, formatDay } from '@zuil/core'
import type { Parameters, Warehouse } from '@zuil/warehouse'
import { readTable } from '../../population/facts/table.ts'
import { EVENTS_SQL, HOLDER_ROWS_SQL, HOLDER_SQL, KEPT_SQL, KIOSKS_SQL, ORGANIZERS_SQL, TRANSACTIONS_SQL } from './history-sql.ts'

/** The years of a history, and which part of all transactions each has: growth, and the closed months of 2020 and 2021. */
const YEARS = [
  { year: 2016, share: 0.05 },
  { year: 2017, share: 0.06 },
  { year: 2018, share: 0.08 },
  { year: 2019, share: 0.1 },
  { year: 2020, share: 0.05 },
  { year: 2021, share: 0.07 },
  { year: 2022, share: 0.11 },
  { year: 2023, share: 0.14 },
  { year: 2024, share: 0.16 },
  { year: 2025, share: 0.18 },
] as const
/** Of a month, what it has of its year: less in the summer holidays, most in October, November and March. */
const MONTHS = [0.085, 0.09, 0.105, 0.085, 0.09, 0.075, 0.05, 0.055, 0.085, 0.1, 0.1, 0.08] as const

/** Homes are drawn from so many slots, shared out by inhabitants. */
const SLOTS = 4_000
const ORGANIZERS = 5_000
/** Municipalities of one card system: neighbours by their codes. */
const REGION_SIZE = 8
/** Draws that are tried to learn how many are kept. */
const SAMPLE = 400_000
const RECORDED_AT = '2012-01-01 00:00:00.000'
const ORIGIN = 'bench history'

export interface HistoryOptions {
  readonly transactions: number
  readonly holders: number
  /** In all municipalities together, at least three in each; {@link ORGANIZERS} by default. */
  readonly organizers?: number
  /** Municipalities of one card system; {@link REGION_SIZE} by default. */
  readonly regionSize?: number
  readonly log: (line: string) => void
}

/**
 * Fills a warehouse with a made-up history, made inside the engine: all municipalities, passholders and organizers by inhabitants, what
 * they offer, a few who do much and many who do little (README.md here says what is assumed). The same options give the same rows.
 */
export async function makeHistory(
  warehouse: Warehouse,
  { transactions, holders, organizers = ORGANIZERS, regionSize = REGION_SIZE, log }: HistoryOptions,
): Promise<void> {
  const places = readPlaces(regionSize)
  await appendPlaces(warehouse, places)
  const lists = listsOf(places, organizers)
  await makeOffer(warehouse, lists)
  await warehouse.change(
    `CREATE TABLE bench_holders ENGINE = Memory AS ${HOLDER_SQL}`,
    pick(HOLDER_SQL, { ...lists, holders }),
    ORIGIN,
  )
  await warehouse.change(`INSERT INTO holders ${HOLDER_ROWS_SQL}`, pick(HOLDER_ROWS_SQL, lists), ORIGIN)
  for (const { year, share } of YEARS) {
    for (const [index, part] of MONTHS.entries()) {
      await makeMonth(warehouse, { ...lists, holders }, { year, month: index + 1, rows: transactions * share * part })
    }
    log(`made ${year}`)
  }
  await warehouse.change('DROP TABLE bench_holders', {}, ORIGIN)
}

/** Organizers with a kiosk each, and what they offer in each year. */
async function makeOffer(warehouse: Pick<Warehouse, 'change'>, lists: Parameters): Promise<void> {
  await warehouse.change(`INSERT INTO organizers ${ORGANIZERS_SQL}`, pick(ORGANIZERS_SQL, lists), ORIGIN)
  await warehouse.change(`INSERT INTO kiosks ${KIOSKS_SQL}`, pick(KIOSKS_SQL, lists), ORIGIN)
  for (const { year } of YEARS) {
    await warehouse.change(`INSERT INTO events ${EVENTS_SQL}`, pick(EVENTS_SQL, { ...lists, year }), ORIGIN)
  }
}

async function makeMonth(
  warehouse: Warehouse,
  lists: Parameters,
  { year, month, rows }: { readonly year: number; readonly month: number; readonly rows: number },
): Promise<void> {
  const first = Date.UTC(year, month - 1, 1) / DAY_MS
  const days = Date.UTC(year, month, 1) / DAY_MS - first
  const parameters = { ...lists, first: formatDay(first), days, salt: year * 12 + month }
  const [sample] = await warehouse.query<{ kept: number }>(
    `SELECT count() AS kept FROM (${KEPT_SQL})`,
    pick(KEPT_SQL, { ...parameters, draws: SAMPLE }),
    ORIGIN,
  )
  const draws = Math.round((rows * SAMPLE) / (sample?.kept ?? 1))
  await warehouse.change(`INSERT INTO transactions ${TRANSACTIONS_SQL}`, pick(TRANSACTIONS_SQL, { ...parameters, draws }), ORIGIN)
  await warehouse.mergeMonth(year * 100 + month)
}

interface Place {
  readonly nis: number
  readonly name: string
  readonly postalCode: string
  readonly inhabitants: number
  readonly mergedOn: string
  /** Code before the merger. */
  readonly nisBefore: number
  readonly mergedFrom: readonly number[]
  /** Place of the first municipality of its region, which is also what the card system is numbered by. */
  readonly regionFirst: number
  readonly regionCount: number
}

function readPlaces(regionSize: number): readonly Place[] {
  const rows = readTable('municipalities')
  return rows.map((row, index) => {
    const mergedFrom = (row.merged_from ?? '')
      .split(';')
      .filter((code) => code !== '')
      .map(Number)
    const regionFirst = index - (index % regionSize)
    return {
      nis: Number(row.nis),
      name: row.name ?? '',
      postalCode: (row.postal_codes ?? '').split(';')[0] ?? '',
      inhabitants: Number(row.inhabitants),
      mergedOn: row.merged_on || '1970-01-01',
      nisBefore: mergedFrom[0] ?? Number(row.nis),
      mergedFrom,
      regionFirst,
      regionCount: Math.min(regionSize, rows.length - regionFirst),
    }
  })
}

async function appendPlaces(warehouse: Warehouse, places: readonly Place[]): Promise<void> {
  await warehouse.append(
    'municipalities',
    places.map((place) => [
      RECORDED_AT,
      0,
      0,
      0,
      place.nis,
      place.name,
      [place.postalCode],
      51,
      4,
      place.inhabitants,
      2026,
      place.mergedFrom,
    ]),
  )
  const systems = Map.groupBy(places, ({ regionFirst }) => regionFirst)
  await warehouse.append(
    'card_systems',
    [...systems].map(([first, members]) => [
      RECORDED_AT,
      0,
      0,
      0,
      first + 1,
      `Regio ${members[0]?.name ?? ''}`,
      1,
      members.map(({ postalCode }) => postalCode),
      members.map(({ name }) => name),
      members.map(({ nis }) => nis),
    ]),
  )
  const rewards = Array.from({ length: 2_000 }, (_, index) => {
    const type = index % 4 === 0 ? 'WELCOME' : 'POINTS'
    return [
      RECORDED_AT,
      0,
      0,
      0,
      `reward-${index}`,
      `Voordeel ${index}`,
      type,
      type === 'POINTS' ? 5 : 0,
      'ACTIVE',
      0,
      [],
      [],
      '{}',
    ]
  })
  await warehouse.append('rewards', rewards)
}

/** One value for each place or slot, as the statements of the history take them. */
function listsOf(places: readonly Place[], organizers: number): Parameters {
  const total = places.reduce((sum, { inhabitants }) => sum + inhabitants, 0)
  const counts = places.map(({ inhabitants }) => Math.max(3, Math.round((organizers * inhabitants) / total)))
  const slots = places.flatMap(({ inhabitants }, index) =>
    Array.from({ length: Math.max(1, Math.round((SLOTS * inhabitants) / total)) }, () => index),
  )
  return {
    homes: slots,
    nises: places.map(({ nis }) => nis),
    nisesBefore: places.map(({ nisBefore }) => nisBefore),
    mergedOn: places.map(({ mergedOn }) => mergedOn),
    postals: places.map(({ postalCode }) => postalCode),
    systems: places.map(({ regionFirst }) => regionFirst + 1),
    regionFirsts: places.map(({ regionFirst }) => regionFirst),
    regionCounts: places.map(({ regionCount }) => regionCount),
    organizerFirsts: counts.map((_, index) => counts.slice(0, index).reduce((sum, count) => sum + count, 0)),
    organizerCounts: counts,
    organizerPlaces: counts.flatMap((count, index) => Array.from({ length: count }, () => index)),
  }
}

/** Those of the parameters that a statement names. */
function pick(sql: string, parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => sql.includes(`{${name}:`)))
}
