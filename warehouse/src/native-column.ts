import { WarehouseError } from './errors.ts'

/** Values of one column as the format Native has them; takes each from the JSON text of a row. */
export interface NativeColumn {
  /** Type of the values in the block; the engine makes LowCardinality of it by itself. */
  readonly type: string
  /** Takes the value that starts at `at`; gives where it ends, or -1 when it is none of this type, written as we write it. */
  take(text: Uint8Array, at: number): number
  /** All values in their order. */
  bytes(): readonly Uint8Array[]
}

/** @throws {WarehouseError} CALL for a type that no table of ours has. */
export function nativeColumn(type: string): NativeColumn {
  const plain = type.replaceAll('LowCardinality(String)', 'String')
  const element = /^Array\((.+)\)$/.exec(plain)?.[1]
  if (element !== undefined) return new ListColumn(nativeColumn(element))
  const numbers = NUMBERS.get(plain)
  if (numbers) return new WholeNumberColumn(plain, numbers)
  if (plain === 'Float64') return new NumberColumn()
  if (plain === 'String') return new TextColumn()
  if (plain === 'UUID') return new UuidColumn()
  if (plain === 'Date') return new DateColumn()
  if (plain === "DateTime64(3, 'UTC')") return new InstantColumn(plain)
  if (plain === "DateTime('UTC')") return new SecondsColumn(plain)
  throw new WarehouseError('CALL', `No column of ours is of type ${type}`)
}

/** Bytes that grow; numbers are little-endian. */
class Bytes {
  #bytes = Buffer.allocUnsafe(BYTES_FIRST)
  #end = 0

  get whole(): Uint8Array {
    return this.#bytes.subarray(0, this.#end)
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
    this.#bytes.writeInt32LE(value | 0, start)
    this.#bytes.writeInt32LE(Math.floor(value / 0x1_0000_0000), start + 4)
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
}

interface NumberKind {
  readonly bytes: 1 | 2 | 4
  readonly least: number
  readonly most: number
}

const NUMBERS: ReadonlyMap<string, NumberKind> = new Map([
  ['UInt8', { bytes: 1, least: 0, most: 0xff }],
  ['UInt16', { bytes: 2, least: 0, most: 0xffff }],
  ['UInt32', { bytes: 4, least: 0, most: 0xffff_ffff }],
  ['Int32', { bytes: 4, least: -0x8000_0000, most: 0x7fff_ffff }],
])

class WholeNumberColumn implements NativeColumn {
  readonly type: string
  readonly #kind: NumberKind
  readonly #values = new Bytes()

  constructor(type: string, kind: NumberKind) {
    this.type = type
    this.#kind = kind
  }

  take(text: Uint8Array, at: number): number {
    const isNegative = text[at] === MINUS
    const first = isNegative ? at + 1 : at
    let end = first
    let value = 0
    for (let digit = digitAt(text, end); digit >= 0; digit = digitAt(text, ++end)) value = value * 10 + digit
    if (isNegative) value = -value
    const { bytes, least, most } = this.#kind
    if (end === first || end - first > DIGITS_MAX || value < least || value > most) return -1
    const start = this.#values.take(bytes)
    const { buffer } = this.#values
    for (let byte = 0, rest = value; byte < bytes; byte++, rest >>= 8) buffer[start + byte] = rest & 0xff
    return end
  }

  bytes(): readonly Uint8Array[] {
    return [this.#values.whole]
  }
}

/** Few rows have these: municipalities. */
class NumberColumn implements NativeColumn {
  readonly type = 'Float64'
  readonly #values = new Bytes()

  take(text: Uint8Array, at: number): number {
    let end = at
    while (isOfNumber(text[end] ?? 0)) end++
    const value = Number(Buffer.from(text.subarray(at, end)).toString('latin1'))
    if (end === at || !Number.isFinite(value)) return -1
    const start = this.#values.take(8)
    this.#values.buffer.writeDoubleLE(value, start)
    return end
  }

  bytes(): readonly Uint8Array[] {
    return [this.#values.whole]
  }
}

class TextColumn implements NativeColumn {
  readonly type = 'String'
  readonly #values = new Bytes()

