import type { IdKey } from '@zuil/core'
import { TABLE_NAMES, type Warehouse, WarehouseError } from '@zuil/warehouse'
import type { Archive } from '../archive/archive.ts'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import { noFault } from '../fault.ts'
import type { PoisonReason } from '../load/insert.ts'
import { survivingRanges } from '../load/load-warehouse.ts'
import type { Log } from '../log.ts'
import type { Checkpoint } from '../maintain/clean-stop.ts'
import type { LaneStore } from '../redis/lane-store.ts'
import { type Expectations, expectRanges } from './expectations.ts'
import { type Difference, findDifferences, repairRange } from './verify-lane.ts'

export interface VerificationDependencies {
  readonly store: Pick<LaneStore, 'positions'>
  readonly archive: Archive
  readonly deadLetters: DeadLetters
  readonly warehouse: Warehouse
  readonly idKey: IdKey
  readonly poisonReason: PoisonReason
  readonly log: Log
}

export interface Verification {
  readonly ranges: number
  readonly repaired: number
}

/**
 * After a crash: whatever was loaded since the last checkpoint is compared with the archive by content; ranges that differ are loaded
 * anew. A power cut can take parts that the engine called stored, or damage them: then they are set aside, and all ranges are compared.
 * @throws what Redis, the archive or the warehouse throws.
 */
export async function verifyAfterUncleanStop(
  dependencies: VerificationDependencies,
  checkpoint: Checkpoint,
  lanes: number,
): Promise<Verification> {
  try {
    return await verifyLanes(dependencies, checkpoint, lanes)
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.kind !== 'bug' || !(await setDamagedAside(dependencies))) throw error
    return await verifyLanes(dependencies, new Map(), lanes)
  }
}

/** Whether there was anything to set aside. */
async function setDamagedAside({ warehouse, log }: VerificationDependencies): Promise<boolean> {
  let parts = 0
  for (const table of TABLE_NAMES) {
    for (const { part, reason } of await warehouse.setDamagedAside(table)) {
      log.warn({ table, part, reason }, 'A damaged part was set aside; its ranges are loaded anew')
      parts += 1
    }
  }
  return parts > 0
}

async function verifyLanes(dependencies: VerificationDependencies, checkpoint: Checkpoint, lanes: number): Promise<Verification> {
  let ranges = 0
  let repaired = 0
  for (let lane = 0; lane < lanes; lane++) {
    const { loadedRange } = await dependencies.store.positions(lane)
    const first = Math.min(checkpoint.get(lane) ?? 0, loadedRange) + 1
    if (first > loadedRange) continue
    ranges += loadedRange - first + 1
    repaired += await verifyLane(dependencies, { lane, first, last: loadedRange })
  }
  dependencies.log.info({ ranges, repaired }, 'Verified what was loaded before the unclean stop')
  return { ranges, repaired }
}

async function verifyLane(
  dependencies: VerificationDependencies,
  span: { lane: number; first: number; last: number },
): Promise<number> {
  const { archive, warehouse, log } = dependencies
  const { lane, first, last } = span
  const expectations = await expectRanges(dependencies, { lane, first, upTo: last })
  const found = await findDifferences(warehouse, expectations, span)
  if (found.length === 0) return 0
  // ranges that were inserted but not marked as loaded are in the warehouse too, and their voids have their effect
  const beyond = await expectRanges(dependencies, { lane, first, upTo: await archive.lastRange(lane) })
  let repaired = 0
  for (const difference of found) {
    const { range, table } = difference
    if ((await findDifferences(warehouse, beyond, { lane, first: range, last: range })).length === 0) continue
    log.warn({ lane, range, table }, 'A range was not stored whole before the unclean stop and is loaded anew')
    await repair(dependencies, [expectations, beyond], difference)
    repaired += 1
  }
  return repaired
}

/** Two things may be right: see {@link verifyLane}. The one that takes more voids into account is tried last. */
async function repair(
  dependencies: VerificationDependencies,
  [expectations, beyond]: readonly [Expectations, Expectations],
  difference: Difference,
): Promise<void> {
  const { warehouse, poisonReason } = dependencies
  const store = { warehouse: survivingRanges(warehouse), poisonReason, fault: noFault }
  try {
    await repairRange(warehouse, expectations, difference, store)
  } catch (error) {
    dependencies.log.warn(
      { lane: difference.lane, range: difference.range, error: String(error) },
      'Loading a range anew did not succeed at once',
    )
    await repairRange(warehouse, beyond, difference, store)
  }
}
