import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { OrganizerSale } from '@zuil/warehouse'
import type { FinancialReportFacts } from './financial-report-tables.ts'

/** What the thread is given one after the other: sales, and at the end what they are of. */
export type FileOrder = { readonly sales: readonly OrganizerSale[] } | { readonly facts: FinancialReportFacts }

/** Sales that are handed over at once: some ten milliseconds of this thread's time. */
const HANDED_OVER = 2_000

/**
 * The file of a report: a zip of workbooks, written in a thread of its own. 25,000 sales take seconds, and the hub answers everybody
 * meanwhile.
 */
export async function financialReportFile(sales: readonly OrganizerSale[], facts: FinancialReportFacts): Promise<Buffer> {
  // options of this process, such as an inspector's port, are not for its threads
  const worker = new Worker(new URL('financial-report-worker.ts', import.meta.url), { execArgv: [] })
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  worker.once('message', resolve).once('error', reject)
  worker.once('exit', () => reject(new Error('The thread of a financial report ended')))
  try {
    for (let from = 0; from < sales.length; from += HANDED_OVER) {
      worker.postMessage({ sales: sales.slice(from, from + HANDED_OVER) } satisfies FileOrder)
      await turn()
    }
    worker.postMessage({ facts } satisfies FileOrder)
    const { buffer, byteOffset, byteLength } = await promise
    return Buffer.from(buffer, byteOffset, byteLength)
  } finally {
    promise.catch(() => undefined) // its end is no failure once the file is there
    await worker.terminate()
  }
}
