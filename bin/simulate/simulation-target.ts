import type { HistoryDay } from '@zuil/load-tests/population/history/history'

/** Where a history is told to. */
export interface SimulationTarget {
  /** Days in their order. */
  write(day: HistoryDay): Promise<void>
  finish(): Promise<void>
  /** Called instead of finish when something failed: what was written does not look finished. */
  discard(): Promise<void>
}
