import type { PipelineDependencies } from './dependencies.ts'
import { untilReady } from './redis/connections.ts'
import { RunningPipeline } from './running-pipeline.ts'
import type { PipelineStatus } from './status.ts'

/** Redis must answer within this time at start; afterwards it is waited for without end. */
const START_TIMEOUT_MS = 10_000

export interface StopOptions {
  /** Seal and load everything first, for at most this long. 0 (the default): stop at once. */
  readonly drainMs?: number
}

export interface Pipeline {
  /** Figures of at most half a second ago. */
  status(): PipelineStatus
  /** Figures of now. */
  refreshStatus(): Promise<PipelineStatus>
  /** Seals, archives and loads all that stands in the journal now. False when that did not succeed in time. */
  drain(timeoutMs: number): Promise<boolean>
  /** Orderly; the same again waits for the first. What could not be finished is done after the next start. */
  stop(options?: StopOptions): Promise<void>
}

/**
 * Starts to seal, archive, load and look after the journal. Resolves when all of it runs.
 * @throws when Redis does not answer or a folder cannot be written; nothing runs then.
 */
export async function startPipeline(dependencies: PipelineDependencies): Promise<Pipeline> {
  const { connect } = dependencies
  const connections = { lane: connect('lane'), producer: connect('producer'), worker: connect('worker') }
  const pipeline = new RunningPipeline(dependencies, connections)
  try {
    await Promise.all(Object.values(connections).map((redis) => untilReady(redis, START_TIMEOUT_MS)))
    await pipeline.start()
    return pipeline
  } catch (error) {
    for (const redis of Object.values(connections)) redis.disconnect()
    throw error
  }
}
