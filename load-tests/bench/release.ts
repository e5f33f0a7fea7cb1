import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
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
import { freePorts } from '../installation/free-ports.ts'
import type { LoneBench } from './context.ts'
import { type Figure, median, quantile } from './figure.ts'
import { PROGRAM } from './installation.ts'
import { makeHistory } from './measures/history.ts'

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
const LOOK_EVERY_MS = 50
const MEBIBYTE = 2 ** 20

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

interface PublishingCost {
  readonly seconds: number
  readonly megabytes: number
  /** Of all its threads. */
  readonly processorSeconds: number
  /** Whether it came to its end. */
  readonly isWhole: boolean
}

/** Publishes a period as an operator does, in a process of its own, whose memory is looked at. */
async function published(warehouse: string, period: string, signal: AbortSignal): Promise<PublishingCost> {
  const data = await mkdtemp(join(tmpdir(), 'zuil-release-data-'))
  const [redis, internal] = await freePorts(2)
  try {
    await symlink(warehouse, join(data, 'warehouse'))
    // what tells the folder of an installation from one that was never started
    await mkdir(join(data, 'keys'), { mode: 0o700 })
    const ports = { ZUIL_REDIS_PORT: String(redis), ZUIL_INTERNAL_PORT: String(internal) }
    const started = performance.now()
    const child = fork(PROGRAM, ['publish', '--period', period], {
      env: { ...process.env, ...ports, ZUIL_DATA: data, UV_THREADPOOL_SIZE: '12' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const exited = once(child, 'exit').then(([code]) => ({ code }))
    let [bytes, processorSeconds] = [0, 0]
    for (;;) {
      const end = await Promise.race([exited, pause(LOOK_EVERY_MS)])
      const cost = { seconds: (performance.now() - started) / 1_000, megabytes: bytes / MEBIBYTE, processorSeconds }
      if (end && end.code !== 0) throw new Error(`The release of ${period} ended with exit code ${end.code}`)
      if (end) return { ...cost, isWhole: true }
      if (signal.aborted) {
        child.kill('SIGTERM')
        await exited
        return { ...cost, isWhole: false }
      }
      bytes = Math.max(bytes, await mostMemoryOf(child.pid))
      processorSeconds = Math.max(processorSeconds, await processorSecondsOf(child.pid))
    }
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}

/** The most that a process has had so far, from the kernel; 0 when it is gone. */
async function mostMemoryOf(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1_024
}

/** So many of them are a second of processor time, in what Linux tells of a process. */
const TICKS_A_SECOND = 100

/** Processor time of all threads of a process so far; 0 when it is gone. */
async function processorSecondsOf(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const [user, system] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return ((user ?? 0) + (system ?? 0)) / TICKS_A_SECOND
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
