import { parentPort } from 'node:worker_threads'
import { reportWorkbook, type WorkbookOrder } from './report-workbook.ts'

// what goes wrong ends the thread, which whoever started it hears
parentPort?.on('message', (order: WorkbookOrder) => void written(order))

async function written(order: WorkbookOrder): Promise<void> {
  parentPort?.postMessage(await reportWorkbook(order))
}
