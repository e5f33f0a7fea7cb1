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
  const time = ms.toString(16).padStart(12, '0')
  // version 7 and the upper 12 bits of the sequence; variant 10, the lower 4 bits, the lane, 50 bits of check
  const upper = 0x7000 | (sequence >>> 4)
  const variant = 0x8000 | ((sequence & 0xf) << 10) | (lane << 2) | (high & 0x3)
  const check = ((high >>> 16) & 0xffff).toString(16).padStart(4, '0') + low.toString(16).padStart(8, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-${upper.toString(16)}-${variant.toString(16)}-${check}`
}

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
