import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadAnswer } from '../thread.ts'
import type { WorkCall } from './release-thread.ts'
import { type ReleaseOrder, ReleaseWork } from './release-work.ts'

// A thread that works on one release; whoever started it ends it.
const work = new ReleaseWork(workerData as ReleaseOrder) // what startReleaseThread gave it

parentPort?.on('message', ({ name, values }: WorkCall) => {
  parentPort?.postMessage(answerTo(name, values))
})

function answerTo(name: WorkCall['name'], values: readonly unknown[]): ThreadAnswer {
  try {
    // the caller has the types of each method
    const method = work[name] as (...values: readonly unknown[]) => unknown
    return { result: method.apply(work, [...values]) }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
}
