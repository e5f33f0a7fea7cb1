import { DAY_MS } from './brussels.ts'
import { OFFLINE_DAYS_MAX } from './checkin-rules.ts'
import type { Guard } from './guard.ts'
import type { Position, Proposal } from './ledger.ts'
import { PERIOD_TYPES, type PeriodType, periodBucket } from './period.ts'
import { formatPosition } from './position.ts'
import { DEFAULT_PROGRAMME } from './programme.ts'
import type { Exchange, Take, Transaction } from './transaction.ts'

/** Units of a reward that were given out; the owner is the reward. */
export const STOCK_COUNTER = 'stock'

/** Whose counter is taken of, and the mark before its name that says so. */
const OWNER_MARKS = { HOLDER: '', REWARD: '~', EVENT: '@' } as const
export type TakeOwner = keyof typeof OWNER_MARKS

/** The balance of a holder: one for each programme. */
export function pointsCounter(programme: string): string {
  return programme === DEFAULT_PROGRAMME ? 'points' : `points/${programme}`
}

/** Adds to the balance; without bound, so that points that were spent can be taken back. */
export function pointsGuard({ holder, programme, points }: Pick<Transaction, 'holder' | 'programme' | 'points'>): Guard {
  return { counter: pointsCounter(programme), owner: holder, period: '', add: points }
}

/** One unit of a counter in the calendar bucket of `instant` (epoch ms); bounds are for the caller to add. */
export function periodGuard(counter: string, owner: number, { period, instant }: PeriodInstant): Guard {
  const bucket = periodBucket(period, instant)
  if (bucket.endsAt === undefined) return { counter, owner, period: bucket.key, add: 1 }
  // Kept for as long as a device may come with a fact of the period.
  return { counter, owner, period: bucket.key, add: 1, expiresAt: bucket.endsAt + OFFLINE_DAYS_MAX * DAY_MS }
}

export interface PeriodInstant {
  readonly period: PeriodType
  readonly instant: number
}

/** How a transaction keeps that it took one unit of a counter, and whose. */
export function takeOf(counter: string, period: PeriodType, owner: TakeOwner = 'HOLDER'): Take {
  return `${OWNER_MARKS[owner]}${counter} ${period}`
}

export interface TakenCounter {
  readonly counter: string
  readonly period: PeriodType
  readonly owner: TakeOwner
}

/** @throws {TypeError} when the text is none that {@link takeOf} makes. */
export function parseTake(take: string): TakenCounter {
  const [name = '', text, ...more] = take.split(' ')
  const period = PERIOD_TYPES.find((known) => known === text)
  const owner = MARKED_OWNERS.find((marked) => name.startsWith(OWNER_MARKS[marked])) ?? 'HOLDER'
  const counter = name.slice(OWNER_MARKS[owner].length)
  if (!period || counter === '' || more.length > 0) throw new TypeError(`Not a counter that was taken of: ${take}`)
  return { counter, period, owner }
}

const MARKED_OWNERS = ['REWARD', 'EVENT'] as const satisfies readonly TakeOwner[]

/** Counts check-ins of a holder at an event. */
export function checkinCounter(eventNumber: number): string {
  return `checkins/${eventNumber}`
}

/** What says which counters a transaction took of. */
export type CountedTransaction = Pick<
  Transaction,
  'kind' | 'programme' | 'occurredAt' | 'holder' | 'eventNumber' | 'points' | 'limitPeriod' | 'flags'
> & { readonly exchange?: Pick<Exchange, 'rewardNumber' | 'takes'> }

/** What a stored transaction adds to the counters, without bounds: for rebuilding them. Flagged facts add nothing. */
export function countersOf(transaction: CountedTransaction): readonly Guard[] {
  if (transaction.flags.length > 0) return []
  const { kind, limitPeriod, exchange } = transaction
  const counters: Guard[] = kind === 'CHECKIN' || transaction.points !== 0 ? [pointsGuard(transaction)] : []
  if (limitPeriod !== '') {
    const place = { period: limitPeriod, instant: transaction.occurredAt }
    counters.push(periodGuard(checkinCounter(transaction.eventNumber), transaction.holder, place))
  }
  for (const take of exchange?.takes ?? []) counters.push(takenGuard(take, transaction))
  return counters
}

/** The guard of one unit that a transaction took, without bound. */
export function takenGuard(
  take: Take,
  transaction: Pick<CountedTransaction, 'holder' | 'eventNumber' | 'occurredAt' | 'exchange'>,
): Guard {
  const { counter, period, owner } = parseTake(take)
  return periodGuard(counter, ownerNumber(owner, transaction), { period, instant: transaction.occurredAt })
}

function ownerNumber(
  owner: TakeOwner,
  { holder, eventNumber, exchange }: Pick<CountedTransaction, 'holder' | 'eventNumber' | 'exchange'>,
): number {
  switch (owner) {
    case 'HOLDER':
      return holder
    case 'REWARD':
      return exchange?.rewardNumber ?? 0
    case 'EVENT':
      return eventNumber
  }
}

/** The counter that says that the transaction at a position is void, for rebuilding it. */
export function voidCounter(position: Position, holder: number): Guard {
  // Positions of two lanes may be the same, and records of a holder may stand in several.
  return { counter: `voided/${position.lane}.${formatPosition(position)}`, owner: holder, period: '', add: 1 }
}

/**
 * Takes a transaction back: points, limits, quota and stock are given back (the balance may fall below zero when the points
 * were spent already), once. The last guard fails when it is void already: for the caller it no longer exists.
 */
export function voidTransaction(position: Position, transaction: Transaction): Proposal {
  const returned = countersOf(transaction).map((guard) => ({ ...guard, add: 0 - guard.add }))
  return {
    guards: [...returned, { ...voidCounter(position, transaction.holder), atMost: 1 }],
    record: { kind: 'void', position: formatPosition(position), transaction },
  }
}
