import { Relations, roundByKey, roundingInterval, THRESHOLD_DEFAULT } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ContradictionError, Narrowing } from '../../src/publication/intervals.ts'

/** Values of three parts, their sum, a union of them, and a multiple of the first. */
const truths = fc
  .record({
    parts: fc.array(fc.nat(60), { minLength: 3, maxLength: 3 }),
    overlap: fc.double({ min: 0, max: 1, noNaN: true }),
    each: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ parts, overlap, each }) => {
    const sum = parts.reduce((all, part) => all + part, 0)
    const largest = Math.max(...parts)
    return [...parts, sum, largest + Math.floor((sum - largest) * overlap), (parts[0] ?? 0) * each]
  })

function relationsOfTruths(): Relations {
  const relations = new Relations()
  relations.sum(3, [0, 1, 2])
  relations.union(4, [0, 1, 2])
  relations.multiple(5, 0, 12)
  return relations
}

describe('What a reader works out', () => {
  test('never leaves out the truth, and never becomes wider', () => {
    const rooms = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(truths, rooms, (truth, room) => {
        const low = Float64Array.from(truth, (value, figure) => Math.max(0, value - (room[figure]?.[0] ?? 0)))
        const high = Float64Array.from(truth, (value, figure) => value + (room[figure]?.[1] ?? 0))
        const before = { low: low.slice(), high: high.slice() }
        new Narrowing(relationsOfTruths(), 6).run({ low, high })
        for (const [figure, value] of truth.entries()) {
          expect(low[figure]).toBeLessThanOrEqual(value)
          expect(high[figure]).toBeGreaterThanOrEqual(value)
          expect(low[figure]).toBeGreaterThanOrEqual(before.low[figure] ?? 0)
          expect(high[figure]).toBeLessThanOrEqual(before.high[figure] ?? 0)
        }
      }),
    )
  })

  test('goes on through several sums: a rest of a rest is found', () => {
    const relations = new Relations()
    relations.sum(0, [1, 2])
    relations.sum(2, [3, 4])
    const low = Float64Array.of(50, 30, 0, 17, 0)
    const high = Float64Array.of(50, 30, Number.POSITIVE_INFINITY, 17, 9)
    new Narrowing(relations, 5).run({ low, high })
    expect([low[2], high[2], low[4], high[4]]).toEqual([20, 20, 3, 3])
  })

  test('is narrowed through a union and through a multiple', () => {
    const relations = new Relations()
    relations.union(0, [1, 2])
    relations.multiple(3, 2, 12)
    const low = Float64Array.of(20, 0, 0, 100)
    const high = Float64Array.of(20, 5, 100, 110)
    new Narrowing(relations, 4).run({ low, high })
    expect([low[2], high[2]]).toEqual([15, 20])
  })

  test('of figures that cannot all be true is an error that names the relation', () => {
    const relations = new Relations()
    relations.sum(0, [1, 2])
    const bounds = { low: Float64Array.of(10, 8, 8), high: Float64Array.of(10, 9, 9) }
    expect(() => new Narrowing(relations, 3).run(bounds)).toThrow(ContradictionError)
  })
})

// the limit that docs/decisions/0026 leaves: a month shows a stock that its year divides in two
test('Two groups of few that together were shown as a stock are told to three values at least, and only where 16 to 18 people stood as 20', () => {
  const few = THRESHOLD_DEFAULT - 1
  const relations = new Relations()
  relations.sum(2, [0, 1])
  const told = new Set<string>()
  for (let people = THRESHOLD_DEFAULT; people <= 2 * few; people++) {
    for (const key of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const shown = roundByKey(people, 5, key)
      const { from, to } = roundingInterval(shown, 5)
      const bounds = { low: Float64Array.of(0, 0, Math.max(THRESHOLD_DEFAULT, from)), high: Float64Array.of(few, few, to) }
      new Narrowing(relations, 3).run(bounds)
      const width = (bounds.high[0] ?? 0) - (bounds.low[0] ?? 0)
      if (width < 5) told.add(`${people} shown as ${shown}: ${bounds.low[0]} to ${bounds.high[0]}`)
    }
  }
  expect([...told]).toEqual([16, 17, 18].map((people) => `${people} shown as 20: 7 to 9`))
})
