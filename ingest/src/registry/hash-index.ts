import type { HashHead } from '../keyed-hash.ts'

/** Rows by which the table grows at least. */
const CAPACITY_MIN = 1 << 12
/** Above this load, probing becomes long. */
const LOAD_MAX = 0.6

/**
 * Keyed hash → dense number, in typed arrays: open addressing with linear probing on 64 bits of the hash, 12 bytes for a
 * place, no object for an entry. Entries are never taken out: a card keeps its number for ever.
 */
export class HashIndex {
  #high: Uint32Array
  #low: Uint32Array
  /** 0: the place is free. */
  #number: Uint32Array
  #mask: number
  #size = 0

  constructor(expected = 0) {
    let capacity = CAPACITY_MIN
    while (capacity * LOAD_MAX < expected) capacity *= 2
    this.#high = new Uint32Array(capacity)
    this.#low = new Uint32Array(capacity)
    this.#number = new Uint32Array(capacity)
    this.#mask = capacity - 1
  }

  get size(): number {
    return this.#size
  }

  get bytes(): number {
    return 12 * this.#number.length
  }

  /** The number of the hash that begins so; 0 when it is unknown. */
  get({ first, second }: HashHead): number {
    return this.#number[this.#place(first, second)] ?? 0
  }

  /** `number` is at least 1. */
  set({ first, second }: HashHead, number: number): void {
    if ((this.#size + 1) / this.#number.length > LOAD_MAX) this.#grow()
    this.#put(first, second, number)
  }

  #put(high: number, low: number, number: number): void {
    const place = this.#place(high, low)
    if (this.#number[place] === 0) this.#size++
    this.#high[place] = high
    this.#low[place] = low
    this.#number[place] = number
  }

  /** Where the hash stands, or the free place where it belongs. Ends because places are free. */
  #place(high: number, low: number): number {
    let place = low & this.#mask
    while (this.#number[place] !== 0 && (this.#high[place] !== high || this.#low[place] !== low)) {
      place = (place + 1) & this.#mask
    }
    return place
  }

  #grow(): void {
    const [high, low, number] = [this.#high, this.#low, this.#number]
    const capacity = number.length * 2
    this.#high = new Uint32Array(capacity)
    this.#low = new Uint32Array(capacity)
    this.#number = new Uint32Array(capacity)
    this.#mask = capacity - 1
    this.#size = 0
    for (let place = 0; place < number.length; place++) {
      const known = number[place] ?? 0
      if (known !== 0) this.#put(high[place] ?? 0, low[place] ?? 0, known)
    }
  }
}
