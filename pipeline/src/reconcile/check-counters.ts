import type { IdKey } from '@zuil/core'
import { isBalanceField, laneKeys } from '@zuil/core/contracts/redis-keys'
import type { Warehouse } from '@zuil/warehouse'
import type { ChainableCommander, Redis } from 'ioredis'
import { pause } from '../backoff.ts'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import type { LanePositions, LaneStore } from '../redis/lane-store.ts'
import { addDeadLetters } from './dead-letter-counters.ts'
import { addJournal, type CounterHashes, countersOfWarehouse } from './expected-counters.ts'
import type { Finding } from './finding.ts'
import { addReservations, isSameReservations, type LaneReservations, readReservations } from './reserved-counters.ts'

/** Looks at a system that is at work; a real difference stays, one of the moment does not. */
const TRIES_MAX = 5
const RETRY_MS = 500

/** Journal entries that are compared; more than that wait only while nothing is loaded at all. */
const JOURNAL_ENTRIES_MAX = 2_000_000
const JOURNAL_PORTION = 5_000

/** Keys of one SCAN. */
const SCAN_COUNT = 1_000

/** Of one balance in an array. */
const BALANCE_BYTES = 8

/** Findings that are spelled out. */
const FINDINGS_MAX = 100

export interface CounterCheckDependencies {
  readonly redis: Redis
  readonly store: LaneStore
  readonly warehouse: Warehouse
  readonly deadLetters: DeadLetters
  readonly idKey: IdKey
  readonly lanes: number
  readonly clock: () => number
}

/** Where the lanes stand at a moment. */
interface Moment {
  readonly positions: readonly LanePositions[]
  readonly reservations: readonly LaneReservations[]
}

interface Mismatch {
  readonly key: string
  readonly field: string
  readonly expected: number
  readonly actual: number
}

/**
 * Every counter in Redis (balances, limits, stock, voids) against the warehouse, what is still in the journal, what waits in the dead
 * letters and what is reserved. A finding names the key, which stands for many holders, and what is counted; not the holder.
 */
export async function checkCounters(dependencies: CounterCheckDependencies): Promise<Finding[]> {
  let lasting: Map<string, Mismatch> | undefined
  let unsure: readonly Finding[] = []
  for (let tries = 1; tries <= TRIES_MAX; tries++) {
    const before = await look(dependencies)
    const { found, notes } = await mismatches(dependencies, before)
    const isQuiet = isSameMoment(before, await look(dependencies))
    unsure = notes
    const same = [...found].filter(([id, { expected, actual }]) => {
      const known = lasting?.get(id)
      return isQuiet || lasting === undefined || (known !== undefined && known.actual - known.expected === actual - expected)
    })
    lasting = new Map(same)
    if (lasting.size === 0 || isQuiet) break
    await pause(RETRY_MS, new AbortController().signal)
  }
  return [...unsure, ...[...(lasting?.values() ?? [])].slice(0, FINDINGS_MAX).map(toFinding)]
}

async function mismatches(
  dependencies: CounterCheckDependencies,
  { positions, reservations }: Moment,
): Promise<{ readonly found: Map<string, Mismatch>; readonly notes: readonly Finding[] }> {
  const { redis, warehouse, deadLetters, store, lanes, idKey, clock } = dependencies
  const now = clock()
  const expected = await countersOfWarehouse(warehouse, { lanes, idKey, now })
  for (const [lane, { loaded }] of positions.entries()) await addWaiting(store, expected, { lane, lanes, loaded })
  const unread = await addDeadLetters(expected, { deadLetters, warehouse, idKey, lanes, now })
  const forgotten = await addReservations(expected, reservations, { redis, now })
  const found = new Map<string, Mismatch>()
  for (let lane = 0; lane < lanes; lane++) await compareLane(redis, lane, expected, found)
  for (const [key, fields] of expected) {
    for (const [field, value] of fields) if (value !== 0) add(found, { key, field, expected: value, actual: 0 })
  }
  const notes = [...forgotten].map(([lane, count]) => note(lane, `${count} reservations for other lanes were never ended`))
  return { found, notes: unread > 0 ? [...notes, note(0, `${unread} further dead letters are not counted`)] : notes }
}

function note(lane: number, detail: string): Finding {
  return { check: 'counters', lane, range: 0, detail }
}

async function addWaiting(
  store: LaneStore,
  expected: CounterHashes,
  place: { lane: number; lanes: number; loaded: string },
): Promise<void> {
  let after = place.loaded
  for (let count = 0; count < JOURNAL_ENTRIES_MAX; count += JOURNAL_PORTION) {
    const entries = await store.entriesAfter(place.lane, after, JOURNAL_PORTION)
    addJournal(expected, entries, place)
    const last = entries.at(-1)
    if (!last || entries.length < JOURNAL_PORTION) return
    after = last.position
  }
}

