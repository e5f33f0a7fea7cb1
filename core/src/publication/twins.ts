import type { Cells } from './cells.ts'

/**
 * For each cell the first one with the same people: as many, with the same sum of record keys (two different groups have the
 * same sum once in 2^53). Wherever the same people are counted, they are published with one value or nowhere.
 * Cells without people are nobody's twins.
 */
export function twinsOf({ size, people, keys }: Pick<Cells, 'size' | 'people' | 'keys'>): Uint32Array {
  const twins = Uint32Array.from({ length: size }, (_, cell) => cell)
  const order = twins
    .filter((cell) => (people[cell] ?? 0) > 0)
    .sort((a, b) => (people[a] ?? 0) - (people[b] ?? 0) || (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)
  for (let place = 1; place < order.length; place++) {
    const cell = order[place] ?? 0
    const before = order[place - 1] ?? 0
    if (people[cell] === people[before] && keys[cell] === keys[before]) twins[cell] = twins[before] ?? before
  }
  return twins
}
