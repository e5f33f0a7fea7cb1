import { apportion } from '@zuil/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('parts add up to the cent, and none is off by a cent or more', () => {
  const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 }).filter((all) => all.some((weight) => weight > 0))
  fc.assert(
    fc.property(fc.nat(2_000_000_000), weights, (cents, all) => {
      const whole = all.reduce((sum, weight) => sum + weight, 0)
      const parts = apportion(cents, all)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(cents)
      for (const [index, part] of parts.entries()) expect(Math.abs(part - (cents * (all[index] ?? 0)) / whole)).toBeLessThan(1)
    }),
  )
})

test('the largest remainders get the cents that are left, equal ones in order', () => {
  expect(apportion(100, [1, 1, 1])).toEqual([34, 33, 33])
  expect(apportion(10, [20, 26, 39])).toEqual([2, 3, 5])
  expect(apportion(0, [5, 0])).toEqual([0, 0])
})

test('nothing is divided among nobody, nor by parts', () => {
  expect(() => apportion(1, [])).toThrow(RangeError)
  expect(() => apportion(1, [0, 0])).toThrow(RangeError)
  expect(() => apportion(1, [-1, 2])).toThrow(RangeError)
  expect(() => apportion(-1, [1])).toThrow(RangeError)
  expect(() => apportion(0.5, [1])).toThrow(RangeError)
})
