/** Values up to twice this are exact; above it a value keeps 7 binary digits, an error below 1 %. */
const SUB_BUCKETS = 128
const SUB_BUCKET_BITS = 7
/** Largest value, some 35 minutes in microseconds; larger ones count as this one. */
const VALUE_MAX = 0x7fff_ffff
const BUCKETS = (32 - SUB_BUCKET_BITS) * SUB_BUCKETS + SUB_BUCKETS

/** Percentiles of non-negative integers in fixed memory: buckets as wide as the value's size asks for (HDR-like). */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS)
  #total = 0
  #max = 0

  record(value: number): void {
    const bounded = value < 0 ? 0 : value > VALUE_MAX ? VALUE_MAX : Math.round(value)
    const index = bucketOf(bounded)
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
    this.#total++
    if (bounded > this.#max) this.#max = bounded
  }

  get total(): number {
    return this.#total
  }

  get max(): number {
    return this.#max
  }

  /** Upper edge of the bucket below which `share` (0 to 1) of the values lie; 0 when nothing was recorded. */
  percentile(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.#total))
    let seen = 0
    for (let index = 0; index < BUCKETS; index++) {
      seen += this.#counts[index] ?? 0
      if (seen >= wanted) return Math.min(upperEdge(index), this.#max)
    }
    return this.#max
  }
}

function bucketOf(value: number): number {
  if (value < 2 * SUB_BUCKETS) return value
  const shift = 31 - Math.clz32(value) - SUB_BUCKET_BITS
  return shift * SUB_BUCKETS + (value >>> shift)
}

function upperEdge(index: number): number {
  if (index < 2 * SUB_BUCKETS) return index
  const shift = Math.floor(index / SUB_BUCKETS) - 1
  return (SUB_BUCKETS + (index % SUB_BUCKETS) + 1) * 2 ** shift - 1
}
