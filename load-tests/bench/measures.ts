import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import {
  buildFacts,
  CATALOGUE,
  CUBES,
  exactCells,
  exactMeasure,
  type Measure,
  openWarehouse,
  type Warehouse,
  WarehouseError,
} from '@zuil/warehouse'
import type { LoneBench } from './context.ts'
import { type Figure, median, quantile, type Target } from './figure.ts'
import { HAND_WRITTEN, type HandWritten, WITHOUT_FACTS } from './measures/hand-written.ts'
import { makeHistory } from './measures/history.ts'

const NAME = 'measures'
const ROUNDS = 3
/** Of a comparison: a ratio of single answers says more of the machine than of the two. */
const PAIR_ROUNDS = 11
const NOW = Date.UTC(2026, 0, 15)
/** The two largest cities, a middling town, a village. */
const MUNICIPALITIES = [11002, 44021, 41002, 31006] as const
/** A season is as long as a year; only organizers have measures of seasons alone. */
const PERIODS = { YEAR: '2025', QUARTER: '2025-Q4', MONTH: '2025-11' } as const
const MILLION = 1_000_000
/** Millions of transactions. */
const SIZES = [5, 50] as const
/** Once and a half of the passholders there are. */
const HOLDERS = 800_000

/** How long the measures of the catalogue take on histories of several sizes, and how long their facts take to build. */
export const measures: LoneBench = {
  name: NAME,
  question: 'How long does any measure take on 50 million transactions of 800,000 passholders?',
  isAlone: true,
  async run({ sizes = SIZES, folder, only, log, signal }) {
    const parts = partsOf(only)
    const root = folder ?? (await mkdtemp(join(tmpdir(), 'zuil-measures-')))
    try {
      const figures: Figure[] = []
      for (const [index, millions] of sizes.entries()) {
        const size = { transactions: millions * MILLION, holders: HOLDERS, log }
        await using place = await openHistory(join(root, `${millions}-${HOLDERS}`), size)
        figures.push(
          ...(await figuresOf(place.warehouse, parts, { millions, isJudged: index === sizes.length - 1, log, signal })),
        )
        if (signal.aborted) break
      }
      return figures
    } finally {
      if (folder === undefined) await rm(root, { recursive: true, force: true })
    }
  },
}

/** @throws {RangeError} when there is no such part */
function partsOf(only: string | undefined): readonly (keyof typeof PARTS)[] {
  const parts = (['answers', 'comparison', 'building'] as const).filter((part) => only === undefined || part === only)
  if (parts.length === 0) throw new RangeError(`Parts are answers, comparison and building, not ${only}`)
  return parts
}

interface HistorySize {
  readonly transactions: number
  readonly holders: number
  readonly log: (line: string) => void
}

async function openHistory(
  path: string,
  { transactions, holders, log }: HistorySize,
): Promise<{ warehouse: Warehouse } & AsyncDisposable> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  if (!isThere) await makeHistoryAt(path, { transactions, holders, log })
  const warehouse = await openWarehouse({ kind: 'embedded', path })
  const { applied } = await warehouse.migrate()
  if (applied.length > 0) await buildAll(warehouse, log)
  return { warehouse, [Symbol.asyncDispose]: () => warehouse.close() }
}

