import {
  EARLIER,
  Figures,
  isClosedPeriod,
  parseReportingPeriod,
  type ReportingPeriod,
  THRESHOLD_DEFAULT,
  THRESHOLD_MIN,
} from '@zuil/core'
import { type Cube, publishedReleases, type Release, storeMissingBenchmarks, validRelease, type Warehouse } from '@zuil/warehouse'
import { asAttacked, isSilent } from '../audit/attacked-release.ts'
import { type AuditReport, auditRelease } from '../audit/audit-release.ts'
import type { AuditedRelease } from '../audit/audited-release.ts'
import { cellsOfTable } from './cells-of-table.ts'
import { countCells, regionsOf } from './count-cells.ts'
import { relationsOf } from './cube-relations.ts'
import { duePeriods } from './due-periods.ts'
import { earlierRelease } from './earlier-release.ts'
import { type MadeRelease, makeRelease, protectingCells, publishedRows } from './make-release.ts'
import { createReleaseStore, type ReleaseContent, type ReleaseStore } from './release-store.ts'

/** Steps of a release at which a fault drill may kill the process. */
export const PUBLISH_STEPS = ['begun', 'facts', 'counted', 'protected', 'audited', 'written', 'read-back', 'marked'] as const
export type PublishStep = (typeof PUBLISH_STEPS)[number]

export interface PublisherDependencies {
  readonly warehouse: Warehouse
  /** All cubes there are. */
  readonly cubes: readonly Cube[]
  /** Of the record keys; 32 bytes. */
  readonly secret: Buffer
  /** Brings the facts that cells are counted from up to date. */
  readonly buildFacts: (period: ReportingPeriod) => Promise<void>
  /** Epoch ms. */
  readonly clock: () => number
  /** Attacks a release before it is published; what it recovers stops it. */
  readonly attack?: (release: AuditedRelease) => AuditReport
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

/** Publishes and audits releases, one at a time. */
export interface Publisher {
  /** @throws {PublishRefusal} */
  publish(period: ReportingPeriod, options?: PublishOptions): Promise<PublishOutcome>
  /** Publishes what is due by now, see due-periods.ts. */
  publishDue(): Promise<readonly PublishOutcome[]>
  /** Attacks what is published of a release, with true numbers counted anew. */
  audit(release: Release): Promise<AuditReport>
}

export function createPublisher(dependencies: PublisherDependencies): Publisher {
  let last: Promise<unknown> = Promise.resolve()
  // whoever asks meanwhile waits: two releases at once would take the same number
  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work, work)
    last = result.catch(() => undefined)
    return result
  }
  return {
    publish: (period, options = {}) => alone(() => publish(dependencies, period, options)),
    publishDue: () => alone(() => publishAllDue(dependencies)),
    audit: (release) => alone(() => audit(dependencies, release)),
  }
}

