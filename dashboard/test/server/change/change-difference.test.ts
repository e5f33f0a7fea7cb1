import type { Estimate } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { type Counted, differenceOf, type Step, stepBeyond, stepOf } from '../../../src/server/change/change-difference.ts'

const published = (value: number, count?: number, around = 0): Counted => {
  const estimate: Estimate = { status: 'ok', value, low: value - around, high: value + around, decimals: 0 }
  return { estimate, ...(count !== undefined && { count }) }
}
const withheld: Counted = { estimate: { status: 'withheld', value: 0, low: 0, high: 0, decimals: 0 } }
const step = (before: Counted, after: Counted): Step => {
  const made = stepOf(before, after, 'SPREAD')
  if (!made) throw new Error('No step')
  return made
}

test('a rise that every pair has is clear, and one that half of them have is not', () => {
  const even = [10, 11, 9, 10].map((by) => step(published(100), published(100 + by)))
  const uneven = [30, -10, 25, -5].map((by) => step(published(100), published(100 + by)))
  expect([differenceOf(even, 'SPREAD')?.isClear, differenceOf(uneven, 'SPREAD')?.isClear]).toEqual([true, false])
  expect([differenceOf(even, 'SPREAD')?.value, differenceOf(uneven, 'SPREAD')?.value]).toEqual([10, 10])
})

test('a rise within the rounding of what is published is no clear one, however even it is', () => {
  const steps = [10, 10, 10, 10].map((by) => step(published(100, undefined, 6), published(100 + by, undefined, 6)))
  expect(differenceOf(steps, 'SPREAD')).toEqual({ value: 10, low: -2, high: 22, isClear: false })
})

test('of fewer than three pairs whose spread is all that is known nothing is said', () => {
  const steps = [10, 10].map((by) => step(published(100), published(100 + by)))
  expect(differenceOf(steps, 'SPREAD')).toBeUndefined()
})

test('a number of people may differ by the root of it, so 25 and 35 are no clear difference, and 250 and 350 are', () => {
  const of = (before: number, after: number) => stepOf(published(before, before), published(after, after), 'COUNT')
  const few = of(25, 35)
  const many = of(250, 350)
  expect([few, many].map((one) => one && differenceOf([one], 'COUNT')?.isClear)).toEqual([false, true])
})

test('a share of more people is surer', () => {
  const of = (people: number) => stepOf(published(50, people), published(56, people), 'SHARE')
  expect(
    [100, 2_000].map(
      (people) =>
        differenceOf(
          [of(people)].filter((one) => one !== undefined),
          'SHARE',
        )?.isClear,
    ),
  ).toEqual([false, true])
})

test('what is withheld, or has no upper bound, or no count where chance goes by it, makes no step', () => {
  const open: Counted = { estimate: { status: 'ok', value: 3, low: 2, decimals: 0 } }
  expect([
    stepOf(withheld, published(3), 'SPREAD'),
    stepOf(published(3), undefined, 'SPREAD'),
    stepOf(open, published(3), 'SPREAD'),
    stepOf(published(3), published(4), 'COUNT'),
  ]).toEqual([undefined, undefined, undefined, undefined])
})

test('when both places rose alike there is a difference of each, and none between them', () => {
  const own = [10, 12, 9, 11].map((by) => step(published(100), published(100 + by)))
  const other = [11, 11, 10, 10].map((by) => step(published(50), published(50 + by)))
  const beyond = own.flatMap((one, index) => {
    const there = other[index]
    return there ? [stepBeyond(one, there)] : []
  })
  expect([own, other, beyond].map((steps) => differenceOf(steps, 'SPREAD')?.isClear)).toEqual([true, true, false])
})
