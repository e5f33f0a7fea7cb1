import type { Population } from '../../population/population.ts'
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

/** Number of the first check-in; each number is another pair of holder and event, so no limit is met twice. */
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

export interface LoadResult {
  readonly seconds: number
  readonly requests: number
  /** Check-ins that were accepted: one for each 201, or the items of a batch that were. */
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
