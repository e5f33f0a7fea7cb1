import { Worker } from 'node:worker_threads'
import type { ReleaseOrder, ReleaseWork } from './release-work.ts'

/**
 * Memory of the thread for objects, MB: those of the largest level while it is read. Cells stand in packed arrays outside of it. A
 * release that needs more fails alone; whoever loads and serves beside it does not.
 */
const OBJECTS_MB_MAX = 768

/** The calls that are made of a release's work. */
export type WorkName = keyof ReleaseWork

/** A {@link ReleaseWork} that somebody else carries out. */
export interface RunningWork {
  call<Name extends WorkName>(name: Name, ...values: Parameters<ReleaseWork[Name]>): Promise<ReturnType<ReleaseWork[Name]>>
  /** Ends at once, also in the middle of something; what was called rejects. */
  end(): Promise<void>
}

/** From here to the thread. */
export interface WorkCall {
  readonly name: WorkName
  readonly values: readonly unknown[]
}

/** From the thread to here, in the order of the calls. */
export type WorkAnswer = { readonly result: unknown } | { readonly error: Error }

/** The thread ended before it answered. */
export class ReleaseThreadEnded extends Error {
  override readonly name = 'ReleaseThreadEnded'
}

/** Starts a thread for a release: seconds of work that whoever loads and serves must not wait for. */
export function startReleaseThread(order: ReleaseOrder): RunningWork {
  const worker = new Worker(new URL('release-worker.ts', import.meta.url), {
    workerData: order,
    // options of this process, such as an inspector's port, are not for its threads
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: OBJECTS_MB_MAX },
  })
  const waiting: PromiseWithResolvers<unknown>[] = []
  let ended: Error | undefined
  const endWith = (error: Error) => {
    ended ??= error
    for (const { reject } of waiting.splice(0)) reject(ended)
  }
  worker.on('message', (answer: WorkAnswer) => {
    const next = waiting.shift()
    if ('error' in answer) next?.reject(answer.error)
    else next?.resolve(answer.result)
  })
  worker.on('error', endWith)
  worker.on('exit', () => endWith(new ReleaseThreadEnded('The thread of the release ended')))
  return {
    async call<Name extends WorkName>(name: Name, ...values: Parameters<ReleaseWork[Name]>) {
      if (ended) throw ended
      const answer = Promise.withResolvers<unknown>()
      waiting.push(answer)
      worker.postMessage({ name, values } satisfies WorkCall)
      // the thread answers with what this method gives there
      return (await answer.promise) as ReturnType<ReleaseWork[Name]>
    },
    async end() {
      await worker.terminate()
    },
  }
}