  take(text: Uint8Array, at: number): number {
    if (text[at] !== QUOTE) return -1
    let end = at + 1
    for (let byte = text[end]; byte !== QUOTE; byte = text[++end]) {
      if (byte === BACKSLASH) return this.#takeEscaped(text, at)
      if (byte === undefined || byte === LINE_FEED) return -1
    }
    const length = end - at - 1
    this.#values.addLength(length)
    const start = this.#values.take(length)
    const { buffer } = this.#values
    for (let index = 0; index < length; index++) buffer[start + index] = text[at + 1 + index] ?? 0
    return end + 1
  }

  bytes(): readonly Uint8Array[] {
    return [this.#values.whole]
  }

  /** Few texts have something escaped. */
  #takeEscaped(text: Uint8Array, at: number): number {
    let end = at + 1
    while (text[end] !== QUOTE) {
      if (text[end] === undefined) return -1
      end += text[end] === BACKSLASH ? 2 : 1
    }
    const value = Buffer.from(textOf(text, at, end + 1))
    this.#values.addLength(value.length)
    const start = this.#values.take(value.length)
    this.#values.buffer.set(value, start)
    return end + 1
  }
}

/** Two words of 64 bits: the digits of each stand in the text from its highest byte to its lowest. */
class UuidColumn implements NativeColumn {
  readonly type = 'UUID'
  readonly #values = new Bytes()

  take(text: Uint8Array, at: number): number {
    const end = at + UUID_CHARACTERS + 2
    if (text[at] !== QUOTE || text[end - 1] !== QUOTE) return -1
    const start = this.#values.take(16)
    const { buffer } = this.#values
    for (let byte = 0; byte < 16; byte++) {
      const digit = at + (UUID_DIGITS_AT[byte] ?? 0)
      const value = hexAt(text, digit) * 16 + hexAt(text, digit + 1)
      if (value < 0) return -1
      buffer[start + (byte ^ 7)] = value
    }
    return end
  }

  bytes(): readonly Uint8Array[] {
    return [this.#values.whole]
  }
}

/** Where the two digits of each byte stand behind the quote: `"01234567-89ab-…`. */
const UUID_DIGITS_AT = [1, 3, 5, 7, 10, 12, 15, 17, 20, 22, 25, 27, 29, 31, 33, 35] as const

class DateColumn implements NativeColumn {
  readonly type = 'Date'
  readonly #values = new Bytes()

  take(text: Uint8Array, at: number): number {
    const day = dayAt(text, at + 1)
    const end = at + DAY_CHARACTERS + 2
    if (text[at] !== QUOTE || text[end - 1] !== QUOTE || day < 0 || day > DAY_MAX) return -1
    const start = this.#values.take(2)
    this.#values.buffer.writeUInt16LE(day, start)
    return end
  }

  bytes(): readonly Uint8Array[] {
    return [this.#values.whole]
  }
}

/** `"yyyy-mm-dd hh:mm:ss.mmm"` as milliseconds. */
class InstantColumn implements NativeColumn {
  readonly type: string
  readonly #values = new Bytes()

  constructor(type: string) {
    this.type = type
  }

  take(text: Uint8Array, at: number): number {
    const end = at + INSTANT_CHARACTERS + 2
    if (text[at] !== QUOTE || text[end - 1] !== QUOTE || text[at + 20] !== POINT) return -1
    const ms = digitAt(text, at + 21) * 100 + digitAt(text, at + 22) * 10 + digitAt(text, at + 23)
    const instant = secondAt(text, at + 1) * 1_000 + ms
    if (!(instant >= 0)) return -1
    this.#values.addLong(instant)
    return end
  }

  bytes(): readonly Uint8Array[] {
    return [this.#values.whole]
  }
}

/** `"yyyy-mm-dd hh:mm:ss"` as seconds. */
class SecondsColumn implements NativeColumn {
  readonly type: string
  readonly #values = new Bytes()

  constructor(type: string) {
    this.type = type
  }

  take(text: Uint8Array, at: number): number {
    const end = at + SECOND_CHARACTERS + 2
    const second = secondAt(text, at + 1)
    if (text[at] !== QUOTE || text[end - 1] !== QUOTE || !(second >= 0 && second <= SECOND_MAX)) return -1
    const start = this.#values.take(4)
    this.#values.buffer.writeUInt32LE(second, start)
    return end
  }