/** With its facts, and under another name until it is whole: a history that was interrupted is made again. */
async function makeHistoryAt(path: string, { transactions, holders, log }: HistorySize): Promise<void> {
  const unfinished = `${path}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  const start = performance.now()
  const warehouse = await openWarehouse({ kind: 'embedded', path: unfinished })
  await warehouse.migrate()
  await makeHistory(warehouse, { transactions, holders, log })
  await buildAll(warehouse, log)
  await warehouse.close()
  await rename(unfinished, path)
  log(`made ${transactions / MILLION} million transactions in ${((performance.now() - start) / 60_000).toFixed(1)} minutes`)
}

async function buildAll(warehouse: Warehouse, log: (line: string) => void): Promise<void> {
  for (const key of Object.values(PERIODS)) await buildFacts(warehouse, periodOf(key))
  log(`facts of ${Object.values(PERIODS).join(', ')} are built`)
}

interface Run {
  readonly log: (line: string) => void
  /** Aborted: no more is asked, and what was measured is told. */
  readonly signal: AbortSignal
}

interface Judgement extends Run {
  readonly millions: number
  readonly isJudged: boolean
}

interface Line {
  readonly figure: string
  readonly value: number
  readonly unit: string
  readonly target?: Target
}

/** What is measured, each part by itself when asked for: all of it takes five minutes of a quiet machine. */
const PARTS = { answers, comparison, building } as const

async function figuresOf(
  warehouse: Warehouse,
  parts: readonly (keyof typeof PARTS)[],
  { millions, isJudged, ...run }: Judgement,
): Promise<readonly Figure[]> {
  const lines: Line[] = []
  for (const part of parts) if (!run.signal.aborted) lines.push(...(await PARTS[part](warehouse, run)))
  return lines.map(({ figure, value, unit, target }) => ({
    bench: NAME,
    figure: `${figure} (${millions} million)`,
    value,
    unit,
    ...(isJudged && target && { target }),
  }))
}

async function answers(warehouse: Warehouse, run: Run): Promise<readonly Line[]> {
  const one: Cost[] = []
  const all: Cost[] = []
  let asked = 0
  for (const measure of CATALOGUE) {
    const times = await timesOf(warehouse, measure, run.signal)
    one.push(...times.one)
    all.push(...times.all)
    if (run.signal.aborted) break
    asked++
    const text = (list: readonly Cost[]) =>
      list.length > 0 ? `${median(walls(list)).toFixed(1)} ms, most ${Math.max(...walls(list)).toFixed(1)}` : '–'
    run.log(`${measure.id.padEnd(4)} one municipality ${text(times.one)}; all ${text(times.all)}`)
  }
  return judgedWhenWhole(linesOfAnswers(one, all), { done: asked, of: CATALOGUE.length, what: 'measures' })
}

function linesOfAnswers(one: readonly Cost[], all: readonly Cost[]): readonly Line[] {
  return [
    { figure: 'any measure of one municipality, p95', value: quantile(walls(one), 0.95), unit: 'ms', target: { atMost: 50 } },
    { figure: 'its median', value: median(walls(one)), unit: 'ms' },
    { figure: 'its processor time, p95', value: quantile(processors(one), 0.95), unit: 'ms' },
    { figure: 'measures of all Flanders, median', value: median(walls(all)), unit: 'ms', target: { atMost: 600 } },
    { figure: 'their processor time, median', value: median(processors(all)), unit: 'ms' },
    { figure: 'measures of all Flanders, longest', value: Math.max(...walls(all)), unit: 'ms', target: { atMost: 3_000 } },
    { figure: 'their processor time, most', value: Math.max(...processors(all)), unit: 'ms' },
  ]
}

/** A run that was ended tells what it has, and of how much; it is judged by nobody. */
function judgedWhenWhole(
  lines: readonly Line[],
  { done, of, what }: { readonly done: number; readonly of: number; readonly what: string },
): readonly Line[] {
  if (done === of) return lines
  const known = lines.filter(({ value }) => Number.isFinite(value))
  return known.map(({ figure, value, unit }) => ({ figure: `${figure}, ${done} of ${of} ${what}`, value, unit }))
}

async function comparison(warehouse: Warehouse, { log, signal }: Run): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const pair of HAND_WRITTEN) {
    if (signal.aborted) break
    const { ours, theirs, ratio } = await comparedPair(warehouse, pair)
    lines.push({ figure: `times the SQL by hand, ${pair.name}`, value: ratio, unit: '×' })
    log(`${pair.name}: ${ours.toFixed(1)} ms of processor time, by hand ${theirs.toFixed(1)} ms: ${ratio.toFixed(2)} ×`)
  }
  const most = Math.max(...lines.map(({ value }) => value))
  const judged: Line = { figure: 'times the best SQL by hand, most', value: most, unit: '×', target: { atMost: 1.2 } }
  const part = { done: lines.length, of: HAND_WRITTEN.length, what: 'pairs' }
  return [...lines, ...judgedWhenWhole([judged], part)]
}

async function building(warehouse: Warehouse, { signal }: Run): Promise<readonly Line[]> {
  const without = await straightFromTransactions(warehouse)
  const lines = [
    { figure: 'a year of one municipality without rollups, processor time', value: without.one, unit: 'ms' },
    { figure: 'a year of all Flanders without rollups, processor time', value: without.all, unit: 'ms' },
  ]
  if (signal.aborted) return lines
  const { month, year } = await buildAgain(warehouse)
  return [
    ...lines,
    { figure: 'participations of a month built, processor time', value: month, unit: 's' },
    { figure: 'rows of a year by holder and by organizer built, processor time', value: year, unit: 's' },
  ]
}

/** Each measure in each of its crossings, for some municipalities and for all of Flanders. */
async function timesOf(
  warehouse: Warehouse,
  measure: Measure,
  signal: AbortSignal,
): Promise<{ one: readonly Cost[]; all: readonly Cost[] }> {
  const period = periodOf(measure.periods.includes('YEAR') || measure.periods.length === 0 ? PERIODS.YEAR : PERIODS.QUARTER)
  const timesAt = async (places: readonly string[]) => {
    const times: Cost[] = []
    for (const dimensions of measure.dimensions) {
      for (const place of places) {
        if (signal.aborted) return times
        const question = { dimensions, places: [place], period, now: NOW }
        times.push(...(await timesWhereThereAreCells(() => exactMeasure(warehouse, measure, question))))
      }
    }
    return times
  }
  const municipalities = measure.places.includes('MUNICIPALITY') ? MUNICIPALITIES.map((nis) => `municipality:${nis}`) : []
  return { one: await timesAt(municipalities), all: await timesAt(measure.places.includes('ALL') ? ['all'] : []) }
}

/** Processor times of the catalogue's SQL and of that by hand, which go first in turn; the ratio is the median of the rounds'. */
async function comparedPair(warehouse: Warehouse, pair: HandWritten): Promise<{ ours: number; theirs: number; ratio: number }> {
  const nis = MUNICIPALITIES[0]
  const place = pair.place === 'ONE' ? ({ kind: 'MUNICIPALITY', nis } as const) : ({ kind: 'ALL' } as const)
  const { dimensions, columns, people = true } = pair
  const request = { dimensions, columns, people, place, period: periodOf(PERIODS.YEAR) }
  const { sql, parameters } = exactCells(CUBES[pair.cube], request)
  const askOurs = () => processorOf(() => warehouse.query(sql, parameters, 'bench'))
  const askTheirs = () => processorOf(() => warehouse.query(pair.sql, pair.place === 'ONE' ? { nis } : {}, 'bench by hand'))
  const rounds: { readonly ours: number; readonly theirs: number }[] = []
  for (let round = 0; round <= PAIR_ROUNDS; round++) {
    const first = round % 2 === 0 ? await askOurs() : await askTheirs()
    const second = round % 2 === 0 ? await askTheirs() : await askOurs()
    const [ours, theirs] = round % 2 === 0 ? [first, second] : [second, first]
    if (round > 0) rounds.push({ ours, theirs })
  }
  return {
    ours: median(rounds.map(({ ours }) => ours)),
    theirs: median(rounds.map(({ theirs }) => theirs)),
    ratio: median(rounds.map(({ ours, theirs }) => ours / theirs)),
  }
}

async function straightFromTransactions(warehouse: Warehouse): Promise<{ one: number; all: number }> {
  const nis = MUNICIPALITIES[0]
  return {
    one: median(processors(await timed(() => warehouse.query(WITHOUT_FACTS.ONE, { nis }, 'bench without facts')))),
    all: median(processors(await timed(() => warehouse.query(WITHOUT_FACTS.ALL, {}, 'bench without facts')))),
  }
}

/** Seconds. The month is forgotten first, as if a range with one of its days had come. */
async function buildAgain(warehouse: Warehouse): Promise<{ month: number; year: number }> {
  const year = await processorOf(() => buildFacts(warehouse, periodOf(PERIODS.YEAR)))
  await warehouse.change("ALTER TABLE fact_builds DELETE WHERE part = '202511' SETTINGS mutations_sync = 2", {}, 'bench')
  const both = await processorOf(() => buildFacts(warehouse, periodOf(PERIODS.MONTH)))
  const again = await processorOf(() => buildFacts(warehouse, periodOf(PERIODS.MONTH)))
  return { month: (both - again) / 1_000, year: year / 1_000 }
}

/** A crossing may have no cells of this kind of place: the warehouse refuses it, and there is nothing to measure. */
async function timesWhereThereAreCells(work: () => Promise<unknown>): Promise<readonly Cost[]> {
  try {
    return await timed(work)
  } catch (error) {
    if (error instanceof WarehouseError && error.code === 'CALL') return []
    throw error
  }
}

/** Of one answer; ms. On a machine that others use only the processor time says something. */
interface Cost {
  readonly wall: number
  readonly processor: number
}

const walls = (costs: readonly Cost[]) => costs.map(({ wall }) => wall)
const processors = (costs: readonly Cost[]) => costs.map(({ processor }) => processor)

/** Once to warm up, then a few times. */
async function timed(work: () => Promise<unknown>): Promise<readonly Cost[]> {
  await work()
  const costs: Cost[] = []
  for (let round = 0; round < ROUNDS; round++) costs.push(await costOf(work))
  return costs
}

async function processorOf(work: () => Promise<unknown>): Promise<number> {
  return (await costOf(work)).processor
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const before = process.cpuUsage()
  const start = performance.now()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wall: performance.now() - start, processor: (user + system) / 1_000 }
}

function periodOf(key: string): ReportingPeriod {
  const period = parseReportingPeriod(key)
  if (!period) throw new RangeError(`${key} is no period`)
  return period
}
