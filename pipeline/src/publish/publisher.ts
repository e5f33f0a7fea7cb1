import { setTimeout as pause } from 'node:timers/promises'
import { isClosedPeriod, parseReportingPeriod, type ReportingPeriod, THRESHOLD_DEFAULT, THRESHOLD_MIN } from '@zuil/core'
import { type Cube, publishedReleases, type Release, storeMissingBenchmarks, validRelease, type Warehouse } from '@zuil/warehouse'
import type { AuditReport } from '../audit/audit-release.ts'
import { atOnce, createHurry, type UntilCalm } from './calm.ts'
import { countCells, countedState, regionsOf } from './count-cells.ts'
import { type DuePeriod, duePeriods } from './due-periods.ts'
import { type EarlierRelease, earlierRelease, releasesEndingWith } from './earlier-release.ts'
import { impossiblePlaces } from './impossible-cells.ts'
import { partsOfPeriod } from './parts-of-period.ts'
import { createReleaseStore, type ReleaseContent, type ReleaseStore } from './release-store.ts'
import { type RunningWork, startReleaseThread } from './release-thread.ts'
import type { MadeFigures, ReleaseOrder } from './release-work.ts'

/** Steps of a release, at which a fault drill may kill the process; from `marked` on readers find it. */
export const PUBLISH_STEPS = ['begun', 'facts', 'counted', 'protected', 'audited', 'written', 'read-back', 'marked'] as const
export type PublishStep = (typeof PUBLISH_STEPS)[number]

export interface PublisherDependencies {
  readonly warehouse: Warehouse
  /** All cubes there are. */
  readonly cubes: readonly Cube[]
  /** Of the record keys; 32 bytes. */
  readonly secret: Uint8Array
  /** Brings the facts that cells are counted from up to date. */
  readonly buildFacts: (period: ReportingPeriod) => Promise<void>
  /** Epoch ms. */
  readonly clock: () => number
  /** Starts what works on the cells of one release; a thread of its own. */
  readonly startWork?: (order: ReleaseOrder) => RunningWork
  readonly onStep?: (step: PublishStep) => void | Promise<void>
  readonly onProgress?: (done: number, total: number) => void
}

export interface PublishOptions {
  readonly threshold?: number
  /** Allows a period that is not over: its cells move only when enough people have moved them. */
  readonly provisional?: boolean
}

/** What became of a release; an earlier one of the period stays in force when it failed. */
export interface PublishOutcome {
  readonly state: 'PUBLISHED' | 'FAILED'
  readonly release: number
  readonly period: string
  readonly cells: number
  readonly withheld: number
  /** Cells that are withheld to protect others. */
  readonly secondary: number
  readonly kept: number
  readonly content: ReleaseContent
  readonly report: AuditReport
}

/** The period is not over, or there is nothing to publish of it; nothing was written. */
export class PublishRefusal extends Error {
  override readonly name = 'PublishRefusal'
}

/** The publisher was stopped before the release was there; nothing of it is seen, and the next one takes away what it left. */
export class PublisherStopped extends Error {
  override readonly name = 'PublisherStopped'
  constructor() {
    super('Zuil is stopping; the release is made after the next start')
  }
}

/** Counts of a closed period that is still corrected, each with fresh facts; then it is left for later. */
const COUNTS_MAX = 3
/** How often a stop ends the statements of a release: one may begin just then. */
const CANCEL_EVERY_MS = 50
/** What statements of a release, and of the facts before it, begin their origin with. */
const CANCELLED_ORIGINS = ['publish', 'facts'] as const

/** Publishes and audits releases, one at a time. */
export interface Publisher {
  /** @throws {PublishRefusal} */
  publish(period: ReportingPeriod, options?: PublishOptions): Promise<PublishOutcome>
  /** Publishes what is due by now, see due-periods.ts; each release with a wait of its own for calmer moments. */
  publishDue(calmOfRelease?: () => UntilCalm): Promise<readonly PublishOutcome[]>
  /** Attacks what is published of a release, with true numbers counted anew. */
  audit(release: Release): Promise<AuditReport>
  /** Ends what is under way, at once; it rejects with {@link PublisherStopped}, as does everything that is asked for afterwards. */
  stop(): Promise<void>
}

