import type { IntakeFacts, OperationsSource, PipelineFacts } from '@zuil/dashboard/server'
import { DEFAULT_LIMITS, type JournalReader, LedgerError, readClientNames, readIntakeCounts } from '@zuil/ingest'
import type { PipelineStatus } from '@zuil/pipeline'
import { exactMeasure, installedKiosks, operationsFigures, type Warehouse } from '@zuil/warehouse'
import type { Redis } from 'ioredis'
import { pipelineHealth } from './public-app.ts'

export interface OperationsSourceOptions {
  readonly warehouse: Pick<Warehouse, 'query'>
  readonly status: () => PipelineStatus
  /** For plain reads of what ingest counts. */
  readonly redis: Redis
  readonly journal: Pick<JournalReader, 'load'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** The page "Beheer" on the real parts: loads and releases from the warehouse, what comes in from Redis, the rest from the pipeline. */
export function operationsSource({ warehouse, status, redis, journal, clock }: OperationsSourceOptions): OperationsSource {
  return {
    figures: () => operationsFigures(warehouse, clock()),
    kiosks: () => installedKiosks(warehouse, clock()),
    counts: (measure, question) => exactMeasure(warehouse, measure, { ...question, now: clock() }),
    pipeline: () => factsOf(status()),
    intake: () => unlessRedisIsAway(() => intakeOf(redis, journal, clock())),
    clientNames: async () => (await unlessRedisIsAway(() => readClientNames(redis))) ?? new Map(),
  }
}

async function intakeOf(redis: Redis, journal: Pick<JournalReader, 'load'>, now: number): Promise<IntakeFacts> {
  const [counts, load] = await Promise.all([readIntakeCounts(redis, now), journal.load()])
  const { live, imports } = DEFAULT_LIMITS
  return { ...counts, load, bounds: { live, imports } }
}

/** The page is for the moment in which Redis is away, too. */
async function unlessRedisIsAway<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof LedgerError) return undefined
    throw error
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
