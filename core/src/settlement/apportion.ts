/**
 * Divides whole cents by weights so that the parts add up to the cent: each gets its part rounded down, and the cents that are left go one
 * by one to the largest remainders, equal ones in the order given. Products are exact: weights are whole numbers (inhabitants).
 * @throws {RangeError} when the weights add up to nothing, or one is negative
 */
export function apportion(cents: number, weights: readonly number[]): readonly number[] {
  if (!Number.isSafeInteger(cents) || cents < 0) throw new RangeError(`${cents} are no cents to be divided`)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(whole > 0) || weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError('Weights are whole numbers that are not all 0')
  }
  const exact = weights.map((weight) => BigInt(cents) * BigInt(weight))
  const parts = exact.map((product) => Number(product / BigInt(whole)))
  const order = exact
    .map((product, index) => ({ index, remainder: product % BigInt(whole) }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1))
  const left = cents - parts.reduce((sum, part) => sum + part, 0)
  for (const { index } of order.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}
