/** Why the ledger cannot take work; callers answer by the code, never by the text. */
export const LEDGER_ERROR_CODES = [
  /** The waiting queue is full: nothing was journalled. 503 with `Retry-After`. */
  'overloaded',
  /** Redis is away, loading, out of memory, or its answer did not come: it may be journalled. 503 with `Retry-After`. */
  'unavailable',
  /** The commit script failed or the state in Redis is not what it must be. The process takes no more work. 503. */
  'unhealthy',
] as const
export type LedgerErrorCode = (typeof LEDGER_ERROR_CODES)[number]

export interface LedgerErrorDetails {
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}

export class LedgerError extends Error {
  override readonly name = 'LedgerError'
  readonly code: LedgerErrorCode
  /** For the `Retry-After` header. */
  readonly retryAfterSeconds: number

  constructor(code: LedgerErrorCode, message: string, details: LedgerErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.retryAfterSeconds = details.retryAfterSeconds ?? 1
  }
}
