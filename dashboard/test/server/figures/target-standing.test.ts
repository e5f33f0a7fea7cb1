import type { Estimate, Unit } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { FigureWriting } from '../../../src/server/figures/figure-writing.ts'
import { targetStanding } from '../../../src/server/figures/target-standing.ts'

const writing = new FigureWriting('nl', { place: (place) => place, points: new Map() })
const share = (value: number, low: number, high?: number): Estimate => {
  return { status: 'ok', value, low, ...(high !== undefined && { high }), decimals: 1 }
}
const gap = (value: number, low: number, high: number): Estimate => ({ ...share(value, low, high), isClear: true })

test.each<readonly [string, Estimate, number, Unit, string]>([
  ['below it', share(20, 19.5, 20.5), 25, 'PERCENT', 'nog 5,0 procentpunt'],
  ['above it', share(26, 25.5, 26.5), 25, 'PERCENT', 'gehaald'],
  ['just below, within the rounding', share(24.8, 24.3, 25.3), 25, 'PERCENT', 'geen duidelijk verschil'],
  ['just above, within the rounding', share(25.2, 24.7, 25.7), 25, 'PERCENT', 'geen duidelijk verschil'],
  ['with an open end', share(20, 19, undefined), 25, 'PERCENT', 'geen duidelijk verschil'],
  ['participations', share(3, 2.9, 3.1), 4, 'MEAN', 'nog 1,0'],
  ['a gap that is too large', gap(-12, -13, -11), 5, 'PERCENTAGE_POINTS', 'nog 7,0 procentpunt'],
  ['a gap on the other side', gap(12, 11, 13), 5, 'PERCENTAGE_POINTS', 'nog 7,0 procentpunt'],
  ['a gap that is small enough', gap(-2, -3, -1), 5, 'PERCENTAGE_POINTS', 'gehaald'],
  ['a gap that may be none', gap(1, -1, 3), 2, 'PERCENTAGE_POINTS', 'geen duidelijk verschil'],
])('a number and what was agreed on it: %s', (_why, own, target, unit, said) => {
  expect(targetStanding(own, { target, unit }, writing)).toBe(said)
})
