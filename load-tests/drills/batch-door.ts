import { setTimeout as pause } from 'node:timers/promises'
import type { CastDoor } from '../scenarios/cast.ts'
import type { AnswerBook } from '../verdict/answer-book.ts'

/** One scan of a device that was offline, as a line of `POST /batches`. */
export interface Scan {
  readonly nonce: string
  /** As the device's clock had it. */
  readonly scannedAt: string
  readonly uitpasNumber: string
}

/** What became of a scan: the receipt of its record, or the code of the problem. */
export interface ScanAnswer {
  readonly nonce: string
  readonly isStored: boolean
  readonly detail: string
}

/** Of our own API, whose contract this is (core/src/contracts/http-batch.ts). */
interface BatchResult {
  readonly nonce: string
  readonly result: 'accepted' | 'flagged' | 'refused' | 'replayed'
  readonly receipt?: string
  readonly problem?: { readonly type?: string }
}

/** A device asks for as long as a drill may keep it waiting. */
const ATTEMPTS_MAX = 200
const AGAIN_MS = 500
const ANSWER_WITHIN_MS = 60_000

export interface BatchDoor {
  readonly api: string
  readonly door: CastDoor
  /** Where what was accepted is written down, as the devices of k6 do. */
  readonly answers: AnswerBook
}

/** Tells what a kiosk saw, and asks again until somebody answers; answers stand in the order of the lines. */
export async function tellScans(
  { api, door, answers }: BatchDoor,
  scans: readonly Scan[],
  key: string,
): Promise<readonly ScanAnswer[]> {
  const body = scans.map((scan) => `${JSON.stringify({ ...scan, eventId: door.eventId })}\n`).join('')
  const headers = {
    'x-custom-token': door.deviceId,
    'content-type': 'application/x-ndjson',
    accept: 'application/x-ndjson',
    'idempotency-key': key,
  }
  for (let attempt = 1; ; attempt++) {
    const at = Date.now()
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
    const response = await fetch(`${api}/batches`, { method: 'POST', headers, body, signal }).catch(() => undefined)
    const text = await response?.text().catch(() => undefined)
    if (response?.status === 200 && text !== undefined) {
      const told = text.trimEnd().split('\n').map(answerOf)
      const receipts = told.flatMap(({ isStored, detail }) => (isStored ? [detail] : []))
      const line = { at, ms: Date.now() - at, endpoint: 'device-batches', status: 200, detail: receipts.join(',') }
      answers.add({ ...line, outcome: receipts.length === 0 ? 'read' : 'accepted' })
      return told
    }
    const status = response?.status ?? 0
    if (attempt === ATTEMPTS_MAX || (status >= 400 && status < 500 && status !== 429))
      throw new Error(`POST /batches answered ${status}: ${text?.slice(0, 500)}`)
    await pause(AGAIN_MS)
  }
}

function answerOf(line: string): ScanAnswer {
  // our own API, whose contract this is
  const { nonce, result, receipt = '', problem } = JSON.parse(line) as BatchResult
  return { nonce, isStored: result !== 'refused', detail: result === 'refused' ? (problem?.type ?? '') : receipt }
}
