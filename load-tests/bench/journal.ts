import { comparePositions, type Position, parsePosition } from '@zuil/core'
import { decodeRecord, type JournalRecord } from '@zuil/core/contracts/journal'
import { entryIdOf, type JournalLine, linesOfEntry } from '@zuil/core/contracts/journal-entry'
import { BALANCE_TYPE, counterPlace, isBalanceField, laneKeys } from '@zuil/core/contracts/redis-keys'
import { readRedisMemory } from '@zuil/core/contracts/redis-memory'
import { RedisLine } from '../installation/redis-line.ts'

const POLL_MS = 20
/** Last entry as JSON: its id and its fields; empty without one. */
const LAST_ENTRY = `local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
return last[1] and cjson.encode(last[1]) or ''`
/** First entry from id ARGV[1] on, in the same shape; ids begin with a bracket to begin behind them. */
const NEXT_ENTRY = `local next = redis.call('XRANGE', KEYS[1], ARGV[1], '+', 'COUNT', 1)
return next[1] and cjson.encode(next[1]) or ''`
/** A balance as text. */
const BALANCE = `return tostring(redis.call('BITFIELD_RO', KEYS[1], 'GET', '${BALANCE_TYPE}', ARGV[1])[1])`
/**
 * Bytes of all keys that match ARGV[1]. MEMORY USAGE leaves out what the tables of the keyspace take for a key: 23 bytes, and 50 more for
 * the time at which it expires (used_memory beside MEMORY USAGE for 10,000 small hashes of each kind, Redis 7.0).
 */
const BYTES_OF_KEYS = `local cursor, bytes = '0', 0
repeat
  local page = redis.call('SCAN', cursor, 'MATCH', ARGV[1], 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    bytes = bytes + (redis.call('MEMORY', 'USAGE', key, 'SAMPLES', 0) or 0) + 23 + (redis.call('PTTL', key) > 0 and 50 or 0)
  end
until cursor == '0'
return bytes`

/** The journal of lane 0 as a benchmark sees it: where it ends, and how far the warehouse has it. */
export class Journal implements Disposable {
  readonly #redis: RedisLine
  readonly #keys = laneKeys(0)

  private constructor(redis: RedisLine) {
    this.#redis = redis
  }

  static async open(redisPort: number): Promise<Journal> {
    return new Journal(await RedisLine.open(redisPort))
  }

  /** Position of the last record; `0-0` of an empty journal. */
  async end(): Promise<Position> {
    const last = (await this.#ask(LAST_ENTRY)).at(-1)
    return last ? { lane: 0, ms: last.ms, sequence: last.sequence } : position('')
  }

  async watermark(): Promise<Position> {
    return position(await this.#redis.ask('GET', this.#keys.loaded))
  }

  /** Resolves with the time (performance.now) at which the watermark was seen to be past `target`. */
  async loadedUpTo(target: Position, limitMs: number): Promise<number> {
    const giveUpAt = performance.now() + limitMs
    for (;;) {
      const watermark = await this.watermark()
      const now = performance.now()
      if (comparePositions(watermark, target) >= 0) return now
      if (now > giveUpAt)
        throw new Error(`After ${limitMs / 1000} s the watermark stands at ${watermark.ms}-${watermark.sequence}`)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }

  /** The records that stand behind a position; those that are in the warehouse may be gone. */
  async *recordsBehind(start: Position): AsyncGenerator<JournalRecord> {
    for (let from = entryIdOf(start); ; ) {
      const lines = await this.#ask(NEXT_ENTRY, from)
      const [first] = lines
      if (!first) return
      for (const { ms, sequence, text = '' } of lines) {
        if (comparePositions({ lane: 0, ms, sequence }, start) > 0) yield decodeRecord(text)
      }
      from = `(${entryIdOf(first)}`
    }
  }

  /** The records of the entry that a script gives; none when it gives an empty text. */
  async #ask(script: string, ...words: readonly string[]): Promise<readonly JournalLine[]> {
    const text = await this.#redis.ask('EVAL', script, '1', this.#keys.journal, ...words)
    if (text === '') return []
    // The shape in which Redis gives an entry.
    const [id, fields] = JSON.parse(text) as [string, string[]]
    return linesOfEntry(id, fields)
  }

  /** Value of a counter that never starts again; `owner` is a holder's or a reward's number. */
  async counter(name: string, owner: number): Promise<number> {
    const { key, field } = counterPlace(1, { counter: name, owner, period: '' })
    if (!isBalanceField(field)) return Number(await this.#redis.ask('HGET', key, field))
    return Number(await this.#redis.ask('EVAL', BALANCE, '1', key, field))
  }

  /** Redis' `used_memory`, bytes. */
  async usedMemory(): Promise<number> {
    return readRedisMemory(await this.#redis.ask('INFO', 'memory')).used
  }

  /** Bytes of all keys that match a pattern, with their names. */
  async bytesOf(pattern: string): Promise<number> {
    return Number(await this.#redis.ask('EVAL', BYTES_OF_KEYS, '0', pattern))
  }

  [Symbol.dispose](): void {
    this.#redis.close()
  }
}

function position(text: string): Position {
  return parsePosition(0, text) ?? { lane: 0, ms: 0, sequence: 0 }
}
