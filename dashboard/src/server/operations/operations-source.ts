import type { FigureRow, Measure, MeasureQuestion, OperationsFigures } from '@zuil/warehouse'

/** Where the page "Beheer" gets its figures from. The composition root implements it; tests write one by hand. */
export interface OperationsSource {
  /** How the pipeline stands. Answers from memory. */
  pipeline(): PipelineFacts
  /** Loads, devices and releases of the last weeks. */
  figures(): Promise<OperationsFigures>
  /** A measure as it is, of places that were checked. Asked for measures that are about no person only. */
  counts(measure: Measure, question: MeasureQuestion): Promise<readonly FigureRow[]>
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
