import type { NowSource } from '@zuil/dashboard/server'
import type { PipelineStatus } from '@zuil/pipeline'
import { nowFigures, type Warehouse } from '@zuil/warehouse'
import { BUSY_ROWS_PER_SECOND } from './standing-back.ts'

export interface NowSourceOptions {
  readonly warehouse: Warehouse
  readonly status: () => Pick<PipelineStatus, 'freshUntil' | 'lanes' | 'loadRowsPerSecond'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** A check-in that waits for longer than this to be loaded is part of a backlog. */
const BACKLOG_MS = 2_000

/** The page "Nu" on the real parts: figures from the warehouse, completeness from the pipeline. */
export function nowSource({ warehouse, status, clock }: NowSourceOptions): NowSource {
  return {
    figures: () => nowFigures(warehouse, clock()),
    status() {
      const { freshUntil, lanes } = status()
      return { completeUntil: freshUntil, waiting: lanes.reduce((sum, lane) => sum + lane.journalLength, 0) }
    },
    isBusy() {
      const { lanes, loadRowsPerSecond } = status()
      return loadRowsPerSecond >= BUSY_ROWS_PER_SECOND || lanes.some((lane) => lane.oldestUnloadedAgeMs > BACKLOG_MS)
    },
  }
}
