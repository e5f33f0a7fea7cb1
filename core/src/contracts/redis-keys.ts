import { DAY_MS } from '../brussels.ts'

/** Names of everything in Redis, so that a lane stays in one slot of a Redis Cluster. See docs/architecture.md. */

/**
 * Counters of 32 owners share one hash: small hashes are packed, so a counter costs some 20 bytes instead of 150, and are
 * searched from the start, so many more would cost time.
 */
export const OWNERS_PER_HASH = 32

export interface LaneKeys {
  /** Stream of committed records, in commit order; see contracts/journal-entry.ts. */
  readonly journal: string
  /** Number of records in the journal that are not in the warehouse yet. */
  readonly waiting: string
  /** Position (`ms-sequence`) up to which the journal is frozen into ranges. */
  readonly sealed: string
  /** Number of the last frozen range; 0 before the first. */
  readonly range: string
  /** Hash: number of a frozen range that is not loaded yet → JSON of {@link SealedRange}. */
  readonly ranges: string
  /** Position up to which everything is in the warehouse: the watermark. */
  readonly loaded: string
  /** Number of the last loaded range. */
  readonly loadedRange: string
  /** Counter of registry changes in this lane. */
  readonly registryVersion: string
  /** Sorted set: entity → registry version of its last change; the latest {@link CHANGED_ENTITIES_MAX} only. */
  readonly changed: string
  /** Stream of encrypted registry changes, trimmed once they stand in the registry log. */
  readonly registry: string
  /** Hash: holder number → JSON of the holder's projection (no names, cards by keyed hash). */
  readonly holders: string
  /** Hash: holder number → encrypted identity. */
  readonly identities: string
  /** Prefix of the guard counters' hashes; see {@link counterKey}. */
  readonly counters: string
  /** Hash: id → what an entry of another lane takes of counters in this one; see contracts/reservation.ts. */
  readonly reserved: string
  /** Prefix of the hashes of answers kept by request key; see {@link answersKey}. */
  readonly answers: string
}

/** Position `ms-sequence` or `0-0`; from and to are inclusive. */
export interface SealedRange {
  readonly from: string
  readonly to: string
  readonly count: number
  /** Epoch ms. */
  readonly sealedAt: number
}

export const CHANGED_ENTITIES_MAX = 10_000

/** Bound on lanes: more than the shards anyone would run, and it fits the byte that transaction ids have for it. */
export const LANES_MAX = 256

export function laneKeys(lane: number): LaneKeys {
  KEYS_OF_LANES[lane] ??= namesOf(`zuil:{${lane}}:`)
  return KEYS_OF_LANES[lane]
}

/** Made once: every counter of every item asks for them. */
const KEYS_OF_LANES: LaneKeys[] = []

function namesOf(prefix: string): LaneKeys {
  return {
    journal: `${prefix}journal`,
    waiting: `${prefix}waiting`,
    sealed: `${prefix}sealed`,
    range: `${prefix}range`,
    ranges: `${prefix}ranges`,
    loaded: `${prefix}loaded`,
    loadedRange: `${prefix}loaded-range`,
    registryVersion: `${prefix}registry-version`,
    changed: `${prefix}changed`,
    registry: `${prefix}registry`,
    holders: `${prefix}holders`,
    identities: `${prefix}identities`,
    counters: `${prefix}n:`,
    reserved: `${prefix}reserved`,
    answers: `${prefix}answers:`,
  }
}

/** Entities that are not holders (events, organizers, kiosks …) stand in lane 0: hash id → JSON. */
export function entityKey(kind: string): string {
  return `zuil:{0}:entities:${kind}`
}

/** Set: keys of accounts that have, or once had, a role; '' says that none is missing. There may be as many accounts as passholders. */
export const ROLE_HOLDERS_KEY = 'zuil:{0}:role-holders'

/** Dense numbers of a kind: hash id → number, and the last number given under the field ''. */
export function numbersKey(kind: string): string {
  return `zuil:{registry}:numbers:${kind}`
}

/** Something that the built-in issuer keeps for minutes while somebody signs in. In one slot, so that one call reads two. */
export function tokenKey(model: string, hash: string): string {
  return `zuil:{tokens}:${model}:${hash}`
}

/** Hash and field of a guard's counter. */
export function counterKey(lane: number, period: string, owner: number): string {
  return `${counterPrefix(lane, period)}${counterBucket(owner)}`
}

/** What the names of a period's hashes begin with; behind it stands the bucket. */
export function counterPrefix(lane: number, period: string): string {
  return `${laneKeys(lane).counters}${period}:`
}

/** Owners of one bucket share a hash for each period. */
export function counterBucket(owner: number): number {
  return Math.floor(owner / OWNERS_PER_HASH)
}

export function counterField(counter: string, owner: number): string {
  return counterFieldPrefix(owner) + counter
}

/** What the field of an owner's counter begins with; behind it stands the counter. */
export function counterFieldPrefix(owner: number): string {
  return FIELD_PREFIXES[owner % OWNERS_PER_HASH] ?? ''
}

/** Made once: a text for every counter of every item would be garbage. */
const FIELD_PREFIXES: readonly string[] = Array.from({ length: OWNERS_PER_HASH }, (_, place) => `${place}:`)

/**
 * Hash of the answers to requests that came on one day (days since 1970, UTC) and whose ids end alike; a field is an id. The last
 * character of 128 bits in base64url stands for two of them, so there are four. The hash expires as a whole when the next day is over,
 * which takes less time and room than a key for each request.
 */
export function answersKey(lane: number, day: number, requestId: string): string {
  return `${laneKeys(lane).answers}${day}:${requestId.slice(-1)}`
}

/** Epoch ms at which the answers of a day expire: found today and tomorrow, they are kept for 24 hours at least. */
export function answersExpireAt(day: number): number {
  return (day + 2) * DAY_MS + CLOCK_SET_BACK_MS
}

/** Days whose hashes may hold the answer to a request that comes now. */
export function answerDays(now: number): readonly number[] {
  const today = Math.floor(now / DAY_MS)
  return now % DAY_MS >= DAY_MS - CLOCK_SET_BACK_MS ? [today, today - 1, today + 1] : [today, today - 1]
}

/** How far the clock of Redis may be set back without an answer being overlooked. */
const CLOCK_SET_BACK_MS = 3_600_000

/** How keys and records are written; another number means that another version of Zuil cannot read them. */
export const REDIS_FORMAT = 3
/** Holds {@link REDIS_FORMAT}. */
export const FORMAT_KEY = 'zuil:format'

/** Lane of a holder. The number of lanes of an installation never changes. */
export function laneOf(owner: number, lanes: number): number {
  return owner % lanes
}
