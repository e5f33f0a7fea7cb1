import type { Position } from './ledger.ts'

/**
 * A transaction's id is its position in the journal, written as a UUID of version 7: 48 bits of time, 16 of sequence,
 * 8 of lane and 50 of a keyed check, so ids sort by time, cannot be guessed, and lead to their record without an index
 * (docs/decisions/0002).
 */
export interface IdKey {
  /** 128-bit key as four unsigned 32-bit words. */
  readonly words: readonly [number, number, number, number]
}

const SEQUENCE_MAX = 0xffff

/** @throws {RangeError} when the sequence does not fit: more than 65,536 records of a lane in one millisecond. */
export function transactionId(key: IdKey, position: Position): string {
  const { lane, ms, sequence } = position
  if (sequence > SEQUENCE_MAX) throw new RangeError(`Sequence ${sequence} does not fit a transaction id`)
  const [high, low] = sipHash(key, position)
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

/** SipHash-2-4 of the position (16 bytes: time, sequence, lane), as two unsigned 32-bit words: high, low. */
function sipHash(key: IdKey, position: Position): [number, number] {
  const [k0, k1, k2, k3] = key.words
  // v0..v3 as pairs of 32-bit words, low first
  const v = [
    k0 ^ 0x70736575,
    k1 ^ 0x736f6d65,
    k2 ^ 0x6e646f6d,
    k3 ^ 0x646f7261,
    k0 ^ 0x6e657261,
    k1 ^ 0x6c796765,
    k2 ^ 0x79746573,
    k3 ^ 0x74656462,
  ]
  compress(v, position.ms >>> 0, Math.floor(position.ms / 0x1_0000_0000))
  compress(v, position.sequence, position.lane)
  compress(v, 0, 16 << 24)
  v[4] = (v[4] ?? 0) ^ 0xff
  for (let i = 0; i < 4; i++) round(v)
  const low = (v[0] ?? 0) ^ (v[2] ?? 0) ^ (v[4] ?? 0) ^ (v[6] ?? 0)
  const high = (v[1] ?? 0) ^ (v[3] ?? 0) ^ (v[5] ?? 0) ^ (v[7] ?? 0)
  return [high >>> 0, low >>> 0]
}

function compress(v: number[], low: number, high: number): void {
  v[6] = (v[6] ?? 0) ^ low
  v[7] = (v[7] ?? 0) ^ high
  round(v)
  round(v)
  v[0] = (v[0] ?? 0) ^ low
  v[1] = (v[1] ?? 0) ^ high
}

function round(v: number[]): void {
  add(v, 0, 2)
  rotate(v, 2, 13)
  xor(v, 2, 0)
  rotate(v, 0, 32)
  add(v, 4, 6)
  rotate(v, 6, 16)
  xor(v, 6, 4)
  add(v, 0, 6)
  rotate(v, 6, 21)
  xor(v, 6, 0)
  add(v, 4, 2)
  rotate(v, 2, 17)
  xor(v, 2, 4)
  rotate(v, 4, 32)
}

function add(v: number[], a: number, b: number): void {
  const low = ((v[a] ?? 0) >>> 0) + ((v[b] ?? 0) >>> 0)
  v[a + 1] = ((v[a + 1] ?? 0) + (v[b + 1] ?? 0) + (low > 0xffffffff ? 1 : 0)) | 0
  v[a] = low | 0
}

function xor(v: number[], a: number, b: number): void {
  v[a] = (v[a] ?? 0) ^ (v[b] ?? 0)
  v[a + 1] = (v[a + 1] ?? 0) ^ (v[b + 1] ?? 0)
}

function rotate(v: number[], a: number, bits: number): void {
  const low = v[a] ?? 0
  const high = v[a + 1] ?? 0
  if (bits === 32) {
    v[a] = high
    v[a + 1] = low
    return
  }
  v[a] = (low << bits) | (high >>> (32 - bits))
  v[a + 1] = (high << bits) | (low >>> (32 - bits))
}
