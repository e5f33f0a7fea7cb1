import type { Population } from '../population/population.ts'
import type { Target } from './connection.ts'

/** What the client process is asked to do; all bounds are in here. */
export interface LoadJob {
  readonly target: Target
  /** Bearer token. */
  readonly token: string
  readonly population: Population
  readonly request: RequestPlan
  readonly connections: number
  /** The load ends at whichever of the two comes first. */
  readonly durationMs: number
  readonly requestsMax: number
  /** Requests per second, whatever the answers do (open loop). Absent: each connection asks again at once (closed loop). */
  readonly rate?: number
  /** Follow the receipt of every n-th response until the warehouse has it (see freshness.ts). */
  readonly follow?: { readonly every: number; readonly redisPort: number }
}

/** What is asked. `first`: number of the first turn (turns.ts); each is another holder or another event or reward. */
export type RequestPlan =
  | {
      readonly kind: 'checkins'
      readonly first: number
      /** Value of the field `Prefer`. */
      readonly prefer?: string
      /** Each request with an `Idempotency-Key` of its own. */
      readonly isKeyed?: boolean
    }
  | { readonly kind: 'batches'; readonly first: number; readonly lines: number; readonly scannedAt: string }
  | { readonly kind: 'ticket-sales' | 'tariffs' | 'redemptions' | 'hot-reward'; readonly first: number }
export type RequestKind = RequestPlan['kind']

/** Turns that one request takes. */
export function turnsEach(plan: RequestPlan): number {
  return plan.kind === 'batches' ? plan.lines : 1
}

/**
 * What makes an answer an accepted one: its status, or, where the status says too little, each occurrence of a text in the
 * body. Tariffs must be there, not only an answer without any.
 */
export const ACCEPTED: Readonly<Record<RequestKind, { readonly status: number } | { readonly text: string }>> = {
  checkins: { status: 201 },
  batches: { text: '"status":201' },
  'ticket-sales': { status: 200 },
  tariffs: { text: '"id":"SOCIALTARIFF"' },
  redemptions: { status: 201 },
  'hot-reward': { status: 201 },
}

export interface LoadResult {
  readonly seconds: number
  readonly requests: number
  /** What was accepted (see {@link ACCEPTED}): requests, or the items of a batch. */
  readonly accepted: number
  readonly statuses: Readonly<Record<string, number>>
  /** Text of the first failed connection; absent when none failed. */
  readonly failure?: string
  /** Microseconds, from the moment a request was to be sent. */
  readonly latency: Percentiles
  /** Processor time of the client for one request, in microseconds. */
  readonly clientMicros: number
  /** Microseconds from the 201 until the watermark passed the receipt. */
  readonly freshness?: Percentiles
}

export interface Percentiles {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

const CONNECTIONS_MAX = 1_000
const DURATION_MAX_MS = 600_000
const REQUESTS_MAX = 50_000_000

/** @throws {RangeError} for a job without sensible bounds. */
export function checkJob(job: LoadJob): void {
  const within = (name: string, value: number, most: number) => {
    if (!(Number.isFinite(value) && value > 0 && value <= most))
      throw new RangeError(`${name} must be from 1 to ${most}, not ${value}`)
  }
  within('connections', job.connections, CONNECTIONS_MAX)
  within('durationMs', job.durationMs, DURATION_MAX_MS)
  within('requestsMax', job.requestsMax, REQUESTS_MAX)
}