async function publishAllDue(dependencies: PublisherDependencies): Promise<readonly PublishOutcome[]> {
  const { warehouse, cubes, clock } = dependencies
  const [releases, failures] = [await publishedReleases(warehouse), await createReleaseStore(warehouse).lastFailures()]
  const outcomes: PublishOutcome[] = []
  for (const { period, isProvisional } of duePeriods({ cubes, releases, failures, now: clock() })) {
    outcomes.push(await publish(dependencies, period, { provisional: isProvisional }))
  }
  // a stop after a season was marked and before its benchmark was stored
  await storeMissingBenchmarks(warehouse)
  return outcomes
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
 * facts ─▶ count all cubes ─▶ protect ─▶ attack ─┬─▶ write cells ─▶ read back by content ─▶ mark: readers see it
 *                                                └─▶ something recovered: marked as failed, without cells
 * ```
 * True numbers are in memory only. A stop anywhere leaves cells that nobody sees; the next release takes them away.
 */
async function publish(
  dependencies: PublisherDependencies,
  period: ReportingPeriod,
  { threshold = THRESHOLD_DEFAULT, provisional = false }: PublishOptions,
): Promise<PublishOutcome> {
  const { warehouse, clock, attack = auditRelease, onStep = () => undefined } = dependencies
  if (!(threshold >= THRESHOLD_MIN)) throw new PublishRefusal(`The threshold is ${THRESHOLD_MIN} at least, not ${threshold}`)
  if (!provisional && !isClosedPeriod(period, clock())) throw new PublishRefusal(`${period.key} is not over yet`)
  const cubes = provisional
    ? dependencies.cubes.filter(({ periods, publishesPeople }) => publishesPeople && periods.includes(period.kind))
    : cubesReady(dependencies.cubes, period, clock())
  if (cubes.length === 0) throw new PublishRefusal(`No cube has cells for ${period.key} yet`)
  const store = createReleaseStore(warehouse)
  await store.removeUnfinished()
  await onStep('begun')
  await dependencies.buildFacts(period)
  await onStep('facts')
  const releases = await publishedReleases(warehouse)
  const inForce = releaseInForce(releases, period, provisional)
  const earlier = inForce && (await earlierRelease(warehouse, inForce, provisional))
  const table = await countCells(warehouse, { ...dependencies, cubes, period, earlier })
  await onStep('counted')
  const regions = await regionsOf(warehouse)
  const made = makeRelease(table, { period, regions, threshold })
  await onStep('protected')
  const report = attack(asAttacked(made, { period, regions, threshold }))
  await onStep('audited')
  const outcome = await write(store, made, { dependencies, period, threshold, provisional, report, onStep })
  // the one that was in force until now may still be on somebody's page
  const outdated = releases.filter((old) => old.provisional && old.period === period.key && old.release !== inForce?.release)
  for (const { release } of outdated) await store.removeCells(release)
  return outcome
}

/** The release of the period that is in force; its values may have to stand. */
function releaseInForce(releases: readonly Release[], period: ReportingPeriod, provisional: boolean): Release | undefined {
  const last = validRelease(releases, period.key)
  if (provisional && last && !last.provisional) throw new PublishRefusal(`${period.key} has its final release already`)
  return last
}

interface WriteOptions {
  readonly dependencies: PublisherDependencies
  readonly period: ReportingPeriod
  readonly threshold: number
  readonly provisional: boolean
  readonly report: AuditReport
  readonly onStep: (step: PublishStep) => void | Promise<void>
}

async function write(store: ReleaseStore, made: MadeRelease, options: WriteOptions): Promise<PublishOutcome> {
  const { dependencies, period, threshold, provisional, report, onStep } = options
  const { audit } = made.protected
  const isSafe = audit.failures.length === 0 && report.recovered.length === 0
  const release = await store.nextNumber()
  let content: ReleaseContent = { rows: 0, hash: 0n }
  if (isSafe) {
    content = await store.writeCells(release, period, publishedRows(made))
    await store.writeProtecting(release, protectingCells(made))
    await onStep('written')
    const stored = await store.content(release)
    if (stored.rows !== content.rows || stored.hash !== content.hash) {
      await store.removeCells(release)
      throw new Error(`Release ${release} reads back as ${stored.rows} other rows than the ${content.rows} that were written`)
    }
    await onStep('read-back')
  }
  const state = isSafe ? 'PUBLISHED' : 'FAILED'
  await store.mark({
    release,
    publishedAt: dependencies.clock(),
    state,
    isProvisional: provisional,
    period,
    threshold,
    cubes: made.table.cubes.map(({ id }) => id),
    cells: made.cells,
    withheld: made.withheld,
    // numbers only: whoever may read figures may read this
    audit: JSON.stringify({ ...audit, failures: audit.failures.length, recovered: report.counts }),
    content,
  })
  await onStep('marked')
  if (isSafe && !provisional && period.kind === 'SEASON') await storeMissingBenchmarks(dependencies.warehouse)
  const { cells, withheld } = made
  return { state, release, period: period.key, cells, withheld, secondary: audit.secondary, kept: audit.kept, content, report }
}

/** The true numbers are those of now: where some came late, the published ones say less than they did, never more. */
async function audit(dependencies: PublisherDependencies, release: Release): Promise<AuditReport> {
  const { warehouse, cubes } = dependencies
  const period = parseReportingPeriod(release.period)
  if (!period) throw new PublishRefusal(`${release.period} is no period`)
  await dependencies.buildFacts(period)
  const released = cubes.filter(({ id }) => release.cubes.includes(id))
  const earlierCells = await earlierRelease(warehouse, release, true)
  const table = await countCells(warehouse, { ...dependencies, cubes: released, period, earlier: earlierCells })
  const { earlier, ...cells } = cellsOfTable(table, period)
  const figures = new Figures(cells)
  const { threshold } = release
  const relations = relationsOf({ table, cells, figures, regions: await regionsOf(warehouse), threshold })
  const published = Float64Array.from({ length: figures.count }, (_, figure) => {
    const isOpen = earlier?.states[figures.cellOf(figure)] === EARLIER.open
    return isOpen && !isSilent(cells, figure) ? (earlier?.values[figure] ?? Number.NaN) : Number.NaN
  })
  const report = auditRelease({ table, cells, figures, relations, threshold, published, isFresh: false })
  const content = await createReleaseStore(warehouse).content(release.release)
  const isIntact = content.rows === release.contentRows && String(content.hash) === release.contentHash
  return { ...report, isIntact }
}
