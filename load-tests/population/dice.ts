/**
 * A stream of pseudo-random numbers (mulberry32): the same seed and subject give the same stream on every machine. For what
 * happens one after the other; what has a number of its own is drawn by it, see draw.ts.
 */
export class Dice {
  #state: number

  constructor(seed: number, subject: number) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(subject + 1, 0x85ebca6b)) | 0
  }

  /** A number in [0, 1). */
  share(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
  }

  /** A whole number in [0, `end`). */
  below(end: number): number {
    return Math.floor(this.share() * end)
  }

  chance(share: number): boolean {
    return this.share() < share
  }

  /** Normally distributed with mean 0 and deviation 1 (sum of twelve, cut at ±6). */
  normal(): number {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += this.share()
    return sum
  }

  /** How often something happens that is expected `mean` times (Poisson; for large means a rounded normal). */
  count(mean: number): number {
    if (mean <= 0) return 0
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()))
    const floor = Math.exp(-mean)
    let product = this.share()
    let count = 0
    while (product > floor) {
      product *= this.share()
      count += 1
    }
    return count
  }
}

/** Index of the first entry of an ascending list that is above `value`; the last one when none is. */
export function indexAbove(cumulative: ArrayLike<number>, value: number, length: number = cumulative.length): number {
  let low = 0
  let high = length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((cumulative[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}
