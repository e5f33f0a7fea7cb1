import { describe, expect, test } from 'vitest'
import { ShortHash } from '../src/short-hash.ts'

/** Key and first vectors of the authors' `vectors_sip128`: of no byte, of 00, of 00 01 … 0f and of 00 01 … 27. */
const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')

describe('a short hash', () => {
  test.each([
    [0, 'a3817f04ba25a8e66df67214c7550293'],
    [1, 'da87c1d86b99af44347659119b22fc45'],
    [15, '5493e99933b0a8117e08ec0f97cfc3d9'],
    [16, '6ee2a4ca67b054bbfd3315bf85230577'],
    [40, 'df6a301e95c95dad97ae0cc8c6913bd8'],
  ])('of %i bytes is that of the reference', (length, expected) => {
    const text = String.fromCharCode(...Array.from({ length }, (_, index) => index))
    expect(Buffer.from(new ShortHash(KEY).digest(text), 'base64url').toString('hex')).toBe(expected)
  })

  test('is one of the UTF-8 text, and tells it from the Latin-1 text of the same bytes', () => {
    const hash = new ShortHash(KEY)
    expect(hash.digest('\u00e9')).not.toBe(hash.digest('\u00c3\u00a9'))
    expect(hash.digest('\u00e9')).toMatch(/^[\w-]{22}$/)
  })

  test('is another one under another key', () => {
    expect(new ShortHash(Buffer.alloc(16)).digest('a')).not.toBe(new ShortHash(KEY).digest('a'))
  })

  test('takes no key of another length', () => {
    expect(() => new ShortHash(Buffer.alloc(15))).toThrow(RangeError)
  })
})
