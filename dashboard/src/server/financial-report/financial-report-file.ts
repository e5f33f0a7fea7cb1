import type { OrganizerSale } from '@zuil/warehouse'
import { writtenInThread } from '../formats/file-thread.ts'
import type { FinancialReportFacts } from './financial-report-tables.ts'

/** What the thread is given one after the other: sales, and at the end what they are of. */
export type FileOrder = { readonly sales: readonly OrganizerSale[] } | { readonly facts: FinancialReportFacts }

/** Sales that are handed over at once: some ten milliseconds of this thread's time. */
const HANDED_OVER = 2_000

/** The file of a report: a zip of workbooks, written in a thread of its own, because 25,000 sales take seconds. */
export async function financialReportFile(sales: readonly OrganizerSale[], facts: FinancialReportFacts): Promise<Buffer> {
  return await writtenInThread(new URL('financial-report-worker.ts', import.meta.url), ordersOf(sales, facts))
}

function* ordersOf(sales: readonly OrganizerSale[], facts: FinancialReportFacts): Generator<FileOrder> {
  for (let from = 0; from < sales.length; from += HANDED_OVER) yield { sales: sales.slice(from, from + HANDED_OVER) }
  yield { facts }
}
