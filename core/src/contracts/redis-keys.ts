import { DAY_MS } from '../brussels.ts'

/** Names of everything in Redis, so that a lane stays in one slot of a Redis Cluster. See docs/architecture.md. */

/**
 * 256 kB: a call for 512 holders of half a million reads and writes a dozen of them, and one that is hardly used wastes little. An array
 * has all of them from its beginning: Redis gives one that grows twice the room.
 */
export const BALANCES_PER_ARRAY = 32_768
/**
 * Counters without period of 32 owners share one hash: small hashes are packed, so a counter costs some 20 bytes instead of 150, and
 * are searched from the start, so many more would cost time.
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
  /** Prefix of the guard counters' hashes; see {@link counterPlace}. */
  readonly counters: string
  /** Prefix of the arrays of balances; see {@link counterPlace}. */
  readonly balances: string
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
    balances: `${prefix}b:`,
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

/** Where a counter stands. */
export interface CounterPlace {
  readonly lane: number
  readonly key: string
  /** Of a hash; or, of an array of balances, `#` and the place in it: what BITFIELD takes. */
  readonly field: string
}

/**
 * Where a counter stands, so that a call which counts for many touches few keys:
 *
 * - balances of {@link BALANCES_PER_ARRAY} holders in an array of 64-bit integers; one that is not there is 0;
 * - counters of one name in one period, of all owners, in a hash that expires with the period: the check-ins at one event;
 * - what never expires otherwise in hashes of {@link OWNERS_PER_HASH} owners.
 */
export function counterPlace(lanes: number, { counter, owner, period }: Counted): CounterPlace {
  const lane = laneOf(owner, lanes)
  if (period !== '') return { lane, key: periodKey(lane, period, counter), field: String(owner) }
  if (isBalance(counter)) {
    return { lane, key: balancesKey(lane, counter, balancesArray(owner, lanes)), field: `#${placeInArray(owner, lanes)}` }
  }
  return { lane, key: ownersKey(lane, ownersHash(owner)), field: ownersField(counter, owner) }
}

/** A counter: which one, whose, and in which period. */
export interface Counted {
  readonly counter: string
  readonly owner: number
  /** Empty for one that never expires. */
  readonly period: string
}

/** How BITFIELD reads and writes a balance. */
export const BALANCE_TYPE = 'i64'

/** Whether a place is one in an array of balances. */
export function isBalanceField(field: string): boolean {
  return field.startsWith('#')
}

/** Whether a counter without period is the balance of a programme. */
export function isBalance(counter: string): boolean {
  return counter === BALANCE || counter.startsWith(BALANCE_OF_PROGRAMME)
}

const BALANCE = 'points'
const BALANCE_OF_PROGRAMME = 'points/'

/** Hash of a counter in a period; a field is an owner. */
export function periodKey(lane: number, period: string, counter: string): string {
  return `${laneKeys(lane).counters}${period}:${counter}`
}

/** Array of balances. */
export function balancesKey(lane: number, counter: string, array: number): string {
  return `${laneKeys(lane).balances}${counter}:${array}`
}

/** Number of the array that holds an owner's balance: owners of a lane stand in it without gaps. */
export function balancesArray(owner: number, lanes: number): number {
  return Math.floor(Math.floor(owner / lanes) / BALANCES_PER_ARRAY)
}

/** Place of an owner's balance in its array. */
export function placeInArray(owner: number, lanes: number): number {
  return Math.floor(owner / lanes) % BALANCES_PER_ARRAY
}

/** Hash of counters that never expire, of some owners. */
export function ownersKey(lane: number, hash: number): string {
  return `${laneKeys(lane).counters}:${hash}`
}

export function ownersHash(owner: number): number {
  return Math.floor(owner / OWNERS_PER_HASH)
}

export function ownersField(counter: string, owner: number): string {
  return `${owner % OWNERS_PER_HASH}:${counter}`
}

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
export const REDIS_FORMAT = 4
/** Holds {@link REDIS_FORMAT}. */
export const FORMAT_KEY = 'zuil:format'

/** Lane of a holder. The number of lanes of an installation never changes. */
export function laneOf(owner: number, lanes: number): number {
  return owner % lanes
}
