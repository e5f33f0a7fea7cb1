import type { Visitor } from '../scenarios/cast.ts'
import { type BatchDoor, type Scan, tellScans } from './batch-door.ts'
import type { DrillStage } from './drill.ts'

const LINES = 2_500
/** Under way: the API takes four at a time, and one place stays for others. */
const AT_ONCE = 3
const SPAN_MS = 18 * 3_600_000

/** So many scans of devices that were offline, as fast as they are taken: each is a record. */
export async function sendBacklog(stage: DrillStage, records: number): Promise<void> {
  const { installation, hand } = stage
  const { door, answers, visitors } = hand
  const batchDoor: BatchDoor = { api: installation.api, door, answers }
  const now = Date.now()
  let next = 0
  const work = async () => {
    while (next < records) {
      const from = next
      next = Math.min(records, next + LINES)
      const scans = Array.from({ length: next - from }, (_, index) => scanOf(from + index, { visitors, now, records }))
      await tellScans(batchDoor, scans, `backlog-${now}-${from}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

function scanOf(
  index: number,
  { visitors, now, records }: { readonly visitors: readonly Visitor[]; readonly now: number; readonly records: number },
): Scan {
  const scannedAt = new Date(now - SPAN_MS + Math.floor((index / records) * SPAN_MS)).toISOString()
  return { nonce: `b${now}-${index}`, scannedAt, uitpasNumber: visitors[index % visitors.length]?.uitpasNumber ?? '' }
}
