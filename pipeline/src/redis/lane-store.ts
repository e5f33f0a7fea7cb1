import { comparePositions, formatPosition, parsePosition } from '@zuil/core'
import { laneKeys, type SealedRange } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { loadScript } from './script.ts'

/** An entry of the journal as it stands there. `text` is undefined when the entry has no field `r`. */
export interface JournalEntry {
  readonly position: string
  readonly text: string | undefined
}

export interface OpenRange extends SealedRange {
  readonly range: number
}

/** Where a lane stands. */
export interface LanePositions {
  readonly sealed: string
  readonly range: number
  readonly loaded: string
  readonly loadedRange: number
  readonly journalLength: number
  /** Epoch ms of the oldest record that is not in the warehouse; undefined when everything is. */
  readonly oldestMs: number | undefined
}

/** What the pipeline reads and writes of a lane in Redis. Every method may throw when Redis is away; all may be repeated. */
export interface LaneStore {
  positions(lane: number): Promise<LanePositions>
  /** Entries after a position, oldest first, at most `count`. */
  entriesAfter(lane: number, position: string, count: number): Promise<JournalEntry[]>
  /** Entries from `from` to `to` inclusive. */
  entriesBetween(lane: number, from: string, to: string): Promise<JournalEntry[]>
  /** Freezes a range; the number it got, or undefined when somebody else sealed since `sealed` was read. */
  seal(lane: number, sealed: string, range: SealedRange): Promise<number | undefined>
  /** Frozen ranges that are not loaded, ascending; those after `after`, and at most `count` of them. */
  openRanges(lane: number, after: number, count: number): Promise<OpenRange[]>
  /** Moves the watermark from range `before` to range `last`, trims the journal. False when it stood elsewhere. */
  markLoaded(lane: number, before: number, last: number, to: string): Promise<boolean>
}

export function createLaneStore(redis: Redis): LaneStore {
  return new RedisLaneStore(redis)
}

class RedisLaneStore implements LaneStore {
  readonly #redis: Redis
  readonly #seal = loadScript('seal')
  readonly #loaded = loadScript('loaded')

  constructor(redis: Redis) {
    this.#redis = redis
  }

  async positions(lane: number): Promise<LanePositions> {
    const keys = laneKeys(lane)
    const [sealed, range, loaded, loadedRange] = await this.#redis.mget(keys.sealed, keys.range, keys.loaded, keys.loadedRange)
    const journalLength = await this.#redis.xlen(keys.journal)
    const oldest = journalLength === 0 ? undefined : (await this.#redis.xrange(keys.journal, '-', '+', 'COUNT', 1))[0]
    const position = oldest ? parsePosition(lane, oldest[0]) : undefined
    return {
      sealed: sealed ?? '0-0',
      range: Number(range ?? 0),
      loaded: loaded ?? '0-0',
      loadedRange: Number(loadedRange ?? 0),
      journalLength,
      oldestMs: position?.ms,
    }
  }

  async entriesAfter(lane: number, position: string, count: number): Promise<JournalEntry[]> {
    const entries = await this.#redis.xrange(laneKeys(lane).journal, `(${position}`, '+', 'COUNT', count)
    return entries.map(toEntry)
  }

  async entriesBetween(lane: number, from: string, to: string): Promise<JournalEntry[]> {
    const entries = await this.#redis.xrange(laneKeys(lane).journal, from, to)
    return entries.map(toEntry)
  }

  async seal(lane: number, sealed: string, range: SealedRange): Promise<number | undefined> {
    const keys = laneKeys(lane)
    const names = [keys.sealed, keys.range, keys.ranges, keys.journal]
    const number = Number(await this.#seal.run(this.#redis, names, [sealed, range.to, JSON.stringify(range)]))
    return number > 0 ? number : undefined
  }

  async openRanges(lane: number, after: number, count: number): Promise<OpenRange[]> {
    const names = Array.from({ length: count }, (_, index) => String(after + 1 + index))
    const texts = await this.#redis.hmget(laneKeys(lane).ranges, ...names)
    const open: OpenRange[] = []
    for (const [index, text] of texts.entries()) {
      // ranges are numbered without gaps: the first that is missing ends them
      if (text === null) break
      open.push({ ...parseSealedRange(lane, text), range: after + 1 + index })
    }
    return open
  }

  async markLoaded(lane: number, before: number, last: number, to: string): Promise<boolean> {
    const keys = laneKeys(lane)
    const names = [keys.loaded, keys.loadedRange, keys.ranges, keys.journal]
    const args = [String(before), String(last), to, positionAfter(lane, to)]
    return Number(await this.#loaded.run(this.#redis, names, args)) === 1
  }
}

/** The position that follows directly. */
function positionAfter(lane: number, text: string): string {
  const position = requirePosition(lane, text)
  return formatPosition({ ...position, sequence: position.sequence + 1 })
}

function toEntry([position, fields]: [string, string[]]): JournalEntry {
  return { position, text: fields[0] === 'r' ? fields[1] : undefined }
}

function parseSealedRange(lane: number, text: string): SealedRange {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) throw new TypeError('A sealed range is an object')
  // written by seal() only; the members are checked right below
  const { from, to, count, sealedAt } = value as Record<string, unknown>
  if (typeof from !== 'string' || typeof to !== 'string' || typeof count !== 'number' || typeof sealedAt !== 'number') {
    throw new TypeError('A sealed range has from, to, count and sealedAt')
  }
  if (comparePositions(requirePosition(lane, from), requirePosition(lane, to)) > 0)
    throw new TypeError('A sealed range ends before it starts')
  return { from, to, count, sealedAt }
}

function requirePosition(lane: number, text: string) {
  const position = parsePosition(lane, text)
  if (!position) throw new TypeError(`Not a position: ${text}`)
  return position
}
