type Packed = Uint8Array | Uint32Array | Float64Array

const FIRST_CAPACITY = 1_024

/** Numbers in a typed array that grows: millions of cells, eight bytes each at most. */
export class NumberList<T extends Packed> {
  readonly #type: new (
    length: number,
  ) => T
  #numbers: T
  #length = 0

  constructor(type: new (length: number) => T) {
    this.#type = type
    this.#numbers = new type(FIRST_CAPACITY)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) {
      const grown = new this.#type(this.#length * 2)
      grown.set(this.#numbers)
      this.#numbers = grown
    }
    this.#numbers[this.#length++] = value
  }

  at(index: number): number {
    return this.#numbers[index] ?? 0
  }

  /** What is there, as a view. */
  view(): T {
    return this.#numbers.subarray(0, this.#length) as T // a part of T is a T
  }
}
