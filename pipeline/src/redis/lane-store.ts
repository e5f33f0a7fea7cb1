import { comparePositions, formatPosition, type Position, parsePosition } from '@zuil/core'
import { entryIdOf, linesOfEntry, placeInEntry } from '@zuil/core/contracts/journal-entry'
import { laneKeys, type SealedRange } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { loadScript } from './script.ts'

/** A record of the journal as it stands there. `text` is undefined when its entry has no field `r`. */
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
  /** Records in the journal that are not in the warehouse. */
  readonly journalLength: number
}

/** What the pipeline reads and writes of a lane in Redis. Every method may throw when Redis is away; all may be repeated. */
export interface LaneStore {
  /** A few texts: asked for at every turn, so nothing of the journal itself is read. */
  positions(lane: number): Promise<LanePositions>
  /** Epoch ms of the oldest record after a position; undefined when there is none. */
  oldestAfter(lane: number, position: string): Promise<number | undefined>
  /** Records after a position, oldest first, `count` of them unless there are no more. */
  entriesAfter(lane: number, position: string, count: number): Promise<JournalEntry[]>
  /** Records from `from` to `to` inclusive. */
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
    const names = [keys.sealed, keys.range, keys.loaded, keys.loadedRange, keys.waiting]
    const [sealed, range, loaded, loadedRange, waiting] = await this.#redis.mget(names)
    return {
      sealed: sealed ?? '0-0',
      range: Number(range ?? 0),
      loaded: loaded ?? '0-0',
      loadedRange: Number(loadedRange ?? 0),
      journalLength: Number(waiting ?? 0),
    }
  }

  async oldestAfter(lane: number, position: string): Promise<number | undefined> {
    const [oldest] = await this.entriesAfter(lane, position, 1)
    return oldest && requirePosition(lane, oldest.position).ms
  }

  async entriesAfter(lane: number, position: string, count: number): Promise<JournalEntry[]> {
    const after = requirePosition(lane, position)
    const found: JournalEntry[] = []
    let from = entryIdOf(after)
    // the entry that the position stands in may end with it
    const first = Math.min(FIRST_ENTRIES, count + 1)
    for (let entries = first; found.length < count; entries = entriesFor(count, found.length, entries)) {
      const read = await this.#redis.xrange(laneKeys(lane).journal, from, '+', 'COUNT', entries)
      addRecords(found, lane, read, (record) => comparePositions(record, after) > 0)
      const last = read.at(-1)
      if (!last || read.length < entries) break
      from = `(${last[0]}`
    }
    return found.length > count ? found.slice(0, count) : found
  }

  async entriesBetween(lane: number, from: string, to: string): Promise<JournalEntry[]> {
    const [first, last] = [requirePosition(lane, from), requirePosition(lane, to)]
    const read = await this.#redis.xrange(laneKeys(lane).journal, entryIdOf(first), entryIdOf(last))
    const found: JournalEntry[] = []
    addRecords(found, lane, read, (record) => comparePositions(record, first) >= 0 && comparePositions(record, last) <= 0)
    return found
  }

  async seal(lane: number, sealed: string, range: SealedRange): Promise<number | undefined> {
    const keys = laneKeys(lane)
    const names = [keys.sealed, keys.range, keys.ranges, keys.journal]
    const to = entryIdOf(requirePosition(lane, range.to))
    const number = Number(await this.#seal.run(this.#redis, names, [sealed, range.to, JSON.stringify(range), to]))
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
    const names = [keys.loaded, keys.loadedRange, keys.ranges, keys.journal, keys.waiting]
    const position = requirePosition(lane, to)
    const args = [String(before), String(last), to, entryIdOf(position), String(placeInEntry(position))]
    return Number(await this.#loaded.run(this.#redis, names, args)) === 1
  }
}

/** Entries read first: enough for what a quiet lane journals between two turns. */
const FIRST_ENTRIES = 16
/** Entries read at once, at most: some megabytes. */
const ENTRIES_MAX = 256

/** How many entries to read next, when `found` records came from those read before, and `last` of those last. */
function entriesFor(count: number, found: number, last: number): number {
  return Math.min(ENTRIES_MAX, found === 0 ? last * 2 : Math.ceil(((count - found) * last) / found) + 1)
}

function addRecords(
  found: JournalEntry[],
  lane: number,
  entries: readonly [string, string[]][],
  isWanted: (record: Position) => boolean,
): void {
  for (const [id, fields] of entries) {
    for (const { ms, sequence, text } of linesOfEntry(id, fields)) {
      const position = { lane, ms, sequence }
      if (isWanted(position)) found.push({ position: formatPosition(position), text })
    }
  }
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
