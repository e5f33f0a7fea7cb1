import { CELL_STATES, cellKey, changeNeeded, EARLIER, Figures, roundByKey } from '@zuil/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditRelease } from '../../src/audit/audit-release.ts'
import { describeCell } from '../../src/audit/audited-release.ts'
import { firstBounds, sweep } from '../../src/audit/interval-sweep.ts'
import { reconstruct } from '../../src/audit/reconstruction.ts'
import { drawPeople, generator, keysFrom, type Person } from '../publish/synthetic-truth.ts'
import { type Attacked, attacked, cellsOfMember, nameOf, smallCells, THRESHOLD, withCanary } from './attacked.ts'
import { ExactRange } from './linear-programme.ts'

const SEEDS = [1, 2, 3]
const PEOPLE = 2_000
/** Room that a number of 1 to 9 people must keep. */
const ROOM = 5

const releases = new Map<number, Attacked>()

/** The release of a seed, made once. */
function releaseOf(seed: number): Attacked {
  const made = releases.get(seed) ?? attacked(drawPeople(seed, PEOPLE), { secret: seed })
  releases.set(seed, made)
  return made
}

describe.each(SEEDS)('A release of everything, seed %i', (seed) => {
  test('Attack 1: interval propagation over the complete release leaves every small group five wide', () => {
    const { release } = releaseOf(seed)
    const bounds = firstBounds(release)
    sweep(release, bounds)
    const small = smallCells(release)
    expect(small.length).toBeGreaterThan(500)
    const narrow = small.filter((cell) => (bounds.high[cell] ?? 0) - (bounds.low[cell] ?? 0) < ROOM)
    expect(narrow.map((cell) => describeCell(release.table, cell))).toEqual([])
  })

  test('Attack 2: the exact linear programme on a sample leaves every small group five wide', async () => {
    const { release } = releaseOf(seed)
    const bounds = firstBounds(release)
    sweep(release, bounds)
    const width = (cell: number) => (bounds.high[cell] ?? 0) - (bounds.low[cell] ?? 0)
    // the worst ones: those that are narrowest already
    const sample = [...smallCells(release)].sort((a, b) => width(a) - width(b) || a - b).slice(0, 4)
    const exact = await ExactRange.of(release)
    for (const cell of sample) {
      const { from, to } = exact.range(cell, 400)
      expect(to - from, describeCell(release.table, cell)).toBeGreaterThanOrEqual(ROOM - 1)
    }
  })

  test('Attack 3: reconstruction by least squares hits at most 10 points more than blind guessing', () => {
    const { release } = releaseOf(seed)
    const bounds = firstBounds(release)
    sweep(release, bounds)
    const { small, hits, blind } = reconstruct(release, bounds)
    expect(hits / small - blind / small).toBeLessThan(0.1)
  })

  test('Attack 4: no two published cells, one within the other, tell the few people between them', () => {
    const { release } = releaseOf(seed)
    const bounds = firstBounds(release)
    sweep(release, bounds)
    const told: string[] = []
    for (const { inner, outer } of nestedPairs(releaseOf(seed))) {
      const between = (release.cells.people[outer] ?? 0) - (release.cells.people[inner] ?? 0)
      if (between < 1 || between >= THRESHOLD) continue
      const from = Math.max(0, (bounds.low[outer] ?? 0) - (bounds.high[inner] ?? 0))
      const to = Math.min(THRESHOLD - 1, (bounds.high[outer] ?? 0) - (bounds.low[inner] ?? 0))
      if (to - from < ROOM)
        told.push(`${describeCell(release.table, outer)} without ${describeCell(release.table, inner)}: ${from} to ${to}`)
    }
    expect(told).toEqual([])
  })

  test('Attack 6: a region without its other municipalities tells nothing of a small one, before or after a merger', () => {
    const { release } = releaseOf(seed)
    expect(auditRelease(release).counts[6]).toBeUndefined()
    for (const into of [10, 12]) {
      const after = { release: releaseOf(seed), withheld: EARLIER.closed }
      const merged = attacked(mergeTowns(drawPeople(seed, PEOPLE), { from: [10, 11], into }), { secret: seed, after })
      expect(auditRelease(merged.release).recovered).toEqual([])
      expect(differencesOf(releaseOf(seed), merged, { towns: [10, 11], into })).toEqual([])
    }
  })

  test('Attack 13: the same people have the same value by whatever route, or none by any', () => {
    const { release, made } = releaseOf(seed)
    const routes = new Map<string, Set<string>>()
    for (let cell = 0; cell < release.cells.size; cell++) {
      const { people, keys, unsafe } = release.cells
      if ((people[cell] ?? 0) === 0 || unsafe[cell]) continue
      const key = `${people[cell]}/${keys[cell]}`
      const state = made.states[cell] === CELL_STATES.open ? release.published[cell] : 'withheld'
      routes.set(key, (routes.get(key) ?? new Set()).add(String(state)))
    }
    expect([...routes.values()].filter((values) => values.size > 1)).toEqual([])
    expect(routes.size).toBeLessThan(release.cells.size)
  })
})

