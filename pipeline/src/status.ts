import type { DeadLetterCounts } from './dead-letters/dead-letters.ts'
import type { QueueCounts } from './jobs/queues.ts'
import type { JobFigures } from './observe.ts'

export interface LaneStatus {
  readonly lane: number
  /** Records that are not in the warehouse yet. */
  readonly journalLength: number
  /** Age of the oldest of them in ms; 0 when there is none. */
  readonly oldestUnloadedAgeMs: number
  /** Positions up to which the journal is frozen, and is in the warehouse. */
  readonly sealed: string
  readonly loaded: string
  readonly sealedRange: number
  readonly archivedRange: number
  readonly loadedRange: number
  /** Frozen ranges that are not loaded. */
  readonly openRanges: number
  /** Epoch ms: everything committed before it is in the warehouse. */
  readonly freshUntil: number
  /** Code of what keeps the lane from being sealed or loaded; undefined when all is well. */
  readonly sealProblem: string | undefined
  readonly loadProblem: string | undefined
}

export interface PipelineStatus {
  /** Epoch ms at which this was read. */
  readonly at: number
  readonly lanes: readonly LaneStatus[]
  readonly queues: Readonly<Record<string, QueueCounts>>
  readonly jobs: Readonly<Record<string, JobFigures>>
  readonly deadLetters: DeadLetterCounts
  readonly freeBytes: number | undefined
  readonly freeBytesMin: number
  /** Why nothing is being loaded on purpose: `free-space`, `verification`; undefined while loading may go on. */
  readonly waitsFor: string | undefined
  /** Rows loaded per second, over the last seconds. */
  readonly loadRowsPerSecond: number
  /** Epoch ms: the lowest of the lanes. */
  readonly freshUntil: number
  /** Work waits and nothing is consumed. */
  readonly stalled: boolean
  /** Code of the last failure to read this; the figures are then those of `at`. */
  readonly problem: string | undefined
}

/** Length of the window over which the rate of loading is measured. */
const RATE_WINDOW_MS = 5_000

/** Rate over a sliding window, from samples of a counter that only grows. */
export class RateMeter {
  #samples: { at: number; total: number }[] = []

  sample(at: number, total: number): void {
    this.#samples.push({ at, total })
    this.#samples = this.#samples.filter((sample) => sample.at > at - RATE_WINDOW_MS)
  }

  perSecond(): number {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (!first || !last || last.at <= first.at) return 0
    return Math.round(((last.total - first.total) * 1_000) / (last.at - first.at))
  }
}