  bytes(): readonly Uint8Array[] {
    return [this.#values.whole]
  }
}

/** How many values there are up to each row, then the values of all rows. */
class ListColumn implements NativeColumn {
  readonly type: string
  readonly #ends = new Bytes()
  readonly #elements: NativeColumn
  #count = 0

  constructor(elements: NativeColumn) {
    this.type = `Array(${elements.type})`
    this.#elements = elements
  }

  take(text: Uint8Array, at: number): number {
    if (text[at] !== OPENING) return -1
    let end = at + 1
    if (text[end] === CLOSING) end += 1
    else {
      do {
        end = this.#elements.take(text, end)
        if (end < 0) return -1
        this.#count += 1
        end += 1
      } while (text[end - 1] === COMMA)
      if (text[end - 1] !== CLOSING) return -1
    }
    this.#ends.addLong(this.#count)
    return end
  }

  bytes(): readonly Uint8Array[] {
    return [this.#ends.whole, ...this.#elements.bytes()]
  }
}

/** A length, as Native writes it. */
export function lengthBytes(value: number): Uint8Array {
  const bytes = new Bytes()
  bytes.addLength(value)
  return bytes.whole
}

/** A text that begins at its quote and ends behind the other one. */
function textOf(text: Uint8Array, at: number, end: number): string {
  return String(JSON.parse(Buffer.from(text.subarray(at, end)).toString('utf8')))
}

/** Below zero when it is no digit. */
function digitAt(text: Uint8Array, at: number): number {
  return digitOf(text[at] ?? 0)
}

function digitOf(byte: number): number {
  return byte >= ZERO && byte <= ZERO + 9 ? byte - ZERO : Number.NEGATIVE_INFINITY
}

/** Below zero when one of them is no digit. */
function pairAt(text: Uint8Array, at: number): number {
  return digitAt(text, at) * 10 + digitAt(text, at + 1)
}

/** Far below zero when it is no digit. */
function hexAt(text: Uint8Array, at: number): number {
  const byte = text[at] ?? 0
  if (byte >= ZERO && byte <= ZERO + 9) return byte - ZERO
  return byte >= SMALL_A && byte <= SMALL_A + 5 ? byte - SMALL_A + 10 : -1_000
}

function isOfNumber(byte: number): boolean {
  return digitOf(byte) >= 0 || byte === MINUS || byte === POINT || byte === SMALL_A + 4 || byte === PLUS
}

/** Days since 1970 of `yyyy-mm-dd`; below zero when it is no day. */
function dayAt(text: Uint8Array, at: number): number {
  const year = pairAt(text, at) * 100 + pairAt(text, at + 2)
  const [month, day] = [pairAt(text, at + 5), pairAt(text, at + 8)]
  if (text[at + 4] !== MINUS || text[at + 7] !== MINUS || !(year >= 1970 && month >= 1 && month <= 12 && day >= 1)) return -1
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > (month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0))) return -1
  // days of the years before, counted from March on, so that the day of a leap year comes last
  const shifted = month <= 2 ? year - 1 : year
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400)
  return shifted * 365 + leaps + Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1 - DAYS_TO_1970
}

/** Seconds since 1970 of `yyyy-mm-dd hh:mm:ss`; below zero when it is none. */
function secondAt(text: Uint8Array, at: number): number {
  const day = dayAt(text, at)
  const seconds = pairAt(text, at + 11) * 3_600 + pairAt(text, at + 14) * 60 + pairAt(text, at + 17)
  // a character that is no digit makes it negative, far enough
  return day < 0 ? Number.NEGATIVE_INFINITY : day * 86_400 + seconds
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
/** From 1 March of the year 0. */
const DAYS_TO_1970 = 719_468
/** What 16 and 32 bits hold. */
const DAY_MAX = 0xffff
const SECOND_MAX = 0xffff_ffff
const DAY_CHARACTERS = 10
const SECOND_CHARACTERS = 19
const INSTANT_CHARACTERS = 23
/** Of 32 bits. */
const DIGITS_MAX = 10
const UUID_CHARACTERS = 36
const BYTES_FIRST = 4_096

const QUOTE = 0x22
const PLUS = 0x2b
const COMMA = 0x2c
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const OPENING = 0x5b
const BACKSLASH = 0x5c
const CLOSING = 0x5d
const SMALL_A = 0x61
const LINE_FEED = 0x0a
