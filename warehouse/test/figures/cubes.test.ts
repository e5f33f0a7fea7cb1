import { CUBE_IDS, CUBES, type Cube, DIMENSIONS, type DimensionId } from '@zuil/warehouse'
import { describe, expect, it } from 'vitest'

/** Crossing more than this would leave cells of one or two people. */
const CROSSINGS_MAX = 3

describe.each(CUBE_IDS)('the cube %s', (id) => {
  const cube = CUBES[id]

  it('has its own name, and cells by dimensions that it declares, in their order', () => {
    expect(cube.id).toBe(id)
    const order = cube.dimensions.map((dimension) => dimension.id)
    for (const set of cube.lattice) expect(set).toEqual(order.filter((dimension) => set.includes(dimension)))
    expect(new Set(cube.lattice.map((set) => set.join())).size).toBe(cube.lattice.length)
  })

  it('crosses few dimensions, and has each margin of what it crosses', () => {
    for (const set of cube.lattice) {
      expect(set.length).toBeLessThanOrEqual(CROSSINGS_MAX)
      for (const left of set) expect(cells(cube)).toContain(set.filter((dimension) => dimension !== left).join())
    }
  })

  it('is linked with cubes that have the cells it speaks of', () => {
    for (const link of cube.links) {
      const there = CUBES[link.cube]
      for (const dimensions of link.dimensions) {
        expect(cells(cube)).toContain(joined(cube, [...dimensions, ...keysOf(link.where)]))
        expect(cells(there)).toContain(joined(there, [...dimensions, ...keysOf(link.whereThere)]))
      }
      for (const [dimension, member] of [...Object.entries(link.where ?? {}), ...Object.entries(link.whereThere ?? {})]) {
        // keys of `where` are ids of dimensions by its type
        expect(DIMENSIONS[dimension as DimensionId].members).toContain(member)
      }
    }
  })
})

function cells(cube: Cube): readonly string[] {
  return cube.lattice.map((set) => set.join())
}

function joined(cube: Cube, dimensions: readonly string[]): string {
  return cube.dimensions
    .map(({ id }) => id)
    .filter((id) => dimensions.includes(id))
    .join()
}

function keysOf(members: Readonly<Partial<Record<DimensionId, string>>> = {}): readonly string[] {
  return Object.keys(members)
}
