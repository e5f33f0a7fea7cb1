import {
  CELL_STATES,
  type Cells,
  cellKey,
  EARLIER,
  Figures,
  HEADLINES,
  isDominated,
  protect,
  Relations,
  roomAround,
  tellsOfAnOrganizer,
} from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cubeOf, drawPeople } from './cube.ts'

/** Keys that round a whole of 42 down to 40, and a part of 41 up to 45: the rest is 3 at most. */
const TELLING_KEYS = [0.9, 0.5, 0.1]

/** Cells of people only, with a whole (cell 0) and its parts; keys in the same order, the last for all further ones. */
function family(parts: readonly number[], keys: readonly number[] = [0.5]) {
  const people = Uint32Array.from([parts.reduce((sum, part) => sum + part, 0), ...parts])
  const size = people.length
  const cells: Cells = {
    size,
    people,
    keys: Float64Array.from(people, (_, cell) => keys[cell] ?? keys.at(-1) ?? 0),
    silent: new Uint8Array(size),
    structuralZeros: new Uint8Array(size),
    unsafe: new Uint8Array(size),
    headlines: Uint8Array.from({ length: size }, (_, cell) => (cell === 0 ? 1 : 0)),
    columns: [],
  }
  const relations = new Relations()
  relations.sum(
    0,
    parts.map((_, index) => index + 1),
  )
  return { cells, relations }
}

const statesOf = (states: Uint8Array) =>
  [...states].map((state) => Object.entries(CELL_STATES).find(([, value]) => value === state)?.[0])

describe('What may be seen', () => {
  test('a cell with fewer people than the threshold is withheld, the others are multiples of five', () => {
    const { cells, relations } = family([9, 4, 12, 33])
    const { states, published } = protect(cells, relations)
    expect(statesOf(states)).toEqual(['open', 'fewPeople', 'fewPeople', 'open', 'open'])
    expect([...published]).toEqual([60, 0, 0, 10, 35])
  })

  test('somebody alone is not the rest of a sum: where rounding leaves too little room, another group is withheld too', () => {
    const roomy = family([1, 41], [0.5, 0.5, 0.5])
    expect(protect(roomy.cells, roomy.relations).audit).toMatchObject({ primary: 1, secondary: 0, failures: [] })
    const narrow = family([1, 41], TELLING_KEYS)
    const { states, audit } = protect(narrow.cells, narrow.relations)
    expect(statesOf(states)).toEqual(['open', 'fewPeople', 'protectsAnother'])
    expect(audit).toMatchObject({ rounds: 2, primary: 1, secondary: 1, failures: [] })
  })

  test('nor are few people beside a group when all others are empty: that these are empty is not known, what they have together is', () => {
    // 51 is shown as 55 and 43 as 40, so that the others are 7 to 9
    const { cells, relations } = family([43, 8, 0], [0.1, 0.9, 0.5])
    const { states, audit } = protect(cells, relations)
    expect(statesOf(states)).toEqual(['open', 'protectsAnother', 'fewPeople', 'fewPeople'])
    expect(audit).toMatchObject({ complements: 1, failures: [] })
  })

  test('of several that would help, the one with the fewest people is withheld', () => {
    const { cells, relations } = family([1, 41], TELLING_KEYS)
    const { states } = protect({ ...cells, headlines: new Uint8Array(3) }, relations)
    expect(statesOf(states)).toEqual(['open', 'fewPeople', 'protectsAnother'])
    const headline = protect({ ...cells, headlines: Uint8Array.of(0, 0, 1) }, relations)
    expect(statesOf(headline.states)).toEqual(['protectsAnother', 'fewPeople', 'open'])
  })

  test('a release that cannot be repaired says which figures fail, and nothing is hidden about it', () => {
    const { cells, relations } = family([1, 41], TELLING_KEYS)
    const all = { ...cells, headlines: new Uint8Array(3).fill(HEADLINES.never) }
    expect(protect(all, relations).audit.failures).toEqual([1])
  })

  test('what the reference tables leave empty is a zero, and needs no protection', () => {
    const { cells, relations } = family([0, 40, 60])
    const { states } = protect({ ...cells, structuralZeros: Uint8Array.of(0, 1, 0, 0) }, relations)
    expect(statesOf(states)).toEqual(['open', 'structuralZero', 'open', 'open'])
    const wrong = family([3, 40])
    expect(() => protect({ ...wrong.cells, structuralZeros: Uint8Array.of(0, 1, 0) }, wrong.relations)).toThrow('has people')
  })

  test('relations that do not hold, and a threshold that protects nobody, are refused', () => {
    const { cells, relations } = family([20, 40])
    expect(() => protect({ ...cells, people: Uint32Array.of(61, 20, 40) }, relations)).toThrow('does not hold: 61 of 60')
    expect(() => protect(cells, relations, 4)).toThrow('at least 5')
    expect(() => protect(cells, relations, Number.NaN)).toThrow('at least 5')
  })

  test('participations are withheld with their people, and do not give these away', () => {
    const { cells } = family([9, 41])
    const relations = new Relations()
    const column = { id: 'participations', base: 10, shareMax: 12, first: 0, values: Float64Array.of(190, 90, 100) }
    const both: Cells = { ...cells, headlines: Uint8Array.of(1, 0, 0), columns: [column] }
    const figures = new Figures(both)
    for (const m of [0, 1]) relations.sum(figures.of(m, 0), [figures.of(m, 1), figures.of(m, 2)])
    for (const cell of [0, 1, 2]) relations.each(figures.of(1, cell), figures.of(0, cell), 12)
    const { states, published, audit } = protect(both, relations)
    expect(statesOf(states)).toEqual(['open', 'fewPeople', 'protectsAnother'])
    expect(audit.failures).toEqual([])
    expect([...published.subarray(3)]).toEqual([190, 0, 0])
  })

  test('a cell that another rule forbids is withheld, whatever its size, and is not the rest of a sum', () => {
    const { cells, relations } = family([50])
    const hidden = { ...cells, unsafe: Uint8Array.of(0, 1) }
    const { states, audit } = protect(hidden, relations)
    expect(statesOf(states)).toEqual(['open', 'unsafe'])
    expect(audit.failures).toEqual([])
  })
})

