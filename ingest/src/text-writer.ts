/** Longer texts are copied by the runtime, shorter ones here: ids of requests and names in the registry are no call into it then. */
const SHORT_LENGTH_MAX = 40
/** Bytes that one UTF-16 unit takes in UTF-8, at most. */
const UNIT_BYTES_MAX = 3
/** Digits of a safe integer, and its sign. */
const INTEGER_LENGTH_MAX = 17
const SMALL_INTEGER_MAX = 0x7fff_ffff
const DIGIT_0 = 0x30
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const DOLLAR = 0x24

/** Writes texts as UTF-8 one behind the other, without the texts in between that `+` and `join` leave behind as garbage. */
export class TextWriter {
  #bytes: Buffer
  #length = 0

  /** Grows when it has to. */
  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity)
  }

  get length(): number {
    return this.#length
  }

  /** What was written and, behind `length`, anything. Valid until the next call. */
  get room(): Buffer {
    return this.#bytes
  }

  /** What was written, valid until the next call. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Forgets what stands behind the first `length` bytes. */
  truncate(length: number): void {
    this.#length = Math.min(length, this.#length)
  }

  text(text: string): void {
    const { length } = text
    this.#reserve(length * UNIT_BYTES_MAX)
    if (length > SHORT_LENGTH_MAX || !this.#shortAscii(text)) this.#length += this.#bytes.write(text, this.#length, 'utf8')
  }

  /** A safe integer, in decimal digits. */
  integer(value: number): void {
    this.#reserve(INTEGER_LENGTH_MAX)
    if (value >= 0 && value <= SMALL_INTEGER_MAX) this.#smallInteger(value | 0)
    else this.text(String(value))
  }

  lineFeed(): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = LINE_FEED
  }

  append(other: TextWriter): void {
    this.#reserve(other.#length)
    other.#bytes.copy(this.#bytes, this.#length, 0, other.#length)
    this.#length += other.#length
  }

  /** Room for so many bytes that `write` fills in: it gets the bytes and where they begin. */
  fill(length: number, write: (bytes: Buffer, at: number) => void): void {
    this.#reserve(length)
    write(this.#bytes, this.#length)
    this.#length += length
  }

  /** An argument in Redis' protocol. */
  argument(text: string): void {
    const start = this.#length
    const { length } = text
    this.#argumentHead(length)
    const from = this.#length
    this.text(text)
    if (this.#length - from !== length) {
      // Not ASCII: its length is another one.
      this.#length = start
      this.#argumentHead(Buffer.byteLength(text))
      this.text(text)
    }
    this.#lineEnd()
  }

  /** A text of ASCII and a number behind it, as one argument. */
  numberedArgument(text: string, number: number): void {
    let digits = 1
    for (let power = 10; power <= number; power *= 10) digits++
    this.#argumentHead(text.length + digits)
    this.text(text)
    this.integer(number)
    this.#lineEnd()
  }

  /** Two texts of ASCII, one behind the other, as one argument. */
  joinedArgument(first: string, second: string): void {
    this.#argumentHead(first.length + second.length)
    this.text(first)
    this.text(second)
    this.#lineEnd()
  }

  /** `[1,2,3]` */
  integers(values: readonly number[]): void {
    this.text('[')
    for (let i = 0; i < values.length; i++) {
      if (i > 0) this.text(',')
      this.integer(values[i] ?? 0)
    }
    this.text(']')
  }

  /** What another one has, as an argument. */
  argumentOf(other: TextWriter): void {
    this.#argumentHead(other.#length)
    this.append(other)
    this.#lineEnd()
  }

  #argumentHead(length: number): void {
    this.#reserve(INTEGER_LENGTH_MAX + 3)
    this.#bytes[this.#length++] = DOLLAR
    this.#smallInteger(length)
    this.#lineEnd()
  }

  #lineEnd(): void {
    this.#reserve(2)
    this.#bytes[this.#length++] = CARRIAGE_RETURN
    this.#bytes[this.#length++] = LINE_FEED
  }

  /** False when there is another character in it; then nothing was written. */
  #shortAscii(text: string): boolean {
    const bytes = this.#bytes
    let at = this.#length
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) return false
      bytes[at++] = unit
    }
    this.#length = at
    return true
  }

  #smallInteger(value: number): void {
    let digits = 1
    for (let power = 10; power <= value; power *= 10) digits++
    let rest = value
    for (let at = this.#length + digits - 1; at >= this.#length; at--) {
      const tenth = (rest / 10) | 0
      this.#bytes[at] = DIGIT_0 + rest - tenth * 10
      rest = tenth
    }
    this.#length += digits
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
