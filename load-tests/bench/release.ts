import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import {
  buildFacts,
  CUBES,
  openWarehouse,
  publishedCells,
  publishedReleases,
  type Release,
  type Warehouse,
} from '@zuil/warehouse'
import type { LoneBench } from './context.ts'
import { type Figure, median, quantile } from './figure.ts'
import { makeHistory } from './measures/history.ts'
import { published } from './publishing.ts'

const NAME = 'release'
const MILLION = 1_000_000
/** Without `--sizes`: what a laptop makes and publishes in a few minutes. */
const SMALL = { millions: 1, holders: 50_000 } as const
/** With `--sizes`: once and a half of the passholders there are, as in `measures`, so that both share a folder. */
const HOLDERS = 800_000
const MONTH = '2025-11'
const YEAR = '2025'
/** What is published, in this order, and up to where all facts are there before: releases of months before made them. */
const PERIODS = [
  { period: MONTH, factsUntil: '2025-10', secondsMax: 600, megabytesMax: 2_000 },
  { period: YEAR, factsUntil: '2025-11', secondsMax: 600, megabytesMax: 2_000 },
] as const
/** A city, a middling town, a village. */
const MUNICIPALITIES = ['municipality:44021', 'municipality:41002', 'municipality:31006'] as const
const ROUNDS = 3

const PAGE_MS_MAX = 20
/** What `--only` may name: a period, or the pages on what was published before. */
const PAGES = 'pages'

/** A release of a month and of a year, by the command that an operator uses, on a history that the engine makes. */
export const release: LoneBench = {
  name: NAME,
  question: 'How long does a release of all cubes take, with its audit and from building the facts on, and how much memory?',
  isAlone: true,
  async run({ sizes, folder, only, log, signal }) {
    const periods = PERIODS.filter(({ period }) => only === undefined || period === only)
    const isAboutPages = only === undefined || only === PAGES
    const [first] = periods
    if (!first && !isAboutPages) {
      throw new RangeError(`Parts are ${[...PERIODS.map(({ period }) => period), PAGES].join(', ')}, not ${only}`)
    }
    const root = folder ?? (await mkdtemp(join(tmpdir(), 'zuil-release-')))
    const wanted = sizes?.map((millions) => ({ millions, holders: HOLDERS })) ?? [SMALL]
    try {
      const figures: Figure[] = []
      for (const { millions, holders } of wanted) {
        if (signal.aborted) break
        const path = join(root, `${millions}-${holders}`)
        const name = `${millions} million`
        if (first) await prepare(path, { transactions: millions * MILLION, holders, factsUntil: first.factsUntil, log })
        figures.push(...(await releaseFigures(path, { name, periods, log, signal })))
        if (isAboutPages && !signal.aborted) figures.push(...(await pageFigures(path, name)))
      }
      return figures
    } finally {
      if (folder === undefined) await rm(root, { recursive: true, force: true })
    }
  },
}

/** Facts of a month are named `yyyymm`; those of periods are built each time. */
const FORGET_SQL = `ALTER TABLE fact_builds DELETE WHERE match(part, '^[0-9]{6}$') AND part > {month:String} SETTINGS mutations_sync = 2`

const BUILT_SQL = `SELECT count() AS parts FROM fact_builds WHERE fact = 'participations' AND part = {month:String}`

interface Wanted {
  readonly transactions: number
  readonly holders: number
  readonly factsUntil: string
  readonly log: (line: string) => void
}

