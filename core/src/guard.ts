/**
 * A guard is the only thing in a decision that needs shared state, and it is generic: a bounded addition to a named
 * counter. Balance, limit per period, stock and quota are all guards, so the ledger that applies them knows no domain.
 */
export interface Guard {
  /** What is counted, e.g. `points` or `checkins/4711` (4711 is an event number). ASCII without spaces. */
  readonly counter: string
  /** Dense number of the one the counter belongs to: a holder, or (for stock) a reward. */
  readonly owner: number
  /** Calendar bucket, e.g. `2026-11-21`, `2026-W47`; empty for a counter that never starts again. */
  readonly period: string
  /** Signed integer to add, at most {@link GUARD_ADD_MAX} in size. 0 reads the counter. */
  readonly add: number
  /** The guard fails when the counter would rise above this. */
  readonly atMost?: number
  /** The guard fails when the counter would fall below this. */
  readonly atLeast?: number
  /** Epoch ms after which the counter may be forgotten; absent: never. All guards of one period agree on it. */
  readonly expiresAt?: number
}

/** Largest step of one guard: far above any number of points, far below what a double holds exactly. */
export const GUARD_ADD_MAX = 1_000_000

/** Guards that one proposal may carry: a check-in needs 2, an array of 100 ticket sales up to 6 each. */
export const GUARDS_MAX = 600

/** Whether the guard holds when its counter stands at `value`. */
export function guardHolds(guard: Guard, value: number): boolean {
  const next = value + guard.add
  return next <= (guard.atMost ?? Number.POSITIVE_INFINITY) && next >= (guard.atLeast ?? Number.NEGATIVE_INFINITY)
}

/** @throws {RangeError} when a guard is none that a decision makes; a ledger writes nothing then. */
export function checkGuards(guards: readonly Guard[]): void {
  if (guards.length > GUARDS_MAX) throw new RangeError(`An entry has at most ${GUARDS_MAX} guards`)
  for (const { counter, owner, add, atMost = 0, atLeast = 0, expiresAt = 0 } of guards) {
    const isStep = Number.isSafeInteger(add) && Math.abs(add) <= GUARD_ADD_MAX
    if (!isStep) throw new RangeError(`A guard on ${counter} cannot add ${add}`)
    const isOwner = Number.isSafeInteger(owner) && owner >= 0
    if (!isOwner) throw new RangeError(`The owner of ${counter} cannot be ${owner}`)
    const areBounds = Number.isSafeInteger(atMost) && Number.isSafeInteger(atLeast)
    if (!areBounds) throw new RangeError(`The bounds of ${counter} cannot be ${atLeast} and ${atMost}`)
    const isInstant = Number.isSafeInteger(expiresAt) && expiresAt >= 0
    if (!isInstant) throw new RangeError(`The counter ${counter} cannot expire at ${expiresAt}`)
  }
}
