import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'

/**
 * The bytes that a thread of its own answers with, once it was given its orders one after the other: the hub answers everybody meanwhile,
 * also between two orders. What goes wrong in it ends it.
 */
export async function writtenInThread(file: URL, orders: Iterable<object>): Promise<Buffer> {
  // options of this process, such as an inspector's port, are not for its threads
  const worker = new Worker(file, { execArgv: [] })
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  worker.once('message', resolve).once('error', reject)
  worker.once('exit', () => reject(new Error('The thread of a file ended')))
  try {
    for (const order of orders) {
      worker.postMessage(order)
      await turn()
    }
    const { buffer, byteOffset, byteLength } = await promise
    return Buffer.from(buffer, byteOffset, byteLength)
  } finally {
    promise.catch(() => undefined) // its end is no failure once the file is there
    await worker.terminate()
  }
}
