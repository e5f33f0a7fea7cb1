import { parentPort } from 'node:worker_threads'
import type { OrganizerSale } from '@zuil/warehouse'
import type { FileOrder } from './financial-report-file.ts'
import { type FinancialReportFacts, financialReportTables } from './financial-report-tables.ts'
import { financialReportZip } from './financial-report-zip.ts'

const sales: OrganizerSale[] = []

parentPort?.on('message', (order: FileOrder) => {
  if ('sales' in order) sales.push(...order.sales)
  // what goes wrong ends the thread, which whoever started it hears
  else void written(order.facts).then((file) => parentPort?.postMessage(file))
})

async function written(facts: FinancialReportFacts): Promise<Buffer> {
  return await financialReportZip(financialReportTables(sales, facts))
}
