import type { Archive } from '../archive/archive.ts'
import type { Processor } from '../registry.ts'

/** Nothing takes an hour to write: an unfinished file of that age is the rest of a crash. */
const UNFINISHED_KEPT_MS = 3_600_000

export function expire(archive: Pick<Archive, 'removeUnfinished'>, clock: () => number): Processor {
  return async () => {
    await archive.removeUnfinished(clock() - UNFINISHED_KEPT_MS)
  }
}
