import type { PipelineDependencies } from './dependencies.ts'
import type { Pipeline } from './pipeline-interface.ts'
import { untilReady } from './redis/connections.ts'
import { RunningPipeline } from './running-pipeline.ts'

/** Redis must answer within this time at start; afterwards it is waited for without end. */
const START_TIMEOUT_MS = 10_000

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
    await pipeline.stop()
    throw error
  }
}
