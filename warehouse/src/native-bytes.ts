/** Rows from `first` up to, not including, `end`. */
export interface Run {
  readonly first: number
  readonly end: number
}

/**
 * Whole numbers of 32 bits that grow, one after the other, as the engine's machine and ours have them: little-endian. One kind of array, because a column
 * that takes values from several would be looked up anew for each of them.
 */
export class Words {
  #values = new Uint32Array(WORDS_FIRST)
  #count = 0

  /** A negative one as the word that has the same bits. */
  add(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Uint32Array(this.#count * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#count++] = value
  }

  at(index: number): number {
    return this.#values[index] ?? 0
  }

  /** Keeps the room. */
  clear(): void {
    this.#count = 0
  }

  /** Those of these runs with their lower bits. */
  rows(runs: readonly Run[], bits: 8 | 16 | 32): readonly Uint8Array[] {
    return runs.map(({ first, end }) => {
      const words = this.#values.subarray(first, end)
      if (bits === 32) return new Uint8Array(words.buffer, words.byteOffset, words.byteLength)
      return bits === 8 ? new Uint8Array(words) : new Uint8Array(new Uint16Array(words).buffer)
    })
  }
}

/** Bytes that grow; numbers are little-endian. */
export class Bytes {
  #bytes = Buffer.allocUnsafe(BYTES_FIRST)
  #end = 0

  get whole(): Uint8Array {
    return this.#bytes.subarray(0, this.#end)
  }

  get end(): number {
    return this.#end
  }

  /** Keeps the room. */
  clear(): void {
    this.#end = 0
  }

  /** Rows of so many bytes each. */
  rows(runs: readonly Run[], bytes: number): readonly Uint8Array[] {
    return runs.map(({ first, end }) => this.#bytes.subarray(first * bytes, end * bytes))
  }

  /** Room for so many bytes more; gives where they begin. */
  take(count: number): number {
    const start = this.#end
    this.#end += count
    if (this.#end > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#end, this.#bytes.length * 2))
      larger.set(this.#bytes.subarray(0, start))
      this.#bytes = larger
    }
    return start
  }

  get buffer(): Buffer {
    return this.#bytes
  }

  /** A whole number below 2^53, in 64 bits. */
  addLong(value: number): void {
    const start = this.take(8)
    this.#addWord(start, value | 0)
    this.#addWord(start + 4, Math.floor(value / 0x1_0000_0000))
  }

  /** 32 bits; Buffer's own way checks more than it writes. */
  #addWord(start: number, value: number): void {
    const bytes = this.#bytes
    bytes[start] = value & 0xff
    bytes[start + 1] = (value >>> 8) & 0xff
    bytes[start + 2] = (value >>> 16) & 0xff
    bytes[start + 3] = value >>> 24
  }

  addText(value: string): void {
    const { length } = value
    let start = this.take(length + LENGTH_BYTES_MAX)
    this.#end = start
    this.addLength(length)
    start = this.#end
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index)
      if (code > ASCII_LAST) {
        this.#end = start
        this.#addUnicode(value)
        return
      }
      this.#bytes[start + index] = code
    }
    this.#end = start + length
  }

  /** Seven bits a byte, the lowest first: how Native writes lengths. */
  addLength(value: number): void {
    for (let rest = value; ; rest >>>= 7) {
      const start = this.take(1)
      if (rest < 0x80) {
        this.#bytes[start] = rest
        return
      }
      this.#bytes[start] = (rest & 0x7f) | 0x80
    }
  }

  /** Half a surrogate pair becomes U+FFFD, as in the text of the row. */
  #addUnicode(value: string): void {
    const text = Buffer.from(value)
    // its length was written as if every character took a byte
    this.#end -= lengthOfLength(value.length)
    this.addLength(text.length)
    this.#bytes.set(text, this.take(text.length))
  }
}

/** A length, as Native writes it. */
export function lengthBytes(value: number): Uint8Array {
  const bytes = new Bytes()
  bytes.addLength(value)
  return bytes.whole
}

function lengthOfLength(value: number): number {
  let bytes = 1
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes += 1
  return bytes
}

/** Whole numbers of 64 bits. */
export function longs(values: readonly number[]): Uint8Array {
  const bytes = new Bytes()
  for (const value of values) bytes.addLong(value)
  return bytes.whole
}

const BYTES_FIRST = 4_096
const WORDS_FIRST = 1_024
/** Of a length of 32 bits. */
const LENGTH_BYTES_MAX = 5
const ASCII_LAST = 0x7f