describe('What was published before', () => {
  const later = (count: number, earlier: { state: number; value: number }) => {
    const { cells, relations } = family([count, 200], [0.3])
    const values = Float64Array.of(0, earlier.value, 0)
    const states = Uint8Array.of(EARLIER.none, earlier.state, EARLIER.none)
    const { states: now, published, audit } = protect({ ...cells, earlier: { states, values } }, relations)
    return { state: statesOf(now)[1], value: published[1], kept: audit.kept, failures: audit.failures }
  }
  const OPEN = { state: EARLIER.open, value: 30 }

  test('stands until ten other people at least have come or gone, however it was rounded', () => {
    for (const count of [17, 29, 31, 43]) {
      expect(later(count, OPEN)).toEqual({ state: 'open', value: 30, kept: 1, failures: [] })
    }
    expect(later(44, OPEN)).toMatchObject({ state: 'open', value: 45, kept: 0 })
    expect(later(16, OPEN)).toMatchObject({ state: 'open', value: 15, kept: 0 })
  })

  test('stands when fewer people than the threshold are left, and goes when ten have gone', () => {
    expect(later(9, { state: EARLIER.open, value: 15 })).toMatchObject({ state: 'open', value: 15 })
    expect(later(6, { state: EARLIER.open, value: 20 })).toMatchObject({ state: 'fewPeople', value: 0 })
  })

  test('and withheld opens when ten people at least have come, unless it is closed', () => {
    const withheld = { state: EARLIER.withheld, value: 0 }
    expect(later(18, withheld)).toMatchObject({ state: 'protectsAnother', value: 0 })
    expect(later(19, withheld)).toMatchObject({ state: 'open' })
    expect(later(90, { state: EARLIER.closed, value: 0 })).toMatchObject({ state: 'protectsAnother', value: 0 })
  })
})

describe('The same people', () => {
  test('are withheld wherever they are counted', () => {
    const { cells, relations } = family([1, 41], TELLING_KEYS)
    const twin = { people: 41, key: TELLING_KEYS[2] ?? 0 }
    const more: Cells = {
      ...cells,
      size: 4,
      people: Uint32Array.of(...cells.people, twin.people),
      keys: Float64Array.of(...cells.keys, twin.key),
      silent: new Uint8Array(4),
      structuralZeros: new Uint8Array(4),
      unsafe: new Uint8Array(4),
      headlines: Uint8Array.of(1, 0, 0, 0),
    }
    expect(statesOf(protect(more, relations).states)).toEqual(['open', 'fewPeople', 'protectsAnother', 'protectsAnother'])
  })
})

describe('A group that no cell counts', () => {
  test('is audited when it is what a whole has beside a part', () => {
    const { cells } = family([41], [0.9, 0.1])
    const contained = { ...cells, people: Uint32Array.of(53, 44), headlines: new Uint8Array(2) }
    const relations = new Relations()
    relations.contains(0, 1)
    // 55 and 40 say: 51 at least, and 44 of them at most
    const { states, audit } = protect({ ...contained, keys: Float64Array.of(0.1, 0.9) }, relations)
    expect(audit).toMatchObject({ complements: 1, failures: [] })
    expect(statesOf(states)).toEqual(['open', 'protectsAnother'])
  })

  test('is audited when it is what all parts but one make together', () => {
    const { cells, relations } = family([44, 4, 5], [0.1, 0.9, 0.5])
    const { audit } = protect({ ...cells, headlines: Uint8Array.of(0, 0, 0, 0) }, relations)
    expect(audit).toMatchObject({ complements: 1, secondary: 1, failures: [] })
  })
})

