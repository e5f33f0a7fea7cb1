import { DAY_MS } from './brussels.ts'
import { OFFLINE_DAYS_MAX } from './checkin-rules.ts'
import type { PeriodLimit } from './event.ts'
import type { Guard } from './guard.ts'
import type { Position, Proposal } from './ledger.ts'
import { type PeriodType, periodBucket } from './period.ts'
import { formatPosition } from './position.ts'
import type { Transaction } from './transaction.ts'

/** The balance of a holder. */
export const POINTS_COUNTER = 'points'

/**
 * Guards of a check-in: first the balance (so the first value after the commit is the new balance), then the limit of
 * the event, if there is one.
 */
export function guardsOfCheckin(transaction: Transaction, limit: PeriodLimit | undefined): readonly Guard[] {
  const points = pointsGuard(transaction.holder, transaction.points)
  return limit ? [points, { ...limitGuard(transaction, limit.period, 1), atMost: limit.volume }] : [points]
}

/** What a stored transaction adds to the counters, without bounds: for rebuilding them. Flagged facts add nothing. */
export function countersOf(transaction: Transaction): readonly Guard[] {
  if (transaction.flags.length > 0) return []
  const points = pointsGuard(transaction.holder, transaction.points)
  return transaction.limitPeriod === '' ? [points] : [points, limitGuard(transaction, transaction.limitPeriod, 1)]
}

/** The counter that says that the transaction at a position is void, for rebuilding it. */
export function voidCounter(position: Position, holder: number): Guard {
  return { counter: `voided/${formatPosition(position)}`, owner: holder, period: '', add: 1 }
}

/**
 * Takes a check-in back: points and limit are given back (the balance may fall below zero when the points were spent
 * already), once. The last guard fails when the check-in is void already: for the caller it no longer exists.
 */
export function voidCheckin(position: Position, transaction: Transaction): Proposal {
  const returned = countersOf(transaction).map((guard) => ({ ...guard, add: 0 - guard.add }))
  return {
    guards: [...returned, { ...voidCounter(position, transaction.holder), atMost: 1 }],
    record: { kind: 'void', position: formatPosition(position), transaction },
  }
}

function pointsGuard(holder: number, add: number): Guard {
  return { counter: POINTS_COUNTER, owner: holder, period: '', add }
}

function limitGuard({ holder, eventNumber, occurredAt }: Transaction, period: PeriodType, add: number): Guard {
  const bucket = periodBucket(period, occurredAt)
  const guard = { counter: `checkins/${eventNumber}`, owner: holder, period: bucket.key, add }
  // Kept for as long as a device may come with a fact of the period.
  return bucket.endsAt === undefined ? guard : { ...guard, expiresAt: bucket.endsAt + OFFLINE_DAYS_MAX * DAY_MS }
}
