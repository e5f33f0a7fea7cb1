import { LedgerError } from './ledger-error.ts'

/**
 * Codes that Redis puts in front of an error (RESP: the first word is the kind of error) while it cannot take work for
 * reasons that pass: loading, busy, no memory, disk trouble, a fail-over. None of them leaves half a script behind.
 */
const PASSING: ReadonlySet<string> = new Set([
  'OOM',
  'LOADING',
  'BUSY',
  'MISCONF',
  'READONLY',
  'MASTERDOWN',
  'NOREPLICAS',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'UNKILLABLE',
  'NOAUTH',
  'NOPERM',
])

/** The code of an error that Redis answered, undefined when the error is about the connection. */
export function redisErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return undefined
  return error.message.split(' ', 1)[0]
}

/** Turns what a call to Redis rejected with into a coded error. */
export function ledgerErrorOf(cause: unknown): LedgerError {
  if (cause instanceof LedgerError) return cause
  const code = redisErrorCode(cause)
  if (code === undefined) {
    return new LedgerError('unavailable', 'Redis did not answer; try again with the same Idempotency-Key', { cause })
  }
  if (PASSING.has(code))
    return new LedgerError('unavailable', `Redis takes no work now (${code})`, { retryAfterSeconds: 2, cause })
  return new LedgerError('unhealthy', `A script failed in Redis (${code}); run zuil reconcile before going on`, { cause })
}
