import type { IdKey } from '@zuil/core'
import type { Warehouse } from '@zuil/warehouse'
import type { Archive } from '../archive/archive.ts'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import { noFault } from '../fault.ts'
import { LOAD_RANGES_MAX, LOAD_ROWS_MAX } from '../load/load-batch.ts'
import { poisonReason } from '../load/poison-reason.ts'
import { storeBatch } from '../load/store-batch.ts'
import { type Expectations, expectRanges } from '../verify/expectations.ts'
import { batchOf, type Difference, findDifferences, VERIFY_RANGES_MAX } from '../verify/verify-lane.ts'

export interface RebuildDependencies {
  readonly archive: Archive
  readonly deadLetters: DeadLetters
  /** Migrated; nothing else writes to it meanwhile. */
  readonly warehouse: Warehouse
  readonly idKey: IdKey
  readonly onProgress?: (progress: RebuildProgress) => void
  /** Ends the rebuild after the batch that is under way. */
  readonly signal?: AbortSignal
}

export interface RebuildProgress {
  readonly lane: number
  /** Ranges of all lanes that are done, and that there are. */
  readonly rangesDone: number
  readonly ranges: number
  /** Rows that had to be loaded. */
  readonly rows: number
}

export interface RebuildResult {
  readonly ranges: number
  readonly rows: number
  /** False when the signal ended it. */
  readonly isComplete: boolean
}

/**
 * Makes the warehouse hold what the archive says. Ranges that are there already, by content, are passed over: a rebuild that was
 * interrupted goes on where it was, and one of a whole warehouse is a check.
 * @throws {SegmentError} {ManifestError} when the archive is damaged, and what the warehouse throws.
 */
export async function rebuildWarehouse(dependencies: RebuildDependencies): Promise<RebuildResult> {
  const { archive, onProgress = () => undefined, signal } = dependencies
  const lanes = await archive.lanes()
  let ranges = 0
  for (const lane of lanes) ranges += await archive.lastRange(lane)
  let rangesDone = 0
  let rows = 0
  for (const lane of lanes) {
    const end = await archive.lastRange(lane)
    const expectations = await expectRanges(dependencies, { lane, first: 1, upTo: end })
    for (let first = 1; first <= end; first += VERIFY_RANGES_MAX) {
      const last = Math.min(end, first + VERIFY_RANGES_MAX - 1)
      const missing = await findDifferences(dependencies.warehouse, expectations, { lane, first, last })
      for (const part of inBatches(lane, await rowsOfRanges(missing, expectations))) {
        if (signal?.aborted) return { ranges: rangesDone, rows, isComplete: false }
        rows += await loadPart(dependencies, expectations, part, missing)
        onProgress({ lane, rangesDone: rangesDone + part.last - first + 1, ranges, rows })
      }
      rangesDone += last - first + 1
      onProgress({ lane, rangesDone, ranges, rows })
    }
  }
  return { ranges, rows, isComplete: true }
}

interface Part {
  readonly lane: number
  readonly first: number
  readonly last: number
}

async function rowsOfRanges(missing: readonly Difference[], expectations: Expectations): Promise<Map<number, number>> {
  const rows = new Map<number, number>()
  for (const { range } of missing) {
    if (rows.has(range)) continue
    let count = 0
    for (const content of (await expectations.content(range)).values()) count += content.rows
    rows.set(range, count)
  }
  return rows
}

/** Neighbouring ranges together, up to the size of an insert. */
function inBatches(lane: number, rowsOf: ReadonlyMap<number, number>): Part[] {
  const parts: Part[] = []
  let part: { lane: number; first: number; last: number } | undefined
  let rows = 0
  for (const [range, count] of rowsOf) {
    if (part && range === part.last + 1 && rows + count <= LOAD_ROWS_MAX && range - part.first < LOAD_RANGES_MAX) {
      part.last = range
      rows += count
    } else {
      part = { lane, first: range, last: range }
      rows = count
      parts.push(part)
    }
  }
  return parts
}

async function loadPart(
  { warehouse }: RebuildDependencies,
  expectations: Expectations,
  part: Part,
  missing: readonly Difference[],
): Promise<number> {
  for (const { lane, range, table, actualRows } of missing) {
    const isInPart = range >= part.first && range <= part.last
    // what stands there beside the right rows would stay
    if (isInPart && actualRows > 0) await warehouse.removeRange(table, { lane, range })
  }
  const batch = await batchOf(expectations, part)
  const refused = await storeBatch(batch, { warehouse, poisonReason, fault: noFault })
  if (refused.length > 0)
    throw new Error(`Ranges ${part.first} to ${part.last} of lane ${part.lane} have rows that the warehouse refuses now`)
  return batch.rows
}