export function createPublisher(dependencies: PublisherDependencies): Publisher {
  const { warehouse } = dependencies
  const stopping = new AbortController()
  let last: Promise<unknown> = Promise.resolve()
  // whoever asks meanwhile waits: two releases at once would take the same number
  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(() => untilStopped(work, stopping.signal))
    last = result.catch(() => undefined)
    return result
  }
  const { signal } = stopping
  const hurry = createHurry()
  const own: Dependencies = { ...dependencies, signal, untilCalm: atOnce }
  return {
    publish: (period, options = {}) => hurry.during(alone(() => publish(own, period, options))),
    publishDue: (calmOfRelease = () => atOnce) =>
      publishAllDue({ ...own, calmOfRelease: () => hurry.unless(calmOfRelease()) }, alone),
    audit: (release) => hurry.during(alone(() => audit(own, release))),
    async stop() {
      stopping.abort(new PublisherStopped())
      const ended = last.then(() => true)
      do {
        // a statement that cannot be ended ends by itself
        for (const origin of CANCELLED_ORIGINS) await warehouse.cancel(origin).catch(() => undefined)
      } while (!(await Promise.race([ended, pause(CANCEL_EVERY_MS, false)])))
    },
  }
}

/** Whatever fails once the publisher stops, failed because of that. */
async function untilStopped<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted()
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}

interface Dependencies extends PublisherDependencies {
  readonly signal: AbortSignal
  /** What a release waits with; at once where somebody waits for it. */
  readonly untilCalm: UntilCalm
}

/**
 * One after the other, and whoever asks for another release meanwhile comes between two. One that cannot be made does not keep
 * the others back: what was wrong with it is thrown at the end.
 */
