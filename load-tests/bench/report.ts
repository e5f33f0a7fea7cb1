import { rmSync, symlinkSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, stat, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { brusselsDay, previousPeriod, REPORTING_PERIOD_KINDS, reportingPeriodOf } from '@zuil/core'
import { CUBES, openWarehouse, placesNow, type Warehouse } from '@zuil/warehouse'
import { OwnInstallation } from '../installation/own-installation.ts'
import { forgetMostMemory, mostMebibytes, processorSeconds, residentMebibytes } from '../installation/process-facts.ts'
import type { LoneBench } from './context.ts'
import type { Figure } from './figure.ts'
import { makeHistory } from './measures/history.ts'
import { published } from './publishing.ts'

const NAME = 'report'
const MILLION = 1_000_000
/** Without `--sizes`: what a laptop makes and publishes in a few minutes. */
const SMALL = { millions: 1, holders: 50_000 } as const
/** With `--sizes`: once and a half of the passholders there are. */
const HOLDERS = 800_000
/** The region that the targets are meant for; the largest there is has 13 or, with the province's, 19 municipalities. */
const REGION = { municipalities: 14, organizers: 300 } as const
/** In all municipalities, so that fourteen of them have some three hundred. */
const ORGANIZERS = 6_500
const PERIOD = '2025'
/** The year before is what the report compares with. */
const PERIODS = ['2024', PERIOD] as const
const FORMATS = ['pdf', 'xlsx'] as const
/** The first of a start, when nothing has been read or drawn yet, and a later one. */
const ROUNDS = ['first', 'second'] as const

const SECONDS_MAX = 20
const MEBIBYTES_MAX = 500
/** Readers of other pages wait for so long at most. */
const PAUSE_MS_MAX = 100

const LOOK_EVERY_MS = 5
/** At rest: a tenth of a core at most, for so long. The hub prepares pages after its start. */
const REST = { share: 0.1, seconds: 4, withinSeconds: 300 } as const

/** The yearly report of a large region, by the command that an operator uses, from a hub that runs. */
export const report: LoneBench = {
  name: NAME,
  question: 'How long does the yearly report of a large region take, how much memory, and does anybody else wait for it?',
  isAlone: true,
  async run({ sizes, folder, log, signal }) {
    const root = folder ?? (await mkdtemp(join(tmpdir(), 'zuil-report-')))
    const wanted = sizes?.map((millions) => ({ millions, holders: HOLDERS })) ?? [SMALL]
    try {
      const figures: Figure[] = []
      for (const { millions, holders } of wanted) {
        if (signal.aborted) break
        const path = join(root, `${millions}-${holders}-of-${REGION.municipalities}`)
        const isThere = await stat(path).then(
          () => true,
          () => false,
        )
        if (!isThere) await prepare(path, { transactions: millions * MILLION, holders, log, signal })
        if (!signal.aborted) figures.push(...(await reportFigures(path, { name: `${millions} million`, log, signal })))
      }
      return figures
    } finally {
      if (folder === undefined) await rm(root, { recursive: true, force: true })
    }
  },
}

interface Wanted {
  readonly transactions: number
  readonly holders: number
  readonly log: (line: string) => void
  readonly signal: AbortSignal
}

/** A history with its releases, under another name until it is whole: one that was interrupted is made again. */
async function prepare(path: string, { transactions, holders, log, signal }: Wanted): Promise<void> {
  const unfinished = `${path}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  const warehouse = await openWarehouse({ kind: 'embedded', path: unfinished })
  try {
    await warehouse.migrate()
    const size = { organizers: ORGANIZERS, regionSize: REGION.municipalities }
    await makeHistory(warehouse, { transactions, holders, ...size, log })
  } finally {
    await warehouse.close()
  }
  for (const period of PERIODS) {
    if (signal.aborted) return
    const { seconds } = await published(unfinished, period, signal)
    log(`published ${period} in ${seconds.toFixed(0)} s`)
  }
  if (!signal.aborted) await rename(unfinished, path)
}

interface Region {
  readonly cardSystem: number
  readonly organizers: number
}

/** The region whose size is nearest to the one that the targets are meant for; nothing is left that the hub would publish meanwhile. */
async function chosenRegion(path: string): Promise<Region> {
  const warehouse = await openWarehouse({ kind: 'embedded', path })
  try {
    await warehouse.migrate()
    await closePeriods(warehouse)
    const { regions, organizers } = await placesNow(warehouse)
    const counted = regions
      .filter(({ municipalities }) => municipalities.length === REGION.municipalities)
      .map(({ cardSystem, municipalities }) => ({
        cardSystem,
        organizers: organizers.filter(({ nis }) => municipalities.includes(nis)).length,
      }))
    const off = (region: Region) => Math.abs(region.organizers - REGION.organizers)
    const [nearest] = counted.toSorted((a, b) => off(a) - off(b))
    if (!nearest) throw new Error(`The history has no region of ${REGION.municipalities} municipalities`)
    return nearest
  } finally {
    await warehouse.close()
  }
}

/** An empty release: nobody looks at its period, and a report of an earlier release never reads it. */
const EMPTY_RELEASE_SQL = `INSERT INTO releases
SELECT max(release) + 1, now64(3), 'PUBLISHED', {provisional:UInt8}, {kind:String}, {period:String}, 10, {cubes:Array(String)}, 0, 0, '{}', 0, 0
FROM releases
HAVING countIf(state = 'PUBLISHED' AND period = {period:String} AND provisional = {provisional:UInt8}) = 0`
/** Periods of each kind, from the last that is over: more than the hub makes up for by itself. */
const PERIODS_BACK = 14

/** The hub publishes by itself what is due, for minutes or hours: here that is not what is measured. */
async function closePeriods(warehouse: Warehouse): Promise<void> {
  const cubes = Object.keys(CUBES)
  const today = brusselsDay(Date.now())
  for (const kind of REPORTING_PERIOD_KINDS) {
    let period = reportingPeriodOf(kind, today)
    for (let back = 0; back < PERIODS_BACK; back++) {
      // the one that runs has releases too, before it is over
      const parameters = { kind, period: period.key, cubes, provisional: back === 0 ? 1 : 0 }
      await warehouse.change(EMPTY_RELEASE_SQL, parameters, NAME)
      period = previousPeriod(period)
    }
  }
}

interface Run {
  /** Of the history. */
  readonly name: string
  readonly log: (line: string) => void
  readonly signal: AbortSignal
}

async function reportFigures(path: string, { name, log, signal }: Run): Promise<readonly Figure[]> {
  const region = await chosenRegion(path)
  const of = `${REGION.municipalities} municipalities, ${region.organizers} organizers, ${name}`
  log(`region ${region.cardSystem}: ${of}`)
  await using installation = await OwnInstallation.create({ prepare: (data) => linked(path, join(data, 'warehouse')) })
  const figures: Figure[] = []
  for (const format of FORMATS) {
    for (const round of ROUNDS) {
      await atRest(installation, signal)
      if (signal.aborted) return figures
      const made = await reportOf(installation, region.cardSystem, format)
      const add = (figure: string, value: number, unit: string, atMost?: number) =>
        figures.push({
          bench: NAME,
          figure: `${format}, ${round}: ${figure} (${of})`,
          value,
          unit,
          ...(atMost && { target: { atMost } }),
        })
      add('the command', made.seconds, 's', SECONDS_MAX)
      add('memory of the hub more than before, at most', made.mebibytesMore, 'MiB', MEBIBYTES_MAX)
      add('memory of the hub at most', made.mebibytes, 'MiB')
      add('longest that another answer waited', made.pauseMs, 'ms', PAUSE_MS_MAX)
      if (made.pages > 0) add('pages', made.pages, 'pages')
      add('file', made.kilobytes, 'kB')
    }
  }
  return figures
}

/** Gives what undoes it. */
function linked(from: string, to: string): () => void {
  symlinkSync(from, to)
  return () => rmSync(to, { force: true })
}

interface MadeReport {
  readonly seconds: number
  /** Of the hub, the most while it was made. */
  readonly mebibytes: number
  readonly mebibytesMore: number
  readonly pauseMs: number
  readonly kilobytes: number
  /** 0 of what is no PDF. */
  readonly pages: number
}

async function reportOf(
  installation: OwnInstallation,
  cardSystem: number,
  format: (typeof FORMATS)[number],
): Promise<MadeReport> {
  const hub = hubOf(installation)
  const to = join(installation.folder, `report.${format}`)
  const before = residentMebibytes(hub)
  forgetMostMemory(hub)
  const asking = new AbortController()
  const asked = longestWait(`${installation.dashboard}/health`, asking.signal)
  const began = performance.now()
  const order = ['--region', String(cardSystem), '--period', PERIOD, '--to', to]
  const { code, output } = await installation.run('report', ...order)
  const seconds = (performance.now() - began) / 1_000
  asking.abort()
  if (code !== 0) throw new Error(`The report ended with exit code ${code}: ${output}`)
  const mebibytes = mostMebibytes(hub)
  const bytes = await readFile(to)
  await unlink(to)
  return {
    seconds,
    mebibytes,
    mebibytesMore: mebibytes - before,
    pauseMs: await asked,
    kilobytes: bytes.length / 1_000,
    pages: format === 'pdf' ? pagesOf(bytes) : 0,
  }
}

/** Asks for what costs nothing, again and again: what it waits, everybody waits. In ms. */
async function longestWait(address: string, signal: AbortSignal): Promise<number> {
  let longest = 0
  while (!signal.aborted) {
    const began = performance.now()
    const response = await fetch(address)
    await response.arrayBuffer()
    longest = Math.max(longest, performance.now() - began)
    await pause(LOOK_EVERY_MS)
  }
  return longest
}

/** Resolves when the hub has nothing of its own to do. */
async function atRest(installation: OwnInstallation, signal: AbortSignal): Promise<void> {
  const hub = hubOf(installation)
  const until = performance.now() + REST.withinSeconds * 1_000
  while (!signal.aborted) {
    const before = processorSeconds(hub)
    await pause(REST.seconds * 1_000, undefined, { signal }).catch(() => undefined)
    if (processorSeconds(hub) - before < REST.share * REST.seconds) return
    if (performance.now() > until) throw new Error(`The hub was not at rest within ${REST.withinSeconds} s`)
  }
}

function hubOf(installation: OwnInstallation): number {
  const { hub } = installation.pids()
  if (hub === undefined) throw new Error('The hub does not run')
  return hub
}

/** Pages of a PDF of ours: its objects are not packed. */
function pagesOf(bytes: Buffer): number {
  return [...bytes.toString('latin1').matchAll(/\/Type \/Page\b/g)].length
}
