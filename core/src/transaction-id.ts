import type { Position } from './ledger.ts'
import { sipHash, type Words } from './sip-hash.ts'

/**
 * A transaction's id is its position in the journal, written as a UUID of version 7: 48 bits of time, 16 of sequence,
 * 8 of lane and 50 of a keyed check, so ids sort by time, cannot be guessed, and lead to their record without an index
 * (docs/decisions/0002).
 */
export interface IdKey {
  /** 128-bit key as four unsigned 32-bit words. */
  readonly words: Words
}

const SEQUENCE_MAX = 0xffff

/** @throws {RangeError} when the sequence does not fit: more than 65,536 records of a lane in one millisecond. */
export function transactionId(key: IdKey, position: Position): string {
  const { lane, ms, sequence } = position
  if (sequence > SEQUENCE_MAX) throw new RangeError(`Sequence ${sequence} does not fit a transaction id`)
  // 16 bytes: time, sequence, lane
  const { high, low } = sipHash(key.words, [ms >>> 0, Math.floor(ms / 0x1_0000_0000), sequence, lane])
  // version 7 and the upper 12 bits of the sequence; variant 10, the lower 4 bits, the lane, 50 bits of check
  const upper = 0x7000 | (sequence >>> 4)
  const variant = 0x8000 | ((sequence & 0xf) << 10) | (lane << 2) | (high & 0x3)
  const time = Math.floor(ms / 0x1_0000)
  return `${hex(time >>> 16)}${hex(time & 0xffff)}-${hex(ms & 0xffff)}-${hex(upper)}-${hex(variant)}-${hex(high >>> 16)}${hex(low >>> 16)}${hex(low & 0xffff)}`
}

/** Four digits. From a table: `toString(16)` of seven numbers takes longer than everything else of an id. */
function hex(number: number): string {
  return `${HEX[number >>> 8]}${HEX[number & 0xff]}`
}

const HEX = Array.from({ length: 256 }, (_, number) => number.toString(16).padStart(2, '0'))

/** The position that an id names, or undefined when this installation never gave the id out. */
export function positionOfId(key: IdKey, id: string): Position | undefined {
  const text = id.toLowerCase()
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text)) return undefined
  const upper = Number.parseInt(text.slice(14, 18), 16)
  const variant = Number.parseInt(text.slice(19, 23), 16)
  const position = {
    lane: (variant >>> 2) & 0xff,
    ms: Number.parseInt(text.slice(0, 8) + text.slice(9, 13), 16),
    sequence: ((upper & 0xfff) << 4) | ((variant >>> 10) & 0xf),
  }
  return transactionId(key, position) === text ? position : undefined
}
