import type { Archive } from '../archive/archive.ts'
import type { LaneStore } from '../redis/lane-store.ts'
import type { Processor } from '../registry.ts'
import type { Queues } from './queues.ts'

/**
 * The reconciler: freezing a range and adding its job are two steps, and jobs get lost. A lane that has something to load
 * gets a job for its lowest open range when that has none that will run.
 */
export function wakeLanes(
  dependencies: { store: Pick<LaneStore, 'positions'>; archive: Pick<Archive, 'lastRange'>; queues: Pick<Queues, 'ensure'> },
  lanes: number,
): Processor {
  const { store, archive, queues } = dependencies
  return async () => {
    for (let lane = 0; lane < lanes; lane++) {
      const { loadedRange } = await store.positions(lane)
      if (loadedRange < (await archive.lastRange(lane))) await queues.ensure(lane, loadedRange + 1)
    }
  }
}
