import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import { buildFacts, CUBES, openWarehouse, publishedCells, publishedReleases, type Warehouse } from '@zuil/warehouse'
import { freePorts } from '../installation/free-ports.ts'
import type { LoneBench } from './context.ts'
import { type Figure, quantile } from './figure.ts'
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

/** A release of a month and of a year, by the command that an operator uses, on a history that the engine makes. */
export const release: LoneBench = {
  name: NAME,
  question: 'How long does a release of all cubes take, with its audit and from building the facts on, and how much memory?',
  isAlone: true,
  async run({ sizes, folder, only, log }) {
    const periods = PERIODS.filter(({ period }) => only === undefined || period === only)
    const [first] = periods
    if (!first) throw new RangeError(`Published are ${PERIODS.map(({ period }) => period).join(' and ')}, not ${only}`)
    const root = folder ?? (await mkdtemp(join(tmpdir(), 'zuil-release-')))
    const wanted = sizes?.map((millions) => ({ millions, holders: HOLDERS })) ?? [SMALL]
    try {
      const figures: Figure[] = []
      for (const { millions, holders } of wanted) {
        const path = join(root, `${millions}-${holders}`)
        await prepare(path, { transactions: millions * MILLION, holders, factsUntil: first.factsUntil, log })
        figures.push(...(await figuresOf(path, { name: `${millions} million`, periods, log })))
      }
      return figures
    } finally {
      if (folder === undefined) await rm(root, { recursive: true, force: true })
    }
  },
}

/** Facts of a month are named `yyyymm`; those of periods are built each time. */
const FORGET_SQL = `ALTER TABLE fact_builds DELETE WHERE match(part, '^[0-9]{6}$') AND part > {month:String} SETTINGS mutations_sync = 2`

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
    await warehouse.migrate()
    if (!isThere) await makeHistory(warehouse, { transactions, holders, log })
    for (const table of ['releases', 'published_cells', 'protecting_cells'])
      await warehouse.change(`TRUNCATE TABLE ${table}`, {}, 'bench')
    await warehouse.change(FORGET_SQL, { month: factsUntil.replace('-', '') }, 'bench')
    await buildFacts(warehouse, periodOf(factsUntil))
    log(`facts up to ${factsUntil} are built`)
  } finally {
    await warehouse.close()
  }
}

type Published = (typeof PERIODS)[number]

async function figuresOf(
  path: string,
  { name, periods, log }: { readonly name: string; readonly periods: readonly Published[]; readonly log: (line: string) => void },
): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  const add = (figure: string, value: number, unit: string, atMost?: number) =>
    figures.push({ bench: NAME, figure: `${figure} (${name})`, value, unit, ...(atMost !== undefined && { target: { atMost } }) })
  for (const { period, secondsMax, megabytesMax } of periods) {
    const cost = await published(path, period)
    log(`${period}: ${cost.seconds.toFixed(0)} s, ${cost.megabytes.toFixed(0)} MB`)
    add(`release of ${period}`, cost.seconds, 's', secondsMax)
    add(`release of ${period}, memory at most`, cost.megabytes, 'MB', megabytesMax)
  }
  const warehouse = await openWarehouse({ kind: 'embedded', path })
  try {
    for (const { period, cells, withheld } of await publishedReleases(warehouse)) {
      add(`cells of ${period}`, cells, 'cells')
      add(`withheld of ${period}`, withheld, 'cells')
    }
    const isYearThere = periods.some(({ period }) => period === YEAR)
    if (isYearThere) add("a page's cells from a release, p95", quantile(await pageTimes(warehouse), 0.95), 'ms', PAGE_MS_MAX)
  } finally {
    await warehouse.close()
  }
  return figures
}

/** Publishes a period as an operator does, in a process of its own, whose memory is looked at. */
async function published(warehouse: string, period: string): Promise<{ seconds: number; megabytes: number }> {
  const data = await mkdtemp(join(tmpdir(), 'zuil-release-data-'))
  const [redis, internal] = await freePorts(2)
  try {
    await symlink(warehouse, join(data, 'warehouse'))
    const ports = { ZUIL_REDIS_PORT: String(redis), ZUIL_INTERNAL_PORT: String(internal) }
    const started = performance.now()
    const child = fork(PROGRAM, ['publish', '--period', period], {
      env: { ...process.env, ...ports, ZUIL_DATA: data, UV_THREADPOOL_SIZE: '12' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const exited = once(child, 'exit').then(([code]) => ({ code }))
    let bytes = 0
    for (;;) {
      const end = await Promise.race([exited, pause(LOOK_EVERY_MS)])
      if (end && end.code !== 0) throw new Error(`The release of ${period} ended with exit code ${end.code}`)
      if (end) return { seconds: (performance.now() - started) / 1_000, megabytes: bytes / MEBIBYTE }
      bytes = Math.max(bytes, await mostMemoryOf(child.pid))
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

/** What pages of three municipalities read: each set of cells that the year has for a municipality. */
async function pageTimes(warehouse: Warehouse): Promise<readonly number[]> {
  const [valid] = (await publishedReleases(warehouse)).filter(({ period }) => period === YEAR)
  if (!valid) throw new Error(`There is no release of ${YEAR}`)
  const times: number[] = []
  for (const cube of Object.values(CUBES)) {
    if (!cube.places.includes('MUNICIPALITY') || !valid.cubes.includes(cube.id)) continue
    const columns = [...(cube.publishesPeople ? ['people'] : []), ...cube.columns.map(({ id }) => id)]
    for (const set of cube.lattice) {
      const query = { release: valid.release, cube: cube.id, columns, dimensions: set.map((id) => ({ id })) }
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
