import type { CleanStop } from '../maintain/clean-stop.ts'
import type { LaneStore } from '../redis/lane-store.ts'
import type { Processor } from '../registry.ts'

/**
 * Everything that was loaded before is on disk for good: after an unclean stop only what came later is verified.
 * `barrier` forces the volume of an embedded warehouse to disk.
 */
export function checkpoint(
  dependencies: {
    store: Pick<LaneStore, 'positions'>
    cleanStop: CleanStop
    barrier: () => Promise<void>
    mayNot: () => boolean
  },
  lanes: number,
): Processor {
  const { store, cleanStop, barrier, mayNot } = dependencies
  return async () => {
    // what an earlier run left is not verified yet: its checkpoint stays
    if (mayNot()) return
    const loaded = new Map<number, number>()
    for (let lane = 0; lane < lanes; lane++) loaded.set(lane, (await store.positions(lane)).loadedRange)
    await barrier()
    await cleanStop.setCheckpoint(loaded)
  }
}