describe('Two releases of one period', () => {
  const people = drawPeople(7, PEOPLE)
  let first: Attacked
  beforeAll(() => {
    first = attacked(people)
  })
  const changes: readonly { name: string; people: readonly Person[] }[] = [
    { name: 'one holder more', people: [...people, ...drawPeople(8, 1).map((person) => ({ ...person, holder: PEOPLE + 1 }))] },
    { name: 'one holder less', people: people.slice(1) },
    { name: 'one holder moved', people: people.map((person, index) => (index === 3 ? { ...person, town: 11 } : person)) },
    {
      name: 'nine holders more',
      people: [...people, ...drawPeople(9, 9).map((person, index) => ({ ...person, holder: PEOPLE + 1 + index }))],
    },
  ]

  const both = changes.flatMap((change) => [
    { ...change, which: 'a closed period', withheld: EARLIER.closed },
    { ...change, which: 'a month that runs', withheld: EARLIER.withheld },
  ])

  test.each(both)('Attack 5: $name moves no published value of $which', ({ people: later, withheld }) => {
    const second = attacked(later, { after: { release: first, withheld } })
    const values = new Map(first.rows.map((row) => [nameOf(row), row.value]))
    const moved = second.rows.filter((row) => row.column === 'people' && values.get(nameOf(row)) !== row.value)
    expect(moved).toEqual([])
    expect(auditRelease(second.release).recovered).toEqual([])
  })

  test('Attack 5: many holders more move those values that ten of them moved, and no other', () => {
    const more = drawPeople(10, 400).map((person, index) => ({ ...person, holder: PEOPLE + 1 + index }))
    const second = attacked([...people, ...more], { after: { release: first, withheld: EARLIER.withheld } })
    const values = new Map(first.rows.map((row) => [nameOf(row), row.value]))
    const { cells, figures, table } = second.release
    const truths = new Map<string, number>()
    for (const level of table.levels) {
      for (let cell = level.first; cell < level.first + level.size; cell++) {
        const [dimensions, members] = [level.dimensions.join(','), table.membersOf(cell, level)]
        truths.set(
          nameOf({ cube: level.cube.id, place: table.placeOf(cell), dimensions, members, column: 'people' }),
          cells.people[figures.of(0, cell)] ?? 0,
        )
      }
    }
    const moved = second.rows.filter(
      (row) => row.column === 'people' && values.has(nameOf(row)) && values.get(nameOf(row)) !== row.value,
    )
    expect(moved.length).toBeGreaterThan(50)
    for (const row of moved) {
      expect(Math.abs((truths.get(nameOf(row)) ?? 0) - (values.get(nameOf(row)) ?? 0))).toBeGreaterThanOrEqual(
        changeNeeded(THRESHOLD),
      )
    }
    expect(auditRelease(second.release).recovered).toEqual([])
  })
})

describe('What stands around a release', () => {
  test('Attack 8: menus made from a release name no member or place that has withheld cells only', () => {
    const canary = withCanary(drawPeople(11, PEOPLE))
    const { rows } = attacked(canary.people)
    const offered = rows.filter(({ place }) => place === canary.place).flatMap(({ members }) => members)
    expect(offered).toContain('CULTURE')
    expect(offered).not.toContain(canary.sector)
  })

  test('Attack 11: who has the exact settlement learns nothing more of few people from the release', () => {
    const { release } = releaseOf(1)
    const tickets = release.table.cubes.find(({ id }) => id === 'tickets')
    const { first } = release.table.columnsOf(tickets ?? fail())
    const alone = settlementOnly(release, first)
    const bounds = firstBounds(release)
    for (const [figure, value] of settledFigures(release, first)) {
      bounds.low[figure] = value
      bounds.high[figure] = value
    }
    sweep(release, bounds)
    for (const cell of smallCells(release)) {
      if (cell < first) continue
      const before = (alone.high[cell] ?? 0) - (alone.low[cell] ?? 0)
      const after = (bounds.high[cell] ?? 0) - (bounds.low[cell] ?? 0)
      expect(after, describeCell(release.table, cell)).toBeGreaterThanOrEqual(Math.min(ROOM, before))
    }
  })

  test('Attack 14: another secret rounds another way', () => {
    const people = drawPeople(12, PEOPLE)
    const [one, two] = [attacked(people, { secret: 1 }), attacked(people, { secret: 2 })]
    const values = new Map(one.rows.map((row) => [nameOf(row), row.value]))
    const both = two.rows.filter((row) => values.has(nameOf(row)))
    const differing = both.filter((row) => values.get(nameOf(row)) !== row.value)
    expect(differing.length / both.length).toBeGreaterThan(0.2)
  })

  test('Attack 15: over 1,000 secrets the rounded numbers are right on average', () => {
    const random = generator(13)
    const secrets = Array.from({ length: 1_000 }, (_, secret) => keysFrom(secret))
    for (let cell = 0; cell < 40; cell++) {
      const people = THRESHOLD + Math.floor(random() * 200)
      // the key of a cell is as even with a few of its people as with all
      const holders = Array.from({ length: 3 }, () => Math.floor(random() * 800_000))
      let error = 0
      for (const keyOf of secrets) error += roundByKey(people, 5, cellKey(holders.map(keyOf))) - people
      // the spread of one is 2.5 at most, of a thousand on average 0.08
      expect(Math.abs(error / 1_000), `${people} people`).toBeLessThan(0.32)
    }
  })

  test('Attack 16: somebody alone in a sector of a village is found by none of the attacks', async () => {
    const canary = withCanary(drawPeople(14, PEOPLE))
    const { release, rows } = attacked(canary.people)
    expect(auditRelease(release).recovered).toEqual([])
    const alone = cellsOfMember(release, canary)
    expect(alone.length).toBeGreaterThan(3)
    const exact = await ExactRange.of(release)
    for (const cell of alone) {
      const { from, to } = exact.range(cell, 300)
      expect(to - from, describeCell(release.table, cell)).toBeGreaterThanOrEqual(ROOM - 1)
    }
    expect(rows.filter(({ place, members }) => place === canary.place && members.includes(canary.sector))).toEqual([])
  })
})