/** A history as it stands before the first release: nothing later is known, and no release is there. */
async function prepare(path: string, { transactions, holders, factsUntil, log }: Wanted): Promise<void> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  const warehouse = await openWarehouse({ kind: 'embedded', path })
  try {
    const { applied } = await warehouse.migrate()
    if (!isThere) await makeHistory(warehouse, { transactions, holders, log })
    for (const table of ['releases', 'published_cells', 'protecting_cells'])
      await warehouse.change(`TRUNCATE TABLE ${table}`, {}, 'bench')
    const month = factsUntil.replace('-', '')
    await warehouse.change(FORGET_SQL, { month }, 'bench')
    const [built] = await warehouse.query<{ parts: number }>(BUILT_SQL, { month }, 'bench')
    if (applied.length > 0 || !built?.parts) await buildFacts(warehouse, periodOf(factsUntil))
    log(`facts up to ${factsUntil} are built`)
  } finally {
    await warehouse.close()
  }
}

type Published = (typeof PERIODS)[number]

interface Publishing {
  /** Of the history. */
  readonly name: string
  readonly periods: readonly Published[]
  readonly log: (line: string) => void
  readonly signal: AbortSignal
}

async function releaseFigures(path: string, { name, periods, log, signal }: Publishing): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const { period, secondsMax, megabytesMax } of periods) {
    if (signal.aborted) break
    const { seconds, megabytes, processorSeconds, isWhole } = await published(path, period, signal)
    log(`${period}: ${seconds.toFixed(0)} s, ${processorSeconds.toFixed(0)} s of processor time, ${megabytes.toFixed(0)} MB`)
    const of = isWhole ? `release of ${period}` : `release of ${period} until it was ended`
    const add = (figure: string, value: number, unit: string, atMost?: number) =>
      figures.push({ bench: NAME, figure: `${figure} (${name})`, value, unit, ...(isWhole && atMost && { target: { atMost } }) })
    add(of, seconds, 's', secondsMax)
    add(`${of}, processor time`, processorSeconds, 's')
    add(`${of}, memory at most`, megabytes, 'MB', megabytesMax)
  }
  return figures
}

/** What stands published, and how long a page takes to read what it shows of it. */
async function pageFigures(path: string, name: string): Promise<readonly Figure[]> {
  const warehouse = await openWarehouse({ kind: 'embedded', path })
  try {
    const releases = await publishedReleases(warehouse)
    const figures: Figure[] = releases.flatMap(({ period, cells, withheld }) => [
      { bench: NAME, figure: `cells of ${period} (${name})`, value: cells, unit: 'cells' },
      { bench: NAME, figure: `withheld of ${period} (${name})`, value: withheld, unit: 'cells' },
    ])
    for (const release of releases) {
      const times = await pageTimes(warehouse, release)
      const figure = `a page's cells from the release of ${release.period}`
      figures.push({ bench: NAME, figure: `${figure}, median (${name})`, value: median(times), unit: 'ms' })
      const target = { atMost: PAGE_MS_MAX }
      figures.push({ bench: NAME, figure: `${figure}, p95 (${name})`, value: quantile(times, 0.95), unit: 'ms', target })
    }
    return figures
  } finally {
    await warehouse.close()
  }
}

/** What pages of three municipalities read: each set of cells that a release has for a municipality. */
async function pageTimes(warehouse: Warehouse, { release, cubes }: Release): Promise<readonly number[]> {
  const times: number[] = []
  for (const cube of Object.values(CUBES)) {
    if (!cube.places.includes('MUNICIPALITY') || !cubes.includes(cube.id)) continue
    const columns = [...(cube.publishesPeople ? ['people'] : []), ...cube.columns.map(({ id }) => id)]
    for (const set of cube.lattice) {
      const query = { release, cube: cube.id, columns, dimensions: set.map((id) => ({ id })) }
      for (let round = 0; round <= ROUNDS; round++) {
        for (const place of MUNICIPALITIES) {
          const started = performance.now()
          await publishedCells(warehouse, { ...query, places: [place] })
          if (round > 0) times.push(performance.now() - started)
        }
      }
    }
  }
  return times
}

function periodOf(key: string): ReportingPeriod {
  const period = parseReportingPeriod(key)
  if (!period) throw new Error(`${key} is no period`)
  return period
}
