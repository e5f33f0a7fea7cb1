import { checkinCounter, periodGuard, pointsGuard } from './counters.ts'
import type { PeriodLimit } from './event.ts'
import type { Guard } from './guard.ts'
import type { Transaction } from './transaction.ts'

/**
 * Guards of a check-in: first the balance (so the first value after the commit is the new balance), then the limit of
 * the event, if there is one.
 */
export function guardsOfCheckin(transaction: Transaction, limit: PeriodLimit | undefined): readonly Guard[] {
  const points = pointsGuard(transaction)
  if (!limit) return [points]
  const { eventNumber, holder, occurredAt } = transaction
  const place = { period: limit.period, instant: occurredAt }
  const { counter, owner, period, add, expiresAt } = periodGuard(checkinCounter(eventNumber), holder, place)
  // Written out: this runs for every check-in, and spreading costs more than it.
  const taken = { counter, owner, period, add, atMost: limit.volume }
  return [points, expiresAt === undefined ? taken : { counter, owner, period, add, atMost: limit.volume, expiresAt }]
}
