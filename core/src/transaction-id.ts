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

/** Characters of an id, all ASCII. */
export const TRANSACTION_ID_LENGTH = 36

const scratch = new Uint8Array(TRANSACTION_ID_LENGTH)

/** @throws {RangeError} when the sequence does not fit: more than 65,536 records of a lane in one millisecond. */
export function transactionId(key: IdKey, position: Position): string {
  writeTransactionId(key, position, { bytes: scratch, at: 0 })
  // Spreading takes six times as long and leaves an object for each of the 36 bytes.
  return Reflect.apply(String.fromCharCode, undefined, scratch)
}

/**
 * As {@link transactionId}, into bytes that have room for it: for answers that hold hundreds of ids, where a text for each costs ten
 * times as long.
 */
export function writeTransactionId(key: IdKey, position: Position, { bytes, at }: { bytes: Uint8Array; at: number }): void {
  const { lane, ms, sequence } = position
  if (sequence > SEQUENCE_MAX) throw new RangeError(`Sequence ${sequence} does not fit a transaction id`)
  // 16 bytes: time, sequence, lane
  const { high, low } = sipHash(key.words, [ms >>> 0, Math.floor(ms / 0x1_0000_0000), sequence, lane])
  const time = Math.floor(ms / 0x1_0000)
  writeHex(bytes, at, time >>> 16)
  writeHex(bytes, at + 4, time & 0xffff)
  writeHex(bytes, at + 9, ms & 0xffff)
  // version 7 and the upper 12 bits of the sequence; variant 10, the lower 4 bits, the lane, 50 bits of check
  writeHex(bytes, at + 14, 0x7000 | (sequence >>> 4))
  writeHex(bytes, at + 19, 0x8000 | ((sequence & 0xf) << 10) | (lane << 2) | (high & 0x3))
  writeHex(bytes, at + 24, high >>> 16)
  writeHex(bytes, at + 28, low >>> 16)
  writeHex(bytes, at + 32, low & 0xffff)
  for (let dash = at + 8; dash <= at + 23; dash += 5) bytes[dash] = DASH
}

/** Four digits. */
function writeHex(bytes: Uint8Array, at: number, number: number): void {
  bytes[at] = DIGITS.charCodeAt(number >>> 12)
  bytes[at + 1] = DIGITS.charCodeAt((number >>> 8) & 0xf)
  bytes[at + 2] = DIGITS.charCodeAt((number >>> 4) & 0xf)
  bytes[at + 3] = DIGITS.charCodeAt(number & 0xf)
}

const DIGITS = '0123456789abcdef'
const DASH = 0x2d

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
