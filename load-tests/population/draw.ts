/**
 * A pseudo-random unsigned 32-bit integer that depends on its arguments only (the finalizer of MurmurHash3, twice). Every
 * member of the population can so be made by itself, in any order and in any process, without a list in memory.
 */
export function draw(seed: number, index: number, subject: number): number {
  return mix(mix(Math.imul(seed, 0x9e3779b1) ^ index) + Math.imul(subject, 0x85ebca6b))
}

/** A number in [0, 1) for the same arguments. */
export function drawShare(seed: number, index: number, subject: number): number {
  return draw(seed, index, subject) / 0x1_0000_0000
}

/** One of `values`, which is not empty. */
export function drawOne<T>(values: readonly T[], drawn: number): T {
  const value = values[drawn % values.length]
  if (value === undefined) throw new RangeError('There is nothing to draw from')
  return value
}

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