/** Compares what Redis has and takes it out of `expected`. */
async function compareLane(redis: Redis, lane: number, expected: CounterHashes, found: Map<string, Mismatch>): Promise<void> {
  const { counters, balances } = laneKeys(lane)
  const hashes = async (keys: readonly string[]): Promise<Fields[]> => {
    const pipeline = redis.pipeline()
    for (const key of keys) pipeline.hgetall(key)
    // HGETALL answers with field and value texts
    return (await answersOf(pipeline)).map((hash) => Object.entries(hash as Record<string, string>))
  }
  const arrays = async (keys: readonly string[]): Promise<Fields[]> => {
    const pipeline = redis.pipeline()
    for (const key of keys) pipeline.getBuffer(key)
    // one that is gone meanwhile has nothing
    return (await answersOf(pipeline)).map((bytes) => (Buffer.isBuffer(bytes) ? balancesIn(bytes) : []))
  }
  for (const [prefix, read] of [
    [counters, hashes],
    [balances, arrays],
  ] as const) {
    for await (const keys of keysOf(redis, prefix)) {
      for (const [index, fields] of (await read(keys)).entries()) compareKey(keys[index] ?? '', fields, expected, found)
    }
  }
}

/** Fields of a key with their values. */
type Fields = readonly (readonly [field: string, value: string])[]

async function answersOf(pipeline: ChainableCommander): Promise<unknown[]> {
  return ((await pipeline.exec()) ?? []).map(([error, answer]) => {
    if (error) throw error
    return answer
  })
}

/** Those that are not 0; an array has one for each holder up to the last. */
function balancesIn(bytes: Buffer): Fields {
  const fields: (readonly [string, string])[] = []
  for (let place = 0; (place + 1) * BALANCE_BYTES <= bytes.length; place++) {
    const value = bytes.readBigInt64BE(place * BALANCE_BYTES)
    if (value !== 0n) fields.push([`#${place}`, String(value)])
  }
  return fields
}

/** Keys that begin with a prefix, each once, in portions. */
async function* keysOf(redis: Redis, prefix: string): AsyncGenerator<readonly string[]> {
  const seen = new Set<string>()
  let cursor = '0'
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${escaped(prefix)}*`, 'COUNT', SCAN_COUNT)
    cursor = next
    const fresh = keys.filter((key) => !seen.has(key))
    for (const key of fresh) seen.add(key)
    yield fresh
  } while (cursor !== '0')
}

function compareKey(key: string, fields: Fields, expected: CounterHashes, found: Map<string, Mismatch>): void {
  const hash = expected.get(key)
  for (const [field, text] of fields) {
    const value = hash?.get(field) ?? 0
    hash?.delete(field)
    // limits of buckets that nobody can book on any more are not counted in the warehouse; they expire by themselves
    if (value === 0 && hash === undefined && isDated(key)) continue
    if (Number(text) !== value) add(found, { key, field, expected: value, actual: Number(text) })
  }
}

/** True for the counters of a period: `zuil:{0}:n:2026-11-21:checkins/5`. */
function isDated(key: string): boolean {
  return /:n:[^:]/.test(key)
}

function add(found: Map<string, Mismatch>, mismatch: Mismatch): void {
  found.set(`${mismatch.key} ${mismatch.field}`, mismatch)
}

function toFinding({ key, field, expected, actual }: Mismatch): Finding {
  const lane = Number(/\{(\d+)\}/.exec(key)?.[1] ?? 0)
  // In the hash of a period a field is a holder, in an array the place of one.
  const counter = isBalanceField(field) ? 'a balance' : isDated(key) ? 'a counter' : field.slice(field.indexOf(':') + 1)
  return { check: 'counters', lane, range: 0, detail: `${counter} in ${key} is ${actual} instead of ${expected}` }
}

function isSame(a: LanePositions, b: LanePositions | undefined): boolean {
  return a.loaded === b?.loaded && a.sealed === b.sealed && a.journalLength === b.journalLength
}

async function look({ store, redis, lanes }: CounterCheckDependencies): Promise<Moment> {
  const positions = Promise.all(Array.from({ length: lanes }, (_, lane) => store.positions(lane)))
  return { positions: await positions, reservations: await readReservations(redis, lanes) }
}

function isSameMoment(a: Moment, b: Moment): boolean {
  const isQuiet = a.positions.every((positions, lane) => isSame(positions, b.positions[lane]))
  return isQuiet && isSameReservations(a.reservations, b.reservations)
}

/** Braces mean something in patterns of other stores, brackets do in Redis; our prefixes hold neither brackets nor stars. */
function escaped(prefix: string): string {
  return prefix.replaceAll(/[[\]*?\\]/g, (character) => `\\${character}`)
}
