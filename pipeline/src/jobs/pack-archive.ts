import type { Archive } from '../archive/archive.ts'
import type { LaneStore } from '../redis/lane-store.ts'
import type { Processor } from '../registry.ts'

/** Keeps the number of files small: what is loaded is read again only when something has to be checked or rebuilt. */
export function packArchive(
  dependencies: { store: Pick<LaneStore, 'positions'>; archive: Pick<Archive, 'pack'> },
  lanes: number,
): Processor {
  const { store, archive } = dependencies
  return async () => {
    for (let lane = 0; lane < lanes; lane++) await archive.pack(lane, (await store.positions(lane)).loadedRange)
  }
}
