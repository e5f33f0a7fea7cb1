import type { OperationsSource, PipelineFacts } from '@zuil/dashboard/server'
import type { PipelineStatus } from '@zuil/pipeline'
import { exactMeasure, operationsFigures, type Warehouse } from '@zuil/warehouse'
import { pipelineHealth } from './public-app.ts'

export interface OperationsSourceOptions {
  readonly warehouse: Pick<Warehouse, 'query'>
  readonly status: () => PipelineStatus
  /** Epoch ms. */
  readonly clock: () => number
}

/** The page "Beheer" on the real parts: loads and releases from the warehouse, the rest from the pipeline. */
export function operationsSource({ warehouse, status, clock }: OperationsSourceOptions): OperationsSource {
  return {
    figures: () => operationsFigures(warehouse, clock()),
    counts: (measure, question) => exactMeasure(warehouse, measure, { ...question, now: clock() }),
    pipeline: () => factsOf(status()),
  }
}

function factsOf(status: PipelineStatus): PipelineFacts {
  const { problems, waiting } = pipelineHealth(status)
  const { at, freshUntil, loadRowsPerSecond: rowsPerSecond, freeBytes, deadLetters } = status
  const queues = Object.entries(status.queues).map(([name, { waiting: queued, active, delayed, failed }]) => ({
    name,
    waiting: queued,
    active,
    delayed,
    failed,
  }))
  return { at, freshUntil, waiting, rowsPerSecond, freeBytes, problems, queues, deadLetters }
}
