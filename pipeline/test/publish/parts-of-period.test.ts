import { parseReportingPeriod, Relations, ROUNDING_BASES, roundByKey, roundingInterval } from '@zuil/core'
import { CUBES, type Release } from '@zuil/warehouse'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sweep } from '../../src/audit/interval-sweep.ts'
import { LevelParts, partsOfPeriod } from '../../src/publish/parts-of-period.ts'

const THRESHOLD = 10
const ROOM = 5
const WORD = 2 ** 64
const HERE = { place: 'municipality:44021', members: ['KT'] }

const keyText = (key: number) => String(BigInt(Math.floor(key * 2 ** 53)) * BigInt(WORD / 2 ** 53))
const release = (number: number, period: string, changes: Partial<Release> = {}): Release => ({
  release: number,
  publishedAt: 0,
  provisional: false,
  periodKind: 'MONTH',
  period,
  threshold: THRESHOLD,
  cubes: ['sectors', 'holders', 'organizer-hours'],
  cells: 0,
  withheld: 0,
  contentRows: 0,
  contentHash: '0',
  ...changes,
})

/** How wide an attacker leaves each part who puts the whole beside them: its people are in one part at least. */
function widthsOfParts(whole: number, parts: readonly (number | undefined)[]): readonly number[] {
  const relations = new Relations()
  relations.union(
    0,
    parts.map((_, index) => index + 1),
  )
  const intervals = [whole, ...parts].map((value) => {
    if (value === undefined) return { from: 0, to: THRESHOLD - 1 }
    const { from, to } = roundingInterval(value, ROUNDING_BASES.holders)
    return { from: Math.max(from, THRESHOLD), to }
  })
  const bounds = { low: Float64Array.from(intervals, ({ from }) => from), high: Float64Array.from(intervals, ({ to }) => to) }
  sweep({ relations }, bounds)
  return parts.flatMap((value, index) =>
    value === undefined ? [(bounds.high[index + 1] ?? 0) - (bounds.low[index + 1] ?? 0)] : [],
  )
}

describe('A whole beside the parts that make it up', () => {
  test('is told apart exactly where an attacker comes too close to the few of a part', () => {
    let told = 0
    const key = fc.double({ min: 0, max: 0.999, noNaN: true })
    // few people at one end, and others who come in one part only: the worst case
    const part = fc.record({ people: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 40 })), key })
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), key, (parts, wholeKey) => {
        const people = parts.reduce((sum, one) => sum + one.people, 0)
        const shown = parts.map((one) => (one.people < THRESHOLD ? undefined : roundByKey(one.people, 5, one.key)))
        const level = new LevelParts(parts.length)
        const open = shown.filter((value) => value !== undefined)
        if (open.length > 0) level.addShown({ ...HERE, shown: open.length, total: open.reduce((sum, value) => sum + value, 0) })
        const isTold = level.isToldBy({ ...HERE, people, key: keyText(wholeKey) }, THRESHOLD)
        const widths = people < THRESHOLD ? [] : widthsOfParts(roundByKey(people, 5, wholeKey), shown)
        if (people >= THRESHOLD) expect(isTold).toBe(widths.some((width) => width < ROOM))
        if (isTold) told++
      }),
      { numRuns: 8_000, seed: 1 },
    )
    expect(told).toBeGreaterThan(10)
  })

  test('is left alone where a part withholds the cell to protect another, or shows it', () => {
    const cell = { ...HERE, people: 60, key: keyText(0) }
    const told = new LevelParts(2)
    told.addShown({ ...HERE, shown: 1, total: 45 })
    expect(told.isToldBy(cell, THRESHOLD)).toBe(true)
    told.addProtecting(HERE)
    expect(told.isToldBy(cell, THRESHOLD)).toBe(false)
    const shown = new LevelParts(2)
    shown.addShown({ ...HERE, shown: 2, total: 60 })
    expect(shown.isToldBy(cell, THRESHOLD)).toBe(false)
  })
})

describe('The parts of a period', () => {
  const cubes = [CUBES.sectors, CUBES.holders, CUBES['organizer-hours']]
  const quarter = parseReportingPeriod('2025-Q1')
  const months = [release(4, '2025-01'), release(5, '2025-02'), release(9, '2025-03')]

  test('are the releases in force of its months, with the cubes of what happened to people', () => {
    if (!quarter) throw new Error('2025-Q1 is a quarter')
    const revised = [...months, release(11, '2025-02')]
    expect(partsOfPeriod(quarter, { cubes, releases: revised })).toEqual([{ releases: [4, 11, 9], cubes: ['sectors'] }])
  })

  test('say nothing while one of them is missing or provisional, and a season has none', () => {
    const season = parseReportingPeriod('2024-2025')
    if (!quarter || !season) throw new Error('Both are periods')
    expect(partsOfPeriod(quarter, { cubes, releases: months.slice(1) })).toEqual([])
    const running = [...months.slice(0, 2), release(9, '2025-03', { provisional: true })]
    expect(partsOfPeriod(quarter, { cubes, releases: running })).toEqual([])
    expect(partsOfPeriod(season, { cubes, releases: months })).toEqual([])
  })
})
