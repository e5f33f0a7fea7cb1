import { expect, test } from 'vitest'
import { turnOfClocks } from '../../drills/turn-of-clocks.ts'

const at = (text: string) => Date.parse(text)

test.each([
  ['autumn', '2026-07-01T00:00:00Z', '2026-10-25T01:00:00Z'],
  ['spring', '2026-07-01T00:00:00Z', '2027-03-28T01:00:00Z'],
  ['autumn', '2026-10-25T01:00:00Z', '2027-10-31T01:00:00Z'],
] as const)('the clocks of Brussels are turned next in %s after %s at %s', (season, after, turn) => {
  expect(turnOfClocks(season, at(after))).toBe(at(turn))
})
