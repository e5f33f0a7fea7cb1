import type { Guard } from '../guard.ts'
import { periodKey } from './redis-keys.ts'

/**
 * What an entry takes of counters in another lane than its own, until it is known how its commit ended. Stands in the
 * `reserved` hash of that other lane under an id of its own. See docs/decisions/0011.
 */
export interface Reservation {
  /** Epoch ms, by the clock of the Redis that holds it. */
  readonly at: number
  /** Where the commit leaves its mark. */
  readonly mark: CommitMark
  readonly counters: readonly ReservedCounter[]
}

/**
 * A field in the entry's own lane that says how the commit ended: {@link MARK_COMMITTED}, {@link MARK_ABANDONED}, or not there
 * while nobody knows. Whoever writes it first decides.
 */
export interface CommitMark {
  readonly lane: number
  readonly key: string
  readonly field: string
  /** Epoch ms; once it is gone nobody can tell any more. */
  readonly expiresAt: number
}

/** Written by the guard of the commit itself. */
export const MARK_COMMITTED = '1'
/** Written by whoever gives a reservation back that was not committed in time: a later commit fails on it. */
export const MARK_ABANDONED = '2'

export interface ReservedCounter {
  readonly key: string
  readonly field: string
  /** Added already; subtracted when it is released. */
  readonly taken: number
  /** Added when it is settled. */
  readonly later: number
  /** Epoch ms; 0 for a counter that never expires. */
  readonly expiresAt: number
}

const DAY_MS = 86_400_000
/** Longer than any outage that one would sit out. */
const MARK_DAYS = 7

/** The guard of a commit that leaves the mark: it holds once, and not after the reservation was abandoned. */
export function markGuard(id: string, owner: number, now: number): MarkGuard {
  const day = Math.floor(now / DAY_MS)
  const period = `reserved-${new Date(day * DAY_MS).toISOString().slice(0, 10)}`
  return { counter: `reservation/${id}`, owner, period, add: 1, atMost: 1, expiresAt: (day + 1 + MARK_DAYS) * DAY_MS }
}

export interface MarkGuard extends Guard {
  readonly expiresAt: number
}

export function markOf({ counter, owner, period, expiresAt }: MarkGuard, lane: number): CommitMark {
  return { lane, key: periodKey(lane, period, counter), field: String(owner), expiresAt }
}

/** As reserve.lua stores it behind its clock and a space. */
export function encodeReservation({ mark, counters }: Omit<Reservation, 'at'>): string {
  const all = counters.map(({ key, field, taken, later, expiresAt }) => [key, field, taken, later, expiresAt])
  return JSON.stringify([mark.lane, mark.key, mark.field, mark.expiresAt, ...all])
}

/** Undefined when the text is none. */
export function decodeReservation(text: string): Reservation | undefined {
  const space = text.indexOf(' ')
  const parts = arrayIn(text.slice(space + 1))
  const at = Number(text.slice(0, Math.max(space, 0)))
  if (!parts || !(at > 0)) return undefined
  const [lane, key, field, expiresAt, ...all] = parts
  if (typeof lane !== 'number' || typeof key !== 'string' || typeof field !== 'string' || typeof expiresAt !== 'number') {
    return undefined
  }
  const counters = all.map(reservedCounter)
  if (!counters.every((counter) => counter !== undefined)) return undefined
  return { at, mark: { lane, key, field, expiresAt }, counters }
}

function reservedCounter(part: unknown): ReservedCounter | undefined {
  if (!Array.isArray(part)) return undefined
  const [key, field, taken, later, expiresAt]: unknown[] = part
  if (typeof key !== 'string' || typeof field !== 'string') return undefined
  if (typeof taken !== 'number' || typeof later !== 'number' || typeof expiresAt !== 'number') return undefined
  return { key, field, taken, later, expiresAt }
}

function arrayIn(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
