import type { AnswerTimes, RefusedCount, RefusedKind } from '@zuil/core/contracts/intake'
import type { FigureRow, InstalledKiosk, Measure, MeasureQuestion, OperationsFigures } from '@zuil/warehouse'

/** Where the page "Beheer" gets its figures from, and *Werkruimte* its kiosks. The composition root implements it; tests write one by hand. */
export interface OperationsSource {
  /** How the pipeline stands. Answers from memory. */
  pipeline(): PipelineFacts
  /** What comes in, and how far that is from its bounds; undefined while Redis does not answer. */
  intake(): Promise<IntakeFacts | undefined>
  /** Names of API clients by their id; those that are not known are absent. */
  clientNames(): Promise<ReadonlyMap<string, string>>
  /** Loads, devices and releases of the last weeks. */
  figures(): Promise<OperationsFigures>
  /** Kiosks of the registry, with when each was heard of last. */
  kiosks(): Promise<readonly InstalledKiosk[]>
  /** A measure as it is, of places that were checked. Asked for measures that are about no person only. */
  counts(measure: Measure, question: MeasureQuestion): Promise<readonly FigureRow[]>
}

/** How far the journal runs ahead of the warehouse, or may. */
export interface JournalState {
  /** Records that are not in the warehouse yet. */
  readonly records: number
  /** What the journals take of Redis' memory. */
  readonly bytes: number
  /** Age of the oldest record that waits. */
  readonly oldestMs: number
  /** Share of Redis' memory in use. */
  readonly memory: number
}

export interface IntakeFacts {
  readonly load: JournalState
  /** Above these new work is refused; `imports` can wait, and is refused sooner. */
  readonly bounds: Readonly<Record<RefusedKind, JournalState>>
  /** Of the last 24 hours. */
  readonly answers: readonly AnswerTimes[]
  readonly refused: readonly RefusedCount[]
}

export interface PipelineFacts {
  /** Epoch ms at which this was read. */
  readonly at: number
  /** Epoch ms: everything accepted before it is in the warehouse. */
  readonly freshUntil: number
  /** Journal records that are not in the warehouse yet. */
  readonly waiting: number
  /** Rows loaded per second, over the last seconds. */
  readonly rowsPerSecond: number
  /** Undefined when it could not be read. */
  readonly freeBytes: number | undefined
  /** Codes of what keeps work from being done. */
  readonly problems: readonly string[]
  readonly queues: readonly QueueFacts[]
  readonly deadLetters: { readonly waiting: number; readonly replayed: number }
}

export interface QueueFacts {
  readonly name: string
  readonly waiting: number
  readonly active: number
  readonly delayed: number
  readonly failed: number
}
