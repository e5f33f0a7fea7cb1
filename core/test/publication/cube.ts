import { type Cells, cellKey, Relations } from '@zuil/core'

/** Towns of uneven size, kansentarief or not, ages, and how often somebody came. */
const DIMENSIONS = [12, 2, 7, 3] as const

/** A person as a place in the cube, and the person's key. */
export interface Person {
  readonly place: readonly number[]
  readonly key: bigint
}

/** People from a seed: small towns are smaller, the old fewer, kansentarief a third. */
export function drawPeople(seed: number, count: number): readonly Person[] {
  const random = generator(seed)
  const skewed = (values: number, power: number) => Math.floor(random() ** power * values)
  return Array.from({ length: count }, () => ({
    place: [skewed(DIMENSIONS[0], 2.5), random() < 0.33 ? 1 : 0, skewed(DIMENSIONS[2], 1.6), skewed(DIMENSIONS[3], 2)],
    key: (BigInt(Math.floor(random() * 2 ** 32)) << 32n) | BigInt(Math.floor(random() * 2 ** 32)),
  }))
}

/** mulberry32: small, and the same on every machine. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** All cells with all margins: in each dimension the last place is the total. Each total is the sum over its dimension. */
export function cubeOf(people: readonly Person[]): { cells: Cells; relations: Relations } {
  const lengths = DIMENSIONS.map((length) => length + 1)
  const size = lengths.reduce((product, length) => product * length, 1)
  const counts = new Uint32Array(size)
  const sums = new Array<bigint>(size).fill(0n)
  const cellAt = (place: readonly number[]) => place.reduce((cell, at, index) => cell * (lengths[index] ?? 1) + at, 0)
  for (const { place, key } of people) {
    for (let mask = 0; mask < 1 << DIMENSIONS.length; mask++) {
      const cell = cellAt(place.map((at, index) => (mask & (1 << index) ? (DIMENSIONS[index] ?? 0) : at)))
      counts[cell] = (counts[cell] ?? 0) + 1
      sums[cell] = (sums[cell] ?? 0n) + key
    }
  }
  const relations = new Relations()
  for (let cell = 0; cell < size; cell++) {
    let rest = cell
    const place = lengths.map((_, index) => {
      const below = lengths.slice(index + 1).reduce((product, length) => product * length, 1)
      const at = Math.floor(rest / below)
      rest %= below
      return at
    })
    for (const [index, length] of DIMENSIONS.entries()) {
      if (place[index] !== length) continue
      relations.sum(
        cell,
        Array.from({ length }, (_, at) => cellAt(place.with(index, at))),
      )
    }
  }
  const townTotals = Uint8Array.from({ length: size }, (_, cell) => (cell % (3 * 8 * 4) === 3 * 8 * 4 - 1 ? 1 : 0))
  const cells: Cells = {
    size,
    people: counts,
    keys: Float64Array.from(sums, (sum) => cellKey([sum])),
    silent: new Uint8Array(size),
    structuralZeros: new Uint8Array(size),
    unsafe: new Uint8Array(size),
    headlines: townTotals,
    columns: [],
  }
  return { cells, relations }
}
