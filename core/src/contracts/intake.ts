/**
 * What ingest counts of its own answers, in Redis, for the page of who runs the platform: how long they took, and what was refused
 * because the warehouse was behind. Counts of an hour share a hash; nothing in them is about a person.
 */

const HOUR_MS = 3_600_000
/** Hours that are looked back on. */
export const INTAKE_HOURS = 24
/** An hour's hash outlives the last look at it. */
export const INTAKE_KEPT_SECONDS = ((INTAKE_HOURS + 2) * HOUR_MS) / 1_000

/** Doors of the API that are timed apart: what people wait for at a door first. */
export const ANSWER_GROUPS = [
  'checkins',
  'kiosk-checkins',
  'self-checkins',
  'tariffs',
  'ticket-sales',
  'redemptions',
  'batches',
  'reads',
  'registry',
  'others',
] as const
export type AnswerGroup = (typeof ANSWER_GROUPS)[number]

/** Upper ends of the classes that answer times are counted in, ms; the last class is everything above. */
export const ANSWER_BOUNDS_MS = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 2_000, 5_000, 10_000]

/** Below a tenth of a second nobody feels that they wait; one of the bounds. */
export const ANSWER_TARGET_MS = 100

/** What is refused when the journal runs ahead of the warehouse: everything new, or only what can wait. */
export const REFUSED_KINDS = ['live', 'imports'] as const
export type RefusedKind = (typeof REFUSED_KINDS)[number]

/** Which bound was passed; `registry` and `ledger`: that part takes no work by itself. */
export const REFUSED_CAUSES = ['records', 'bytes', 'age', 'memory', 'registry', 'ledger'] as const
export type RefusedCause = (typeof REFUSED_CAUSES)[number]

/** Hash of an hour (hours since 1970): fields of {@link answerField} and {@link refusedField}, and how often. */
export function intakeKey(hour: number): string {
  return `zuil:{intake}:${hour}`
}

export function hourOf(epochMs: number): number {
  return Math.floor(epochMs / HOUR_MS)
}

/** @param place of the class among {@link ANSWER_BOUNDS_MS}; one more is above all of them */
export function answerField(group: AnswerGroup, place: number): string {
  return `answers:${group}:${place}`
}

export function refusedField(kind: RefusedKind, cause: RefusedCause): string {
  return `refused:${kind}:${cause}`
}

/** Place of the class that a time falls in. */
export function answerClass(ms: number): number {
  let place = 0
  // From the start: most answers take a few milliseconds.
  while (place < ANSWER_BOUNDS_MS.length && ms > (ANSWER_BOUNDS_MS[place] ?? 0)) place++
  return place
}

/** How often something was refused, and by which bound. */
export interface RefusedCount {
  readonly kind: RefusedKind
  readonly cause: RefusedCause
  readonly count: number
}

/** How often a door answered within each class of time. */
export interface AnswerTimes {
  readonly group: AnswerGroup
  /** One more than there are bounds. */
  readonly counts: readonly number[]
}
