import { type CommitOutcome, DAY_MS, formatPosition, type Guard, type Position, REQUEST_KEPT_MS } from '@zuil/core'
import { entryIdOf } from '@zuil/core/contracts/journal-entry'
import {
  answersExpireAt,
  answersKey,
  BALANCE_TYPE,
  BALANCES_PER_ARRAY,
  counterPlace,
  isBalanceField,
  laneKeys,
} from '@zuil/core/contracts/redis-keys'
import type { ChainableCommander, Redis } from 'ioredis'
import { removeKeys } from '../key-removal.ts'
import { RebuildError } from '../rebuild-error.ts'
import { keptAnswer } from './commit-reply.ts'

/** Stands while a rebuild is under way, so that one that was interrupted can be run again. */
const MARK = 'zuil:rebuilding:ledger'

/** A counter as it has to stand. */
export interface RestoredCounter extends Pick<Guard, 'counter' | 'owner' | 'period' | 'expiresAt'> {
  readonly value: number
}

/** A request whose answer is still kept. */
export interface RestoredRequest {
  /** Lane that took the item. */
  readonly lane: number
  readonly id: string
  readonly fingerprint: string
  readonly outcome: CommitOutcome
  readonly answer: string
  /** Epoch ms until which it is kept. */
  readonly keptUntil: number
}

/** How far a lane had come: its last record that is in the warehouse and the number of that record's range. */
export interface LaneEnd {
  readonly position: Position
  readonly range: number
}

/** What the warehouse knows of the ledger, in portions of a few thousand. */
export interface LedgerSource {
  /** One for each lane; a lane without records has `ms: 0, sequence: 0` and range 0. */
  readonly ends: readonly LaneEnd[]
  readonly counters: () => AsyncIterable<readonly RestoredCounter[]>
  readonly requests: () => AsyncIterable<readonly RestoredRequest[]>
}

export interface LedgerRebuildOptions {
  readonly redis: Redis
  readonly lanes: number
  /** Epoch ms. */
  readonly now: () => number
  /** Also over what Redis holds already. */
  readonly force?: boolean
  readonly onProgress?: (done: { readonly counters: number; readonly requests: number }) => void
}

/**
 * Writes balances, limits, kept answers and positions as they were. Running it again gives the same. Nothing may write to this
 * Redis meanwhile; records that were journalled but not yet loaded must have been loaded from the archive before.
 * @throws {RebuildError} `not-empty` without `force`
 */
export async function rebuildLedger(
  source: LedgerSource,
  options: LedgerRebuildOptions,
): Promise<{ readonly counters: number; readonly requests: number }> {
  const { redis, lanes, force = false, onProgress = () => {} } = options
  if (!force) await refuseWhenNotEmpty(redis, lanes)
  await redis.set(MARK, '1')
  for (let lane = 0; lane < lanes; lane++) await clearCounters(redis, lane)
  const done = { counters: 0, requests: 0 }
  for await (const counters of source.counters()) {
    const pipeline = redis.pipeline()
    addCounters(pipeline, counters, lanes)
    await run(pipeline)
    done.counters += counters.length
    onProgress({ ...done })
  }
  for await (const requests of source.requests()) {
    const pipeline = redis.pipeline()
    for (const request of requests) addRequest(pipeline, request, options.now())
    await run(pipeline)
    done.requests += requests.length
    onProgress({ ...done })
  }
  for (const end of source.ends) await setEnd(redis, end)
  await redis.del(MARK)
  return done
}

async function refuseWhenNotEmpty(redis: Redis, lanes: number): Promise<void> {
  const keys = Array.from({ length: lanes }, (_, lane) => laneKeys(lane)).flatMap(({ journal, loaded, sealed }) => [
    journal,
    loaded,
    sealed,
  ])
  const [present, isInterrupted] = await Promise.all([redis.exists(...keys), redis.exists(MARK)])
  if (present > 0 && isInterrupted === 0) {
    throw new RebuildError(
      'not-empty',
      'Redis holds a journal already; empty it, or run the rebuild with --force to write over it.',
    )
  }
}

/** What stands there may be of entries that never were committed, and what is reserved would be given back once more. */
async function clearCounters(redis: Redis, lane: number): Promise<void> {
  const { counters, balances, reserved } = laneKeys(lane)
  await redis.unlink(reserved)
  for (const prefix of [counters, balances]) await removeKeys(redis, `${prefix}*`)
}

function addCounters(pipeline: ChainableCommander, counters: readonly RestoredCounter[], lanes: number): void {
  const begun = new Set<string>()
  for (const restored of counters) {
    const { counter, owner, value, expiresAt } = restored
    if (!Number.isSafeInteger(value)) throw new RangeError(`Counter ${counter} of ${owner} cannot be ${value}`)
    const { key, field } = counterPlace(lanes, restored)
    if (!isBalanceField(field)) pipeline.hset(key, field, String(value))
    else {
      if (!begun.has(key)) pipeline.bitfield(key, 'INCRBY', BALANCE_TYPE, `#${BALANCES_PER_ARRAY - 1}`, 0)
      begun.add(key)
      pipeline.bitfield(key, 'SET', BALANCE_TYPE, field, value)
    }
    if (expiresAt !== undefined) pipeline.pexpireat(key, expiresAt)
  }
}

function addRequest(pipeline: ChainableCommander, request: RestoredRequest, now: number): void {
  if (request.keptUntil <= now) return
  const day = Math.floor((request.keptUntil - REQUEST_KEPT_MS) / DAY_MS)
  const key = answersKey(request.lane, day, request.id)
  pipeline.hset(key, request.id, keptAnswer(request.fingerprint, request.outcome, request.answer))
  pipeline.pexpireat(key, answersExpireAt(day))
}

/** The journal goes on behind its last record, and everything up to there counts as loaded. */
async function setEnd(redis: Redis, { position, range }: LaneEnd): Promise<void> {
  const keys = laneKeys(position.lane)
  const text = formatPosition(position)
  const pipeline = redis.multi()
  if (position.ms > 0) {
    // A stream keeps its last id when the entry is gone: no later record can have an id that was given before.
    pipeline.del(keys.journal)
    pipeline.xadd(keys.journal, entryIdOf(position), 'r', '')
    pipeline.xdel(keys.journal, entryIdOf(position))
  }
  pipeline.mset(keys.sealed, text, keys.loaded, text, keys.range, String(range), keys.loadedRange, String(range))
  pipeline.del(keys.ranges, keys.waiting)
  await run(pipeline)
}

async function run(pipeline: ChainableCommander): Promise<void> {
  for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error
}
