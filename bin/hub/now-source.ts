import type { NowSource } from '@zuil/dashboard/server'
import type { PipelineStatus } from '@zuil/pipeline'
import { nowFigures, type Warehouse } from '@zuil/warehouse'

export interface NowSourceOptions {
  readonly warehouse: Warehouse
  readonly status: () => PipelineStatus
  /** Epoch ms. */
  readonly clock: () => number
}

/** The page "Nu" on the real parts: figures from the warehouse, completeness from the pipeline. */
export function nowSource({ warehouse, status, clock }: NowSourceOptions): NowSource {
  return {
    figures: () => nowFigures(warehouse, clock()),
    status() {
      const { freshUntil, lanes } = status()
      return { completeUntil: freshUntil, waiting: lanes.reduce((sum, lane) => sum + lane.journalLength, 0) }
    },
  }
}