function fail(): never {
  throw new Error('The synthetic truth lacks a cube')
}

/** Pairs of published cells of which one is within the other by what they are: same or wider place, fewer dimensions. */
function* nestedPairs({ release }: Attacked): Iterable<{ inner: number; outer: number }> {
  const { table, relations, cells, published } = release
  const isOpen = (cell: number) => !Number.isNaN(published[cell] ?? Number.NaN)
  const wholes = new Map<number, number[]>()
  for (let relation = 0; relation < relations.size; relation++) {
    const whole = relations.whole(relation)
    const kind = relations.kind(relation)
    if (whole >= cells.size || kind === 'MULTIPLE' || kind === 'EACH') continue
    for (const part of relations.parts(relation)) wholes.set(part, [...(wholes.get(part) ?? []), whole])
  }
  for (let inner = 0; inner < table.size; inner++) {
    if (!isOpen(inner)) continue
    const around = new Set([inner])
    for (const cell of around) for (const whole of wholes.get(cell) ?? []) around.add(whole)
    for (const outer of around) if (outer !== inner && isOpen(outer)) yield { inner, outer }
  }
}

function mergeTowns(people: readonly Person[], { from, into }: { from: readonly number[]; into: number }): readonly Person[] {
  return people.map((person) => (from.includes(person.town) ? { ...person, town: into } : person))
}

/** Old and new codes: what the merged town has beyond an old one may not tell of few people. */
function differencesOf(before: Attacked, after: Attacked, { towns, into }: { towns: readonly number[]; into: number }) {
  const values = new Map(before.rows.map((row) => [nameOf(row), row.value]))
  const place = (town: number) => `municipality:${44_000 + town}`
  return after.rows
    .filter((row) => row.place === place(into) && row.column === 'people')
    .filter((row) => {
      const [one, two] = towns.map((town) => values.get(nameOf({ ...row, place: place(town) })))
      // one of the two is withheld: the merged one minus the other leaves it at least five wide, or far from small
      if ((one === undefined) === (two === undefined) || values.get(nameOf(row)) === row.value) return false
      const left = row.value - (one ?? two ?? 0)
      return Math.min(THRESHOLD - 1, left + 8) - Math.max(0, left - 8) < ROOM && left - 8 < THRESHOLD - 1
    })
    .map(nameOf)
}

/** Settlement is between places, whole amounts: it knows no ages. */
function settledFigures({ cells, figures, table }: Attacked['release'], first: number): ReadonlyMap<number, number> {
  const totals = table.levels.filter(({ dimensions }) => dimensions.length === 0)
  const isTotal = (cell: number) => totals.some((level) => cell >= level.first && cell < level.first + level.size)
  const settled = new Map<number, number>()
  for (const [index, column] of cells.columns.entries()) {
    if (column.first !== first) continue
    for (const [place, value] of column.values.entries()) {
      if (isTotal(first + place)) settled.set(figures.of(index + 1, first + place), value)
    }
  }
  return settled
}

/** What the ledger alone says of how many people bought. */
function settlementOnly(release: Attacked['release'], first: number) {
  const published = new Float64Array(new Figures(release.cells).count).fill(Number.NaN)
  const bounds = firstBounds({ ...release, published })
  for (const [figure, value] of settledFigures(release, first)) {
    bounds.low[figure] = value
    bounds.high[figure] = value
  }
  sweep(release, bounds)
  return bounds
}
