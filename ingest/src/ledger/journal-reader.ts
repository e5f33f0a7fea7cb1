import { comparePositions, type Position, parsePosition } from '@zuil/core'
import { decodeRecord, type JournalRecord } from '@zuil/core/contracts/journal'
import { entryIdOf, linesOfEntry, placeInEntry } from '@zuil/core/contracts/journal-entry'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { type JournalLoad, readJournalLoad } from './journal-load.ts'
import type { LedgerError } from './ledger-error.ts'
import { ledgerErrorOf } from './redis-error.ts'

/** How often the watermarks are looked at while somebody waits: one read for all of them. */
const POLL_MS = 10
/** Those who wait at the same time; the others are told at once that it is not loaded yet. */
export const WAITERS_MAX = 10_000
/** How old the answer of {@link JournalReader.load} may be. */
export const LOAD_AGE_MAX_MS = 250

export interface JournalReaderOptions {
  /** A connection for plain reads; the reader does not close it. */
  readonly redis: Redis
  readonly lanes: number
}

interface Waiter {
  readonly position: Position
  readonly until: number
  readonly settle: (loaded: boolean) => void
  readonly fail: (error: LedgerError) => void
}

/** Reads the journal and how far it has come. Rejects with a LedgerError only. */
export class JournalReader {
  readonly #redis: Redis
  readonly #lanes: number
  #waiters: Waiter[] = []
  #timer: NodeJS.Timeout | undefined
  #load: { readonly at: number; readonly answer: Promise<JournalLoad> } | undefined

  constructor(options: JournalReaderOptions) {
    this.#redis = options.redis
    this.#lanes = options.lanes
  }

  /** The record at a position; undefined when it is trimmed (then it is in the warehouse) or never was. */
  async recordAt(position: Position): Promise<JournalRecord | undefined> {
    const id = entryIdOf(position)
    const [entry] = await this.#read((redis) => redis.xrange(laneKeys(position.lane).journal, id, id))
    const text = entry && linesOfEntry(...entry)[placeInEntry(position)]?.text
    return text === undefined ? undefined : decodeRecord(text)
  }

  /** Position of the last record that a lane still has, `ms: 0, sequence: 0` when it has none. */
  async last(lane: number): Promise<Position> {
    const [entry] = await this.#read((redis) => redis.xrevrange(laneKeys(lane).journal, '+', '-', 'COUNT', 1))
    const line = entry && linesOfEntry(...entry).at(-1)
    return line ? { lane, ms: line.ms, sequence: line.sequence } : start(lane)
  }

  /** The watermark of a lane: everything up to it is in the warehouse. */
  async loaded(lane: number): Promise<Position> {
    const text = await this.#read((redis) => redis.get(laneKeys(lane).loaded))
    return parsePosition(lane, text ?? '') ?? start(lane)
  }

  /** Whether the record at the position is in the warehouse before the time is over. All who wait share one poll. */
  async waitUntilLoaded(position: Position, timeoutMs: number): Promise<boolean> {
    if (comparePositions(await this.loaded(position.lane), position) >= 0) return true
    if (timeoutMs <= 0 || this.#waiters.length >= WAITERS_MAX) return false
    return await new Promise<boolean>((settle, fail) => {
      this.#waiters.push({ position, until: performance.now() + timeoutMs, settle, fail })
      this.#timer ??= setTimeout(() => void this.#poll(), POLL_MS)
    })
  }

  /** What waits for the warehouse, and what it takes of Redis; at most LOAD_AGE_MAX_MS old. For backpressure. */
  async load(): Promise<JournalLoad> {
    const now = performance.now()
    if (!this.#load || now - this.#load.at > LOAD_AGE_MAX_MS) {
      this.#load = { at: now, answer: this.#read((redis) => readJournalLoad(redis, this.#lanes)) }
      // Whoever asks is told; nobody may be asking any more.
      this.#load.answer.catch(() => {})
    }
    return await this.#load.answer
  }

  /** Those who wait are told that it is not loaded yet. */
  close(): void {
    clearTimeout(this.#timer)
    for (const waiter of this.#waiters) waiter.settle(false)
    this.#waiters = []
  }

  /** Never rejects: what goes wrong is told to those who wait. */
  async #poll(): Promise<void> {
    const lanes = [...new Set(this.#waiters.map(({ position }) => position.lane))]
    try {
      const texts = await this.#redis.mget(...lanes.map((lane) => laneKeys(lane).loaded))
      this.#settle(new Map(lanes.map((lane, index) => [lane, parsePosition(lane, texts[index] ?? '') ?? start(lane)])))
    } catch (error) {
      for (const waiter of this.#waiters) waiter.fail(ledgerErrorOf(error))
      this.#waiters = []
    }
    this.#timer = this.#waiters.length > 0 ? setTimeout(() => void this.#poll(), POLL_MS) : undefined
  }

  #settle(watermarks: ReadonlyMap<number, Position>): void {
    const now = performance.now()
    this.#waiters = this.#waiters.filter(({ position, until, settle }) => {
      const watermark = watermarks.get(position.lane)
      const isLoaded = watermark !== undefined && comparePositions(watermark, position) >= 0
      if (isLoaded || now >= until) settle(isLoaded)
      return !isLoaded && now < until
    })
  }

  async #read<T>(read: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      return await read(this.#redis)
    } catch (error) {
      throw ledgerErrorOf(error)
    }
  }
}

function start(lane: number): Position {
  return { lane, ms: 0, sequence: 0 }
}