async function publishAllDue(
  { calmOfRelease, ...dependencies }: Dependencies & { readonly calmOfRelease: () => UntilCalm },
  alone: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Promise<readonly PublishOutcome[]> {
  const { warehouse, signal } = dependencies
  const outcomes: PublishOutcome[] = []
  const errors: unknown[] = []
  for (const due of await alone(() => dueNow(dependencies))) {
    try {
      const untilCalm = calmOfRelease()
      await untilCalm(signal)
      const outcome = await alone(() => publishUnlessDone({ ...dependencies, untilCalm }, due))
      if (outcome) outcomes.push(outcome)
    } catch (error) {
      signal.throwIfAborted()
      errors.push(error)
    }
  }
  // a stop after a season was marked and before its benchmark was stored
  await alone(() => storeMissingBenchmarks(warehouse))
  if (errors.length > 0) throw errors[0]
  return outcomes
}

/** Undefined where somebody published the period by hand since it was found due: it would be the same release once more. */
async function publishUnlessDone(
  dependencies: Dependencies,
  { period, isProvisional }: DuePeriod,
): Promise<PublishOutcome | undefined> {
  const due = await dueNow(dependencies)
  if (!due.some((one) => one.period.key === period.key && one.isProvisional === isProvisional)) return undefined
  return await publish(dependencies, period, { provisional: isProvisional })
}

const FIRST_DAY_SQL = 'SELECT count() AS rows, toInt32(toDate32(min(occurred_on))) AS day FROM transactions'

async function dueNow({ warehouse, cubes, clock }: Dependencies): Promise<readonly DuePeriod[]> {
  const releases = await publishedReleases(warehouse)
  const failures = await createReleaseStore(warehouse).lastFailures()
  const [first] = await warehouse.query<{ rows: number; day: number }>(FIRST_DAY_SQL, {}, 'publish: first day')
  return duePeriods({ cubes, releases, failures, now: clock(), since: first && first.rows > 0 ? first.day : undefined })
}

/** Cubes that have cells for a kind of period, and whose cells say all by then. */
export function cubesReady(cubes: readonly Cube[], period: ReportingPeriod, now: number): readonly Cube[] {
  return cubes.filter(
    ({ periods, closesAfterDays }) =>
      periods.includes(period.kind) && isClosedPeriod({ lastDay: period.lastDay + closesAfterDays }, now),
  )
}

/**
 * ```
 *                           ┌──────────── a thread of its own ────────────┐
 * facts ─▶ count all cubes ─┼─▶ protect ─▶ attack ─┬─▶ rows as they go out ┼─▶ write ─▶ read back by content ─▶ mark: readers see it
 *                           └──────────────────────┼──────────────────────┘
 *                                                  └─▶ something recovered: marked as failed, without cells
 * ```
 * True numbers are in the memory of the thread only. A stop anywhere leaves cells that nobody sees; the next release takes them away. Cubes
 * that are counted from transactions would be of two moments when a late one or a void comes meanwhile: then all is counted again.
 */
async function publish(
  dependencies: Dependencies,
  period: ReportingPeriod,
  { threshold = THRESHOLD_DEFAULT, provisional = false }: PublishOptions,
): Promise<PublishOutcome> {
  const cubes = cubesOf(dependencies, period, { threshold, provisional })
  for (let count = 1; count <= COUNTS_MAX; count++) {
    const outcome = await publishCounted(dependencies, cubes, { period, threshold, provisional })
    if (outcome) return outcome
  }
  throw new Error(`${period.key} was corrected each of ${COUNTS_MAX} times while it was counted; publish it again later`)
}

/** Undefined when the period changed while its cells were counted; then nothing was written. */
async function publishCounted(
  dependencies: Dependencies,
  cubes: readonly Cube[],
  { period, threshold, provisional }: Required<PublishOptions> & { readonly period: ReportingPeriod },
): Promise<PublishOutcome | undefined> {
  const { warehouse, onStep = () => undefined } = dependencies
  const store = createReleaseStore(warehouse)
  await store.removeUnfinished()
  await onStep('begun')
  const state = await countedState(warehouse, { cubes, period })
  await dependencies.buildFacts(period)
  await onStep('facts')
  const releases = await publishedReleases(warehouse)
  const inForce = releaseInForce(releases, period, provisional)
  const earlier = [
    ...(inForce ? [await earlierRelease(warehouse, inForce, provisional)] : []),
    ...(provisional ? [] : releasesEndingWith(warehouse, period, { cubes, releases })),
  ]
  const parts = provisional ? [] : partsOfPeriod(period, { cubes, releases })
  const outcome = await withWork(dependencies, { cubes, period, threshold, earlier, parts }, async (work) => {
    await countCells(warehouse, work, { ...dependencies, cubes, period, earlier, parts })
    // a month that runs is corrected all the time, and has no such cubes
    if (!provisional && (await countedState(warehouse, { cubes, period })) !== state) return undefined
    await onStep('counted')
    const figures = await work.call('protect', await regionsOf(warehouse))
    await onStep('protected')
    const report = await work.call('attack')
    await onStep('audited')
    return await write(store, work, { dependencies, cubes, period, threshold, provisional, figures, report, onStep })
  })
  if (!outcome) return undefined
  // the one that was in force until now may still be on somebody's page
  const outdated = releases.filter((old) => old.provisional && old.period === period.key && old.release !== inForce?.release)
  for (const { release } of outdated) await store.removeCells(release)
  return outcome
}

/** @throws {PublishRefusal} when there is nothing to publish of the period, or nothing that would be protected */
function cubesOf(
  { cubes, clock }: Dependencies,
  period: ReportingPeriod,
  { threshold, provisional }: Required<PublishOptions>,
): readonly Cube[] {
  if (!(threshold >= THRESHOLD_MIN)) throw new PublishRefusal(`The threshold is ${THRESHOLD_MIN} at least, not ${threshold}`)
  if (!provisional && !isClosedPeriod(period, clock())) throw new PublishRefusal(`${period.key} is not over yet`)
  const ready = provisional
    ? cubes.filter(({ periods, publishesPeople }) => publishesPeople && periods.includes(period.kind))
    : cubesReady(cubes, period, clock())
  if (ready.length === 0) throw new PublishRefusal(`No cube has cells for ${period.key} yet`)
  return ready
}

/** Carries out what needs the thread of a release; it ends with it, or when the publisher stops. */
async function withWork<Result>(
  { warehouse, secret, signal, startWork = startReleaseThread }: Dependencies,
  {
    earlier,
    ...order
  }: Pick<ReleaseOrder, 'cubes' | 'period' | 'threshold' | 'parts'> & { readonly earlier: readonly EarlierRelease[] },
  carryOut: (work: RunningWork) => Promise<Result>,
): Promise<Result> {
  const impossible = await impossiblePlaces(warehouse, order.cubes)
  signal.throwIfAborted()
  const work = startWork({ ...order, secret, impossible, earlier: earlier.map(({ rule }) => rule) })
  const end = () => void work.end()
  signal.addEventListener('abort', end, { once: true })
  try {
    return await carryOut(work)
  } finally {
    signal.removeEventListener('abort', end)
    await work.end()
  }
}

/** The release of the period that is in force; its values may have to stand. */
function releaseInForce(releases: readonly Release[], period: ReportingPeriod, provisional: boolean): Release | undefined {
  const last = validRelease(releases, period.key)
  if (provisional && last && !last.provisional) throw new PublishRefusal(`${period.key} has its final release already`)
  return last
}

interface WriteOptions {
  readonly dependencies: PublisherDependencies
  readonly cubes: readonly Cube[]
  readonly period: ReportingPeriod
  readonly threshold: number
  readonly provisional: boolean
  readonly figures: MadeFigures
  readonly report: AuditReport
  readonly onStep: (step: PublishStep) => void | Promise<void>
}

async function write(store: ReleaseStore, work: RunningWork, options: WriteOptions): Promise<PublishOutcome> {
  const { dependencies, cubes, period, threshold, provisional, figures, report, onStep } = options
  const { cells, withheld, secondary, kept } = figures
  const isSafe = figures.failures === 0 && report.recovered.length === 0
  const release = await store.nextNumber()
  const content = isSafe ? await writeRows(store, work, { release, onStep }) : { rows: 0, hash: 0n }
  const state = isSafe ? 'PUBLISHED' : 'FAILED'
  await store.mark({
    release,
    publishedAt: dependencies.clock(),
    state,
    isProvisional: provisional,
    period,
    threshold,
    cubes: cubes.map(({ id }) => id),
    cells,
    withheld,
    // numbers only: whoever may audit may read this
    audit: JSON.stringify({ ...figures, recovered: report.counts, reconstruction: report.reconstruction }),
    content,
  })
  await onStep('marked')
  if (isSafe && !provisional && period.kind === 'SEASON') await storeMissingBenchmarks(dependencies.warehouse)
  return { state, release, period: period.key, cells, withheld, secondary, kept, content, report }
}

async function writeRows(
  store: ReleaseStore,
  work: RunningWork,
  { release, onStep }: Pick<WriteOptions, 'onStep'> & { readonly release: number },
): Promise<ReleaseContent> {
  const content = await store.writeCells(() => work.call('nextPublished', release))
  await store.writeProtecting(() => work.call('nextProtecting', release))
  await onStep('written')
  const stored = await store.content(release)
  if (stored.rows !== content.rows || stored.hash !== content.hash) {
    await store.removeCells(release)
    throw new Error(`Release ${release} reads back as ${stored.rows} other rows than the ${content.rows} that were written`)
  }
  await onStep('read-back')
  return content
}

/** The true numbers are those of now: where some came late, the published ones say less than they did, never more. */
async function audit(dependencies: Dependencies, release: Release): Promise<AuditReport> {
  const { warehouse } = dependencies
  const period = parseReportingPeriod(release.period)
  if (!period) throw new PublishRefusal(`${release.period} is no period`)
  await dependencies.buildFacts(period)
  const cubes = dependencies.cubes.filter(({ id }) => release.cubes.includes(id))
  const earlier = [await earlierRelease(warehouse, release, true)]
  const { threshold } = release
  const report = await withWork(dependencies, { cubes, period, threshold, earlier, parts: [] }, async (work) => {
    await countCells(warehouse, work, { ...dependencies, cubes, period, earlier, parts: [] })
    return await work.call('attackPublished', await regionsOf(warehouse))
  })
  const content = await createReleaseStore(warehouse).content(release.release)
  const isIntact = content.rows === release.contentRows && String(content.hash) === release.contentHash
  return { ...report, isIntact }
}
