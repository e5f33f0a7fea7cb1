/** Bytes of a whole number of a column; 8: any number. */
export type Width = 1 | 2 | 4 | 8
type Widths = Readonly<Record<string, Width>>
type FlatArray = Uint8Array | Uint16Array | Uint32Array | Float64Array

const CAPACITY_FIRST = 1_024

/** Rows in flat columns, in the order of their first column. Millions of them take some twenty bytes each. */
export class Rows<Columns extends Widths> {
  readonly #widths: Columns
  readonly #order: string
  #arrays: Record<string, FlatArray>
  #capacity = CAPACITY_FIRST
  #count = 0

  constructor(widths: Columns) {
    this.#widths = widths
    this.#order = Object.keys(widths)[0] ?? ''
    this.#arrays = this.#allocate(CAPACITY_FIRST)
  }

  get count(): number {
    return this.#count
  }

  push(row: Readonly<Record<keyof Columns, number>>): void {
    if (this.#count === this.#capacity) this.#resize(0, this.#capacity * 2)
    for (const name of Object.keys(this.#widths)) {
      const array = this.#arrays[name]
      if (array) array[this.#count] = row[name] ?? 0
    }
    this.#count += 1
  }

  /** Valid until the next {@link push} or {@link forget}. */
  column(name: keyof Columns & string): FlatArray {
    const array = this.#arrays[name]
    if (!array) throw new RangeError(`There is no column ${name}`)
    return array
  }

  /** Gives the value of a column by row, as long as {@link column} is valid. */
  reader(name: keyof Columns & string): (row: number) => number {
    const array = this.column(name)
    return (row) => array[row] ?? 0
  }

  /** Index of the first row whose first column is at least `value`. */
  indexOf(value: number): number {
    const order = this.column(this.#order)
    let [low, high] = [0, this.#count]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((order[middle] ?? 0) < value) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Indexes of the rows whose first column is from `first` to `last`. */
  between(first: number, last: number): Uint32Array {
    const from = this.indexOf(first)
    return Uint32Array.from({ length: this.indexOf(last + 1) - from }, (_, i) => from + i)
  }

  /** Forgets the rows whose first column is below `value`, when that is worth the work. */
  forgetBelow(value: number): void {
    const from = this.indexOf(value)
    if (from > this.#capacity / 4) this.#resize(from, this.#capacity)
  }

  #resize(from: number, capacity: number): void {
    const before = this.#arrays
    this.#arrays = this.#allocate(capacity)
    for (const [name, array] of Object.entries(this.#arrays)) {
      const kept = before[name]?.subarray(from, this.#count)
      if (kept) array.set(kept)
    }
    this.#capacity = capacity
    this.#count -= from
  }

  #allocate(capacity: number): Record<string, FlatArray> {
    const arrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: Float64Array } as const
    return Object.fromEntries(Object.entries(this.#widths).map(([name, width]) => [name, new arrays[width](capacity)]))
  }
}
