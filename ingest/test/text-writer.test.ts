import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TextWriter } from '../src/text-writer.ts'

const texts = fc.string({ unit: 'grapheme', maxLength: 60 })

describe('a text writer', () => {
  test('writes what concatenation would, whatever the characters and however long', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(texts, fc.maxSafeInteger())), (parts) => {
        const writer = new TextWriter(1)
        for (const part of parts) {
          if (typeof part === 'string') writer.text(part)
          else writer.integer(part)
        }
        expect(writer.view().toString()).toBe(Buffer.from(parts.join('')).toString())
        expect(writer.length).toBe(writer.view().length)
      }),
    )
  })

  test("writes arguments of Redis' protocol with their length in bytes", () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, number) => {
        const writer = new TextWriter(1)
        writer.argument(text)
        writer.numberedArgument('bucket:', number)
        const numbered = `bucket:${number}`
        const expected = `$${Buffer.byteLength(text)}\r\n${text}\r\n$${numbered.length}\r\n${numbered}\r\n`
        expect(writer.view()).toEqual(Buffer.from(expected))
      }),
    )
  })

  test('writes what another one has, as it is and as an argument', () => {
    const other = new TextWriter(1)
    other.text('één')
    const writer = new TextWriter(1)
    writer.append(other)
    writer.argumentOf(other)
    expect(writer.view().toString()).toBe('één$5\r\néén\r\n')
  })

  test('writes two texts as one argument', () => {
    const writer = new TextWriter(1)
    writer.joinedArgument('31:', 'checkins/4711')
    expect(writer.view().toString()).toBe('$16\r\n31:checkins/4711\r\n')
  })

  test('writes lists of integers as JSON', () => {
    const writer = new TextWriter(1)
    writer.integers([])
    writer.integers([0, 10, 1_763_750_000_000, -1])
    expect(writer.view().toString()).toBe('[][0,10,1763750000000,-1]')
  })

  test('leaves room for what is filled in, and forgets what stands behind a place', () => {
    const writer = new TextWriter(1)
    writer.text('abc')
    writer.truncate(1)
    writer.fill(2, (bytes, at) => bytes.write('xy', at))
    writer.lineFeed()
    expect(writer.view().toString()).toBe('axy\n')
  })
})
