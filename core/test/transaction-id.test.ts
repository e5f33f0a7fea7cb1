import { type IdKey, positionOfId, transactionId } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sipHash } from '../src/sip-hash.ts'

/** Bytes 00 to 0f as little-endian words: key and message of the reference implementation. */
const REFERENCE = [0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c] as const

const words = fc.nat(0xffff_ffff)
const keys: fc.Arbitrary<IdKey> = fc.tuple(words, words, words, words).map((all) => ({ words: all }))
const positions = fc.record({
  lane: fc.nat(255),
  ms: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  sequence: fc.nat(0xffff),
})

describe('SipHash-2-4', () => {
  test('gives the value of the reference implementation for 16 bytes', () => {
    expect(sipHash(REFERENCE, REFERENCE)).toEqual({ high: 0x3f2acc7f, low: 0x57c29bdb })
  })

  test('gives what another implementation with big integers gives', () => {
    const four = fc.tuple(words, words, words, words)
    fc.assert(
      fc.property(four, four, (key, message) => {
        const { high, low } = sipHash(key, message)
        expect((BigInt(high) << 32n) | BigInt(low)).toBe(sipHashOfBigInts(key, message))
      }),
    )
  })
})

describe('the id of a transaction', () => {
  test('leads back to its position, and is a UUID of version 7', () => {
    fc.assert(
      fc.property(keys, positions, (key, position) => {
        const id = transactionId(key, position)
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(positionOfId(key, id)).toEqual(position)
        expect(positionOfId(key, id.toUpperCase())).toEqual(position)
      }),
    )
  })

  test('sorts as the journal of its lane', () => {
    fc.assert(
      fc.property(keys, positions, positions, (key, a, b) => {
        const other = { ...b, lane: a.lane }
        const order = a.ms - other.ms || a.sequence - other.sequence
        if (order === 0) return
        expect(transactionId(key, a) < transactionId(key, other)).toBe(order < 0)
      }),
    )
  })

  test('that was never given out leads nowhere', () => {
    fc.assert(
      fc.property(keys, positions, fc.nat(35), fc.integer({ min: 1, max: 15 }), (key, position, place, step) => {
        const id = transactionId(key, position)
        const digit = id[place] ?? '-'
        if (digit === '-') return
        const changed = id.slice(0, place) + ((Number.parseInt(digit, 16) + step) % 16).toString(16) + id.slice(place + 1)
        expect(positionOfId(key, changed)).toBeUndefined()
      }),
    )
  })

  test('of another installation leads nowhere', () => {
    const id = transactionId({ words: [1, 2, 3, 4] }, { lane: 0, ms: 1_763_700_000_000, sequence: 0 })
    expect(positionOfId({ words: [1, 2, 3, 5] }, id)).toBeUndefined()
  })

  test.each(['', 'b8bb996e-1114-4c2c-bf64-f9f018f86676', '1'.repeat(36), '../etc/passwd'])('is not %j', (text) => {
    expect(positionOfId({ words: [1, 2, 3, 4] }, text)).toBeUndefined()
  })

  test('does not exist for a sequence that does not fit', () => {
    expect(() => transactionId({ words: [1, 2, 3, 4] }, { lane: 0, ms: 0, sequence: 65_536 })).toThrow(RangeError)
  })
})

/** The algorithm as the paper writes it. */
function sipHashOfBigInts(key: readonly number[], message: readonly number[]): bigint {
  const wide = (low = 0, high = 0) => (BigInt(high) << 32n) | BigInt(low)
  const rotate = (value: bigint, bits: bigint) => BigInt.asUintN(64, (value << bits) | (value >> (64n - bits)))
  const k0 = wide(key[0], key[1])
  const k1 = wide(key[2], key[3])
  let v0 = k0 ^ 0x736f6d6570736575n
  let v1 = k1 ^ 0x646f72616e646f6dn
  let v2 = k0 ^ 0x6c7967656e657261n
  let v3 = k1 ^ 0x7465646279746573n
  const round = () => {
    v0 = BigInt.asUintN(64, v0 + v1)
    v1 = rotate(v1, 13n) ^ v0
    v0 = rotate(v0, 32n)
    v2 = BigInt.asUintN(64, v2 + v3)
    v3 = rotate(v3, 16n) ^ v2
    v0 = BigInt.asUintN(64, v0 + v3)
    v3 = rotate(v3, 21n) ^ v0
    v2 = BigInt.asUintN(64, v2 + v1)
    v1 = rotate(v1, 17n) ^ v2
    v2 = rotate(v2, 32n)
  }
  for (const block of [wide(message[0], message[1]), wide(message[2], message[3]), 16n << 56n]) {
    v3 ^= block
    round()
    round()
    v0 ^= block
  }
  v2 ^= 0xffn
  for (let i = 0; i < 4; i++) round()
  return v0 ^ v1 ^ v2 ^ v3
}
