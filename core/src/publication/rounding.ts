/** Width of the steps between published values: holders, participations and points, money in cents. */
export const ROUNDING_BASES = { holders: 5, participations: 10, points: 10, cents: 5_000 } as const

/**
 * Rounds to a neighbouring multiple of `base`, up with a chance as large as the remainder, so that many rounded values have
 * the right sum. The chance is the cell's key, not a throw: the same people give the same answer wherever they are counted.
 *
 * @param value whole, at least 0
 * @param key in [0, 1), from {@link cellKey}
 */
export function roundByKey(value: number, base: number, key: number): number {
  const remainder = value % base
  return value - remainder + (key < remainder / base ? base : 0)
}

/** Whole values that may have been rounded to `published`. */
export function roundingInterval(published: number, base: number): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, published - base + 1), to: published + base - 1 }
}

const WORD = 2n ** 64n
const FRACTION_BITS = 53n

/**
 * The key of a cell in [0, 1): the sum of the record keys of its distinct people, whole numbers of 64 bits, without what
 * runs over. It says nothing about a person, and differs by one person's key between two cells that differ by that person.
 */
export function cellKey(recordKeys: Iterable<bigint>): number {
  let sum = 0n
  for (const key of recordKeys) sum += key
  return cellKeyOfSum(BigInt.asUintN(64, sum))
}

/** The same from the sum that the warehouse made (`sum` of UInt64 runs over by itself). */
export function cellKeyOfSum(sum: bigint): number {
  if (sum < 0n || sum >= WORD) throw new RangeError('A sum of record keys has 64 bits')
  return Number(sum >> (64n - FRACTION_BITS)) / Number(1n << FRACTION_BITS)
}
