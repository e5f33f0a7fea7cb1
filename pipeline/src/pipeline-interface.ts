import type { PipelineStatus } from './status.ts'

/** Whoever pressed Ctrl-C waits this long at most; what is left is done after the next start. */
export const DRAIN_TIMEOUT_MS = 10_000

export interface StopOptions {
  /** Seal and load everything first, for at most {@link DRAIN_TIMEOUT_MS}; without it the pipeline stops at once. */
  readonly drain?: boolean
}

export interface Pipeline {
  /** Figures of at most half a second ago. */
  status(): PipelineStatus
  /** Figures of now. */
  refreshStatus(): Promise<PipelineStatus>
  /** Seals, archives and loads all that stands in the journal now. False when that did not succeed in time. */
  drain(timeoutMs: number): Promise<boolean>
  /** Has the papers made that are due; what cannot be woken now is woken by the scheduler. */
  wakePapers(): Promise<void>
  /** Orderly; the same again waits for the first. What could not be finished is done after the next start. */
  stop(options?: StopOptions): Promise<void>
}
