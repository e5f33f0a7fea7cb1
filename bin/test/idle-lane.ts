import type { LaneStatus } from '@zuil/pipeline'

/** A lane in which nothing waits. */
export const IDLE_LANE: LaneStatus = {
  lane: 0,
  journalLength: 0,
  oldestUnloadedAgeMs: 0,
  sealed: '0-0',
  loaded: '0-0',
  sealedRange: 0,
  archivedRange: 0,
  loadedRange: 0,
  openRanges: 0,
  freshUntil: 0,
  sealProblem: undefined,
  loadProblem: undefined,
}
