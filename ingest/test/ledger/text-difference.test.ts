import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf } from '../../src/ledger/text-difference.ts'

const texts = fc.string({ unit: 'grapheme', maxLength: 6 })

test('leads from the bytes of one text to those of the other, whatever characters they share', () => {
  fc.assert(
    fc.property(texts, texts, texts, texts, (head, tail, text, other) => {
      const [from, to] = [head + text + tail, head + other + tail]
      const difference = differenceOf(from, to)
      const bytes = Buffer.from(from)
      const made = [
        bytes.subarray(0, difference.headBytes),
        Buffer.from(difference.text),
        bytes.subarray(bytes.length - difference.tailBytes),
      ]
      expect(Buffer.concat(made).toString()).toBe(to)
    }),
    { numRuns: 1_000 },
  )
})

test('does not cut a character in two', () => {
  expect(differenceOf('😀', '😁')).toEqual({ headBytes: 0, tailBytes: 0, text: '😁' })
})

test('is small when two fields differ', () => {
  expect(differenceOf('["t",1,"DAY",[],""]', '["t",0,"DAY",["LATE"],""]').text).toBe('0,"DAY",["LATE"')
})
