import { describe, expect, it } from 'vitest'
import { BoundaryFileError, type Polygons, type Ring } from '../../../src/server/boundaries/boundary-file.ts'
import { boundariesOf } from '../../../src/server/boundaries/municipality-boundaries.ts'
import { squareAt } from './outlines.ts'

const MUNICIPALITIES = [
  { nis: 44021, name: 'Gent', mergedFrom: [] },
  { nis: 44088, name: 'Merelbeke-Melle', mergedFrom: [44040, 44043] },
  { nis: 11002, name: 'Antwerpen', mergedFrom: [11007] },
  { nis: 31006, name: 'Damme', mergedFrom: [] },
]
const [GENT, MERELBEKE, MELLE] = [squareAt(3.6, 51), squareAt(3.7, 51), squareAt(3.8, 51)]
const outline = (code: number, ...rings: readonly Ring[]) => ({ code, polygons: [rings] as Polygons })

describe('Boundaries', () => {
  it('are those of municipalities of today: what was merged is one, and a part alone is none', () => {
    const file = [outline(44021, GENT), outline(44040, MERELBEKE), outline(44043, MELLE), outline(11007, squareAt(4.5, 51.1))]
    const { fine, unknown, incomplete, missing } = boundariesOf([...file, outline(62063, squareAt(5.5, 50.6))], MUNICIPALITIES)
    expect(fine.map(({ nis }) => nis)).toEqual([44021, 44088])
    const merged = fine.find(({ nis }) => nis === 44088)?.polygons
    expect(boundsOf(merged)).toEqual([3.7, 3.9])
    // The border between the two that were merged is gone.
    expect(merged?.length).toBe(1)
    expect({ unknown, incomplete, missing }).toEqual({ unknown: [62063], incomplete: ['Antwerpen'], missing: ['Damme'] })
  })

  it('run clockwise, and holes against the clock, however the file had them', () => {
    const hole = squareAt(3.62, 51.02, 0.05)
    for (const rings of [
      [GENT, hole],
      [GENT.toReversed(), hole.toReversed()],
    ]) {
      const [gent] = boundariesOf([outline(44021, ...rings)], MUNICIPALITIES).fine
      expect(gent?.polygons.map((polygon) => polygon.map((ring) => Math.sign(turnOf(ring))))).toEqual([[-1, 1]])
    }
  })

  it('lose points until there are few enough, and neighbours still have the same along their border', () => {
    const border = wave(3_000)
    const west = outline(44021, [[3.5, 51], ...border, [3.5, 51.2], [3.5, 51]])
    const east = outline(31006, [[3.9, 51], [3.9, 51.2], ...border.toReversed(), [3.9, 51]])
    const { fine, coarse } = boundariesOf([west, east], MUNICIPALITIES)
    // Of two municipalities, 80 and 16 points each.
    for (const [boundaries, most] of [
      [fine, 160],
      [coarse, 32],
    ] as const) {
      const [one, other] = boundaries.map(({ polygons }) => innerPoints(polygons))
      expect(one?.length).toBeGreaterThan(most / 4)
      expect(one?.length).toBeLessThanOrEqual(most)
      expect(new Set(other)).toEqual(new Set(one))
    }
  })

  it('need a code of the registry', () => {
    expect(() => boundariesOf([outline(62063, GENT)], MUNICIPALITIES)).toThrow(BoundaryFileError)
  })
})

function boundsOf(polygons: Polygons = []): readonly number[] {
  const all = polygons.flat(2).map(([x]) => x)
  return [Math.min(...all), Math.max(...all)]
}

/** Below 0 for a ring that runs clockwise. */
function turnOf(ring: Ring): number {
  return ring.slice(1).reduce((sum, [x, y], index) => sum + (ring[index]?.[0] ?? 0) * y - x * (ring[index]?.[1] ?? 0), 0)
}

/** From south to north in so many steps, never straight. */
function wave(steps: number): readonly (readonly [number, number])[] {
  return Array.from({ length: steps + 1 }, (_, step) => [
    3.7 + 0.05 * Math.sin(step / 30) + 0.01 * Math.sin(step * 7),
    51 + (0.2 * step) / steps,
  ])
}

function innerPoints(polygons: Polygons): readonly string[] {
  return polygons.flat(2).flatMap(([x, y]) => (x > 3.55 && x < 3.85 ? [`${x} ${y}`] : []))
}
