import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headOf, KeyedHash } from '../src/keyed-hash.ts'

describe('a keyed hash', () => {
  test('is HMAC-SHA-256, for any key and text', () => {
    const keys = fc.uint8Array({ minLength: 0, maxLength: 64 })
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ maxLength: 300, size: 'max' }),
      fc.string({ minLength: 300, maxLength: 700 }),
    )
    fc.assert(
      fc.property(keys, texts, (key, text) => {
        const keyed = new KeyedHash(Buffer.from(key))
        const expected = createHmac('sha256', key).update(text).digest()
        expect(keyed.digest(text)).toEqual(expected)
        expect(keyed.head(text)).toEqual(headOf(expected))
      }),
    )
  })

  test('takes no key that is longer than a block', () => {
    expect(() => new KeyedHash(Buffer.alloc(65))).toThrow(RangeError)
  })
})
