import { type Transferable, Worker, type WorkerOptions } from 'node:worker_threads'

/** From a thread to whoever started it, in the order of the calls. */
export type ThreadAnswer = { readonly result: unknown } | { readonly error: Error }

/** A thread that answers calls in their order; it does not keep the process alive by itself. */
export interface CalledThread {
  /** `given`: memory that the thread has from then on, and this one no more. */
  call(message: unknown, given?: readonly Transferable[]): Promise<unknown>
  /** Ends at once, also in the middle of something; what was called rejects. */
  end(): Promise<void>
}

/** @param ended what calls reject with when the thread ended before it answered. */
export function startThread(file: URL, options: WorkerOptions, ended: () => Error): CalledThread {
  // options of this process, such as an inspector's port, are not for its threads
  const worker = new Worker(file, { ...options, execArgv: [] })
  const waiting: PromiseWithResolvers<unknown>[] = []
  let failure: Error | undefined
  const endWith = (error: Error) => {
    failure ??= error
    for (const { reject } of waiting.splice(0)) reject(failure)
  }
  worker.unref()
  worker.on('message', (answer: ThreadAnswer) => {
    const next = waiting.shift()
    if (waiting.length === 0) worker.unref()
    if ('error' in answer) next?.reject(answer.error)
    else next?.resolve(answer.result)
  })
  worker.on('error', endWith)
  worker.on('exit', () => endWith(ended()))
  return {
    async call(message, given = []) {
      if (failure) throw failure
      const answer = Promise.withResolvers<unknown>()
      waiting.push(answer)
      worker.ref()
      worker.postMessage(message, given)
      return await answer.promise
    },
    async end() {
      await worker.terminate()
    },
  }
}
