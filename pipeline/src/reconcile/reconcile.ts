import type { IdKey } from '@zuil/core'
import type { Warehouse } from '@zuil/warehouse'
import type { Redis } from 'ioredis'
import type { Archive } from '../archive/archive.ts'
import { pause } from '../backoff.ts'
import type { DeadLetterCounts, DeadLetters } from '../dead-letters/dead-letters.ts'
import { problemOf } from '../problem.ts'
import { createLaneStore, type LaneStore } from '../redis/lane-store.ts'
import { checkArchive } from './check-archive.ts'
import { checkCounters } from './check-counters.ts'
import { checkPositions } from './check-positions.ts'
import { checkWarehouse } from './check-warehouse.ts'
import type { Finding, ReconcileCheck } from './finding.ts'

/** A finding of the moment (a range that is being loaded) is gone at the second look. */
const LOOKS_MAX = 4
const LOOK_AGAIN_MS = 500

export interface ReconcileDependencies {
  readonly redis: Redis
  readonly archive: Archive
  readonly deadLetters: DeadLetters
  readonly warehouse: Warehouse
  readonly idKey: IdKey
  readonly lanes: number
  readonly clock: () => number
  readonly onProgress?: (progress: { readonly check: ReconcileCheck; readonly lane: number; readonly done: number }) => void
}

export interface ReconcileReport {
  /** True when everything agrees. */
  readonly ok: boolean
  readonly findings: readonly Finding[]
  /** Ranges of all lanes whose segment and content were compared. */
  readonly ranges: number
  /** What waits here is not expected in the warehouse, and counted with what stands there. */
  readonly deadLetters: DeadLetterCounts
}

/**
 * Compares journal, archive, warehouse and counters by content. May run while work goes on. Only reads.
 * @throws when Redis or the warehouse is away; what is damaged is a finding.
 */
export async function reconcile(dependencies: ReconcileDependencies): Promise<ReconcileReport> {
  const { archive, redis, lanes, onProgress = () => undefined } = dependencies
  const store = createLaneStore(redis)
  const findings: Finding[] = []
  let ranges = 0
  for (let lane = 0; lane < lanes; lane++) {
    let done = 0
    findings.push(...(await checkArchive(archive, lane, () => onProgress({ check: 'archive', lane, done: ++done }))))
    ranges += done
    onProgress({ check: 'positions', lane, done: 0 })
    findings.push(...(await lasting(() => lanePositions(dependencies, store, lane))))
    onProgress({ check: 'warehouse', lane, done: 0 })
    findings.push(...(await lasting(() => laneWarehouse(dependencies, store, lane))))
  }
  onProgress({ check: 'counters', lane: 0, done: 0 })
  findings.push(...(await checkCounters({ ...dependencies, store })))
  return { ok: findings.length === 0, findings, ranges, deadLetters: await dependencies.deadLetters.counts() }
}

async function lasting(check: () => Promise<Finding[]>): Promise<Finding[]> {
  let findings = await check()
  for (let looks = 1; findings.length > 0 && looks < LOOKS_MAX; looks++) {
    await pause(LOOK_AGAIN_MS, new AbortController().signal)
    const again = await check()
    const known = new Set(findings.map((finding) => `${finding.range} ${finding.detail}`))
    findings = again.filter((finding) => known.has(`${finding.range} ${finding.detail}`))
  }
  return findings
}

async function lanePositions({ archive }: ReconcileDependencies, store: LaneStore, lane: number): Promise<Finding[]> {
  const positions = await store.positions(lane)
  await archive.refresh(lane)
  return await checkPositions(store, archive, { lane, positions, archivedRange: await archive.lastRange(lane) })
}

async function laneWarehouse(dependencies: ReconcileDependencies, store: LaneStore, lane: number): Promise<Finding[]> {
  const { loadedRange } = await store.positions(lane)
  // At each look: a range that came since the last one would else seem to be missing from the archive for ever.
  await dependencies.archive.refresh(lane)
  const archivedRange = await dependencies.archive.lastRange(lane)
  try {
    return await checkWarehouse(dependencies, lane, { loadedRange, archivedRange })
  } catch (error) {
    const problem = problemOf(error)
    if (!/^(SegmentError|ManifestError|SystemError|Error)/.test(problem)) throw error
    return [{ check: 'warehouse', lane, range: 0, detail: `cannot be compared with a damaged archive: ${problem}` }]
  }
}
