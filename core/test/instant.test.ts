import { formatInstant, parseInstant } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('an instant', () => {
  test.each([
    ['2026-03-14T18:42:07+00:00', '2026-03-14T18:42:07.000Z'],
    ['2026-03-14T18:42:07Z', '2026-03-14T18:42:07.000Z'],
    ['2026-03-14T18:42:07.123Z', '2026-03-14T18:42:07.123Z'],
    ['2026-03-14T20:42:07+02:00', '2026-03-14T18:42:07.000Z'],
    ['2026-03-14T20:42:07+0200', '2026-03-14T18:42:07.000Z'],
    ['2024-04-30T21:59:00', '2024-04-30T21:59:00.000Z'],
    ['2024-04-30T21:59Z', '2024-04-30T21:59:00.000Z'],
  ])('may be written %s', (text, instant) => {
    expect(parseInstant(text)).toBe(Date.parse(instant))
  })

  test.each(['', '2026-03-14', '14/03/2026', 'now', '2026-13-01T00:00:00Z', '2026-03-14T25:00:00Z', '1763700000000'])(
    'is not %j',
    (text) => {
      expect(parseInstant(text)).toBeUndefined()
    },
  )

  test('is written with seconds and offset, and read again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        expect(parseInstant(formatInstant(seconds * 1_000))).toBe(seconds * 1_000)
      }),
    )
    expect(formatInstant(Date.parse('2026-03-14T18:42:07.999Z'))).toBe('2026-03-14T18:42:07+00:00')
  })
})
