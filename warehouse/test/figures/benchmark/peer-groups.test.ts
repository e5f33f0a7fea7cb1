import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mayBeCompared, PEERS_MIN, type PeerFacts, peerGroups } from '../../../src/figures/benchmark/peer-groups.ts'
import { quartilesOf } from '../../../src/figures/benchmark/quartiles.ts'

const facts: fc.Arbitrary<PeerFacts> = fc.record({
  organizer: fc.uuid(),
  sector: fc.constantFrom('CULTURE', 'SPORT', ''),
  inhabitants: fc.constantFrom(0, 9_000, 40_000, 260_000),
  people: fc.integer({ min: 2, max: 1_000 }).map((fives) => fives * 5),
})
const some = fc.uniqueArray(facts, { selector: ({ organizer }) => organizer, maxLength: 60 })

function membersOf(organizers: readonly PeerFacts[]): ReadonlyMap<string, readonly PeerFacts[]> {
  const groups = peerGroups(organizers)
  return Map.groupBy(
    organizers.filter(({ organizer }) => groups.has(organizer)),
    ({ organizer }) => groups.get(organizer) ?? '',
  )
}

describe('Attack 12: peer groups', () => {
  test('have five peers besides each member at least, and nobody who makes up most of them', () => {
    fc.assert(
      fc.property(some, (organizers) => {
        for (const members of membersOf(organizers).values()) {
          expect(members.length).toBeGreaterThan(PEERS_MIN)
          const people = members.map((member) => member.people)
          expect(Math.max(...people) * 2).toBeLessThanOrEqual(people.reduce((sum, count) => sum + count, 0))
        }
      }),
    )
  })

  test('do not depend on the order in which organizers come', () => {
    fc.assert(
      fc.property(some, (organizers) => {
        const [one, other] = [peerGroups(organizers), peerGroups(organizers.toReversed())]
        expect(Object.fromEntries(other)).toEqual(Object.fromEntries(one))
      }),
    )
  })

  test('are as alike as they can be: by sector, size and region type before size alone', () => {
    const six = (sector: string, inhabitants: number) =>
      Array.from({ length: 6 }, (_, index) => ({
        organizer: `${sector}${inhabitants}${index}`,
        sector,
        inhabitants,
        people: 150,
      }))
    const alone: PeerFacts = { organizer: 'alone', sector: 'LIBRARY', inhabitants: 9_000, people: 150 }
    const groups = peerGroups([...six('CULTURE', 260_000), ...six('CULTURE', 9_000), alone])
    expect(new Set(groups.values())).toEqual(new Set(['CULTURE 100-499 CITY', 'CULTURE 100-499 VILLAGE']))
    expect(groups.has('alone')).toBe(false)
    const loose = peerGroups([...six('CULTURE', 260_000).slice(0, 3), ...six('SPORT', 9_000).slice(0, 2), alone])
    expect(new Set(loose.values())).toEqual(new Set(['100-499']))
  })

  test('leave out who makes up more than half', () => {
    expect(mayBeCompared([10, 10, 10, 10, 10, 50])).toBe(true)
    expect(mayBeCompared([10, 10, 10, 10, 10, 60])).toBe(false)
    expect(mayBeCompared([10, 10, 10, 10, 10])).toBe(false)
  })
})

describe('Attack 12: quartiles of a group', () => {
  const values = fc.array(
    fc.integer({ min: 2, max: 400 }).map((fives) => fives * 5),
    { minLength: 6, maxLength: 40 },
  )

  test('are of six values at least', () => {
    expect(quartilesOf([50, 50, 50, 50, 50], 'PERCENT')).toBeUndefined()
    expect(quartilesOf([10, 20, 30, 40, 50, 60], 'PERCENT')).toEqual({ organizers: 6, lower: 20, median: 30, upper: 50 })
    expect(quartilesOf([100, 110, 120, 130, 140, 150], 'COUNT')).toEqual({ organizers: 6, lower: 110, median: 120, upper: 140 })
    expect(quartilesOf([1, 1.2, 1.4, 1.8, 2, 2.25], 'MEAN')).toEqual({ organizers: 6, lower: 1.2, median: 1.4, upper: 2 })
  })

  test('of a count that one organizer makes up most of are not there', () => {
    expect(quartilesOf([10, 10, 10, 10, 10, 1_000], 'COUNT')).toBeUndefined()
  })

  test('leave several values of one organizer open for all others together, who know their own', () => {
    fc.assert(
      fc.property(values, fc.nat(), (all, index) => {
        const victim = index % all.length
        const seen = JSON.stringify(quartilesOf(all, 'COUNT'))
        // up to twice the largest: above it, the victim may be the largest, too
        const fits = Array.from({ length: 801 }, (_, fives) => fives * 5).filter(
          (value) => JSON.stringify(quartilesOf(all.with(victim, value), 'COUNT')) === seen,
        )
        expect(fits.length).toBeGreaterThanOrEqual(2)
      }),
      // found when quartiles were points between two values: only 1380 fitted both the median and the upper quartile
      {
        examples: [
          [[10, 10, 1995, 1380, 1600, 625], 3],
          [[1995, 1995, 10, 10, 10, 10], 0],
        ],
        numRuns: 1_000,
      },
    )
  })

  test('stay the same when the largest and the smallest value move outwards: neither can be read off', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (all, more) => {
        const sorted = all.toSorted((a, b) => a - b)
        const [least = 0, most = 0] = [sorted[0], sorted.at(-1)]
        const moved = [Math.max(0, least - more), ...sorted.slice(1, -1), most + more]
        expect(quartilesOf(moved, 'MEAN')).toEqual(quartilesOf(sorted, 'MEAN'))
      }),
    )
  })
})
