import { expect, test } from 'vitest'
import { comparisonOf } from '../../../src/server/figures/figure-comparison.ts'
import { value, WITHHELD, WRITING } from './hand-made-figure.ts'

const beside = (own: number, other: number, unit: 'PERCENT' | 'COUNT' | 'MEAN' = 'PERCENT') =>
  comparisonOf([value(own), value(other)], { unit, beside: { kind: 'previous', name: '2024' } }, WRITING)

test('a share is higher or lower by percentage points, a count is more or fewer', () => {
  expect([beside(30, 20), beside(20, 30)]).toEqual(['10 procentpunt hoger dan in 2024', '10 procentpunt lager dan in 2024'])
  expect([beside(1_500, 1_000, 'COUNT'), beside(7, 9.5, 'MEAN')]).toEqual(['500 meer dan in 2024', '3 lager dan in 2024'])
})

test('values whose bounds overlap are not told apart', () => {
  expect(beside(30, 29)).toBe('geen duidelijk verschil met 2024')
})

test('nothing is compared with what is withheld or not there, and what is withheld is not compared', () => {
  const than = { unit: 'PERCENT', beside: { kind: 'previous', name: '2024' } } as const
  expect(comparisonOf([value(30), WITHHELD], than, WRITING)).toBe('niet te vergelijken met 2024: daar niet getoond')
  expect(comparisonOf([WITHHELD, value(30)], than, WRITING)).toBe('')
  expect(comparisonOf([value(30), undefined], than, WRITING)).toBe('')
})