describe('Amounts', () => {
  test('that two make up nearly alone are unsafe, and nobody may come close to the larger', () => {
    expect(isDominated({ total: 10_000, largest: 7_000, second: 2_000 })).toBe(true)
    expect(isDominated({ total: 10_000, largest: 5_000, second: 2_000 })).toBe(false)
    expect(isDominated({ total: 0, largest: 0, second: 0 })).toBe(false)
    expect(roomAround({ largest: 7_000 })).toBe(2_800)
  })

  test('are withheld with as much room as the rule asks for', () => {
    const { cells, relations } = family([20, 40], [0.5, 0.4, 0.3])
    const values = Float64Array.of(130_000, 100_000, 30_000)
    const column = { id: 'cents', base: 5_000, shareMax: 144_000, first: 0, values }
    const rooms = Float64Array.of(0, 40_000, 0)
    const unsafe: Cells = { ...cells, unsafe: Uint8Array.of(0, 1, 0), columns: [{ ...column, rooms }] }
    const figures = new Figures(unsafe)
    relations.sum(figures.of(1, 0), [figures.of(1, 1), figures.of(1, 2)])
    expect(statesOf(protect(unsafe, relations).states)).toEqual(['open', 'unsafe', 'protectsAnother'])
    const narrow = { ...unsafe, columns: [column] }
    expect(statesOf(protect(narrow, relations).states)).toEqual(['open', 'unsafe', 'open'])
  })

  test('of organizers need three of them, none with more than half', () => {
    expect(tellsOfAnOrganizer({ organizers: 2, largestShare: 0.5 })).toBe(true)
    expect(tellsOfAnOrganizer({ organizers: 3, largestShare: 0.51 })).toBe(true)
    expect(tellsOfAnOrganizer({ organizers: 3, largestShare: 0.5 })).toBe(false)
  })
})

describe('Somebody who has the whole release', () => {
  test('finds no group of 1 to 9 in any family of sums, by trying all possible numbers', () => {
    const key = fc.double({ min: 0, max: 0.999, noNaN: true })
    const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 10, max: 40 })), {
      minLength: 2,
      maxLength: 5,
    })
    fc.assert(
      fc.property(sizes, fc.array(key, { minLength: 6, maxLength: 6 }), (parts, keys) => {
        const { cells, relations } = family(parts, keys)
        const { states, published, audit } = protect(cells, relations)
        if (audit.failures.length > 0) return
        const possible = parts.map((_, index) => possibleValues(index + 1, { cells, states, published }))
        const wholes = new Set(possibleValues(0, { cells, states, published }))
        for (const [index, part] of parts.entries()) {
          if (part < 1 || part > 9) continue
          const left = consistent(possible, wholes, index)
          expect(Math.max(...left) - Math.min(...left), `${parts} with keys ${keys}`).toBeGreaterThanOrEqual(5)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('finds nobody in a cube with all its margins, and few further cells are withheld', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { cells, relations } = cubeOf(drawPeople(seed, 30_000))
      const { audit } = protect(cells, relations)
      expect(audit.failures, `seed ${seed}`).toEqual([])
      expect(audit.primary).toBeGreaterThan(30)
      expect(audit.secondary).toBeLessThan(audit.primary)
    }
  })
})

describe('Rounding by key', () => {
  test('gives the same people the same number, and many cells the right sum', () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => cellKey([BigInt(index) * 0x9e3779b97f4a7c15n]))
    const errors = keys.map((key) => {
      const { cells, relations } = family([13, 21], [key])
      return (protect(cells, relations).published[1] ?? 0) - 13
    })
    expect(new Set(errors)).toEqual(new Set([-3, 2]))
    expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(0.3)
    expect(cellKey([1n << 63n, 1n << 63n, 5n])).toBe(cellKey([5n]))
  })
})

interface Seen {
  readonly cells: Cells
  readonly states: Uint8Array
  readonly published: Float64Array
}

/** Numbers that a cell may have for somebody who sees it, and who guesses right why it is withheld. */
function possibleValues(cell: number, { states, published }: Seen): readonly number[] {
  const value = published[cell] ?? 0
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
  if (states[cell] === CELL_STATES.open) return range(Math.max(10, value - 4), value + 4)
  return states[cell] === CELL_STATES.fewPeople ? range(0, 9) : range(0, 60)
}

/** The values of one part with which all parts can add up to one of the wholes. */
function consistent(possible: readonly (readonly number[])[], wholes: ReadonlySet<number>, of: number): readonly number[] {
  let sums = new Set([0])
  for (const [index, values] of possible.entries()) {
    if (index !== of) sums = new Set([...sums].flatMap((sum) => values.map((value) => sum + value)))
  }
  return (possible[of] ?? []).filter((value) => [...sums].some((sum) => wholes.has(sum + value)))
}
