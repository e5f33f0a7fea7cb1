import type { Warehouse } from '@zuil/warehouse'
import type { Log } from '../log.ts'

/** Free space below which nothing is loaded: a full disk makes the embedded engine acknowledge rows that it did not write. */
export const FREE_BYTES_MIN = 2 * 1024 ** 3

/** A merge may need room for its result beside its sources; the largest partition is the largest merge. */
const LARGEST_TABLE_FACTOR = 2

/** Loading goes on only when there is this much more than the limit, so that it does not flutter. */
const RESUME_FACTOR = 1.1

export interface SpaceState {
  /** Undefined before the first look, or when looking failed. */
  readonly freeBytes: number | undefined
  /** Loading stops below this. */
  readonly limitBytes: number
  readonly loadingStopped: boolean
  readonly mergesStopped: boolean
}

export interface SpaceGuard {
  /** Looks and acts. @throws what the warehouse throws; the state then stays as it was. */
  check(): Promise<void>
  state(): SpaceState
}

export function createSpaceGuard(
  warehouse: Pick<Warehouse, 'freeBytes' | 'largestPartitionBytes' | 'stopMerges' | 'startMerges'>,
  options: { freeBytesMin: number; log: Log },
): SpaceGuard {
  let state: SpaceState = { freeBytes: undefined, limitBytes: options.freeBytesMin, loadingStopped: false, mergesStopped: false }

  async function check(): Promise<void> {
    const [freeBytes, largest] = await Promise.all([warehouse.freeBytes(), warehouse.largestPartitionBytes()])
    const limitBytes = Math.max(options.freeBytesMin, LARGEST_TABLE_FACTOR * largest)
    const loadingStopped = freeBytes < limitBytes * (state.loadingStopped ? RESUME_FACTOR : 1)
    const mergesStopped = freeBytes < (limitBytes / 2) * (state.mergesStopped ? RESUME_FACTOR : 1)
    if (mergesStopped && !state.mergesStopped) await warehouse.stopMerges()
    if (!mergesStopped && state.mergesStopped) await warehouse.startMerges()
    const facts = { freeBytes, limitBytes, loadingStopped, mergesStopped }
    if (loadingStopped !== state.loadingStopped || mergesStopped !== state.mergesStopped) {
      if (loadingStopped) options.log.error(facts, 'Too little free space: loading stopped; accepted work waits in the archive')
      else options.log.info(facts, 'Enough free space: loading goes on')
    }
    state = facts
  }

  return { check, state: () => state }
}
