import { WarehouseError } from './errors.ts'
import { Bytes, longs, type Run, Words } from './native-bytes.ts'
import { dayOf, instantOf, secondOf, uuidBytes } from './native-value.ts'

/**
 * Values of one column as the format Native has them. Each is taken in one of these forms; false when the column takes none like
 * that: then nothing of the block is to be used.
 */
export abstract class NativeColumn {
  /** Type of the values in the block. */
  abstract readonly type: string

  /** The values of these rows. */
  abstract bytes(runs: readonly Run[]): readonly Uint8Array[]

  /** Forgets the values. Keeps their room: whoever makes one block after the other would leave megabytes of each to the collector of garbage. */
  abstract clear(): void

  number(_value: number): boolean {
    return false
  }

  text(_value: string): boolean {
    return false
  }

  /** As text, where the texts are numbered: gives the number, from 0. Below zero where they are not, and then nothing is taken. */
  term(_value: string): number {
    return -1
  }

  list(_values: readonly number[] | readonly string[]): boolean {
    return false
  }

  /** Epoch ms. */
  instant(_ms: number): boolean {
    return false
  }

  /** The characters of a UUID. */
  id(_characters: Uint8Array): boolean {
    return false
  }
}

/** @throws {WarehouseError} CALL for a type that no table of ours has. */
export function nativeColumn(type: string): NativeColumn {
  const element = /^Array\((.+)\)$/.exec(type)?.[1]
  // inside of a list the engine makes LowCardinality of texts by itself
  if (element !== undefined) return new ListColumn(nativeColumn(element.replace('LowCardinality(String)', 'String')))
  const numbers = NUMBERS.get(type)
  if (numbers) return new WholeNumberColumn(type, numbers)
  if (type === 'Float64') return new NumberColumn()
  if (type === 'String') return new TextColumn()
  if (type === 'LowCardinality(String)') return new TermColumn()
  if (type === 'UUID') return new UuidColumn()
  if (type === 'Date') return new DateColumn()
  if (type === "DateTime64(3, 'UTC')") return new InstantColumn(type)
  if (type === "DateTime('UTC')") return new SecondsColumn(type)
  throw new WarehouseError('CALL', `No column of ours is of type ${type}`)
}

interface NumberKind {
  readonly bits: 8 | 16 | 32
  readonly least: number
  readonly most: number
}

const NUMBERS: ReadonlyMap<string, NumberKind> = new Map([
  ['UInt8', { bits: 8, least: 0, most: 0xff }],
  ['UInt16', { bits: 16, least: 0, most: 0xffff }],
  ['UInt32', { bits: 32, least: 0, most: 0xffff_ffff }],
  ['Int32', { bits: 32, least: -0x8000_0000, most: 0x7fff_ffff }],
])

class WholeNumberColumn extends NativeColumn {
  readonly type: string
  readonly #bits: NumberKind['bits']
  readonly #least: number
  readonly #most: number
  readonly #values = new Words()

  constructor(type: string, { bits, least, most }: NumberKind) {
    super()
    this.type = type
    this.#bits = bits
    this.#least = least
    this.#most = most
  }

  override number(value: number): boolean {
    if (!(value >= this.#least && value <= this.#most) || Math.floor(value) !== value) return false
    this.#values.add(value)
    return true
  }

  clear(): void {
    this.#values.clear()
  }

  bytes(runs: readonly Run[]): readonly Uint8Array[] {
    return this.#values.rows(runs, this.#bits)
  }
}

/** Few rows have these: municipalities. */
class NumberColumn extends NativeColumn {
  readonly type = 'Float64'
  readonly #values = new Bytes()

  override number(value: number): boolean {
    if (!Number.isFinite(value)) return false
    const start = this.#values.take(8)
    this.#values.buffer.writeDoubleLE(value, start)
    return true
  }

  clear(): void {
    this.#values.clear()
  }

  bytes(runs: readonly Run[]): readonly Uint8Array[] {
    return this.#values.rows(runs, 8)
  }
}

/** Texts of any length: where each ends is remembered. */
class TextColumn extends NativeColumn {
  readonly type = 'String'
  readonly #values = new Bytes()
  readonly #ends = new Words()

  override text(value: string): boolean {
    this.#values.addText(value)
    this.#ends.add(this.#values.end)
    return true
  }

  clear(): void {
    this.#values.clear()
    this.#ends.clear()
  }

  bytes(runs: readonly Run[]): readonly Uint8Array[] {
    const { whole } = this.#values
    const startOf = (row: number) => (row === 0 ? 0 : this.#ends.at(row - 1))
    return runs.map(({ first, end }) => whole.subarray(startOf(first), startOf(end)))
  }
}

/**
 * Texts that many rows share, as LowCardinality has them: each once, and for every row which of them it is. The engine need not look each of
 * them up again.
 */
class TermColumn extends NativeColumn {
  readonly type = 'LowCardinality(String)'
  readonly #numbers = new Map<string, number>()
  readonly #texts = new Bytes()
  readonly #rows = new Words()
  /** Many rows that follow each other have the same. */
  #lastText: string | undefined
  #lastNumber = 0

  override text(value: string): boolean {
    this.term(value)
    return true
  }

  override term(value: string): number {
    const number = value === this.#lastText ? this.#lastNumber : this.#numberOf(value)
    this.#rows.add(number)
    return number
  }

  #numberOf(value: string): number {
    let number = this.#numbers.get(value)
    if (number === undefined) {
      number = this.#numbers.size
      this.#numbers.set(value, number)
      this.#texts.addText(value)
    }
    this.#lastText = value
    this.#lastNumber = number
    return number
  }

  clear(): void {
    this.#numbers.clear()
    this.#texts.clear()
    this.#rows.clear()
    this.#lastText = undefined
  }

  bytes(runs: readonly Run[]): readonly Uint8Array[] {
    const count = runs.reduce((sum, { first, end }) => sum + end - first, 0)
    if (count === 0) return [longs([TERMS_VERSION])]
    const width = this.#numbers.size <= 0x100 ? 0 : this.#numbers.size <= 0x1_0000 ? 1 : 2
    const head = longs([TERMS_VERSION, TERMS_OWN | width, this.#numbers.size])
    return [head, this.#texts.whole, longs([count]), ...this.#rows.rows(runs, TERM_BITS[width])]
  }
}

class UuidColumn extends NativeColumn {
  readonly type = 'UUID'
  readonly #values = new Bytes()

  override id(characters: Uint8Array): boolean {
    const start = this.#values.take(16)
    return uuidBytes(characters, this.#values.buffer, start)
  }

  override text(value: string): boolean {
    return this.id(Buffer.from(value))
  }

  clear(): void {
    this.#values.clear()
  }

  bytes(runs: readonly Run[]): readonly Uint8Array[] {
    return this.#values.rows(runs, 16)
  }
}

class DateColumn extends NativeColumn {
  readonly type = 'Date'
  readonly #values = new Words()
  /** Rows that follow each other are of one day, nearly all. */
  #lastText = ''
  #lastDay = -1

  override text(value: string): boolean {
    if (value !== this.#lastText) {
      this.#lastText = value
      this.#lastDay = dayOf(value)
    }
    const day = this.#lastDay
    if (!(day >= 0 && day <= DAY_MAX)) return false
    this.#values.add(day)
    return true
  }

  clear(): void {
    this.#values.clear()
  }

  bytes(runs: readonly Run[]): readonly Uint8Array[] {
    return this.#values.rows(runs, 16)
  }
}

class InstantColumn extends NativeColumn {
  readonly type: string
  /** Lower and higher half of each. */
  readonly #values = new Words()

  constructor(type: string) {
    super()
    this.type = type
  }

  override instant(ms: number): boolean {
    if (!Number.isInteger(ms) || ms < 0) return false
    const high = Math.floor(ms / 0x1_0000_0000)
    this.#values.add(ms - high * 0x1_0000_0000)
    this.#values.add(high)
    return true
  }

  override text(value: string): boolean {
    return this.instant(instantOf(value))
  }

  clear(): void {
    this.#values.clear()
  }

  bytes(runs: readonly Run[]): readonly Uint8Array[] {
    return this.#values.rows(
      runs.map(({ first, end }) => ({ first: first * 2, end: end * 2 })),
      32,
    )
  }
}

class SecondsColumn extends NativeColumn {
  readonly type: string
  readonly #values = new Words()

  constructor(type: string) {
    super()
    this.type = type
  }

  override text(value: string): boolean {
    const second = secondOf(value)
    if (!(second >= 0 && second <= SECOND_MAX)) return false
    this.#values.add(second)
    return true
  }

  clear(): void {
    this.#values.clear()
  }

  bytes(runs: readonly Run[]): readonly Uint8Array[] {
    return this.#values.rows(runs, 32)
  }
}

/** How many values there are up to each row, then the values of all rows. */
class ListColumn extends NativeColumn {
  readonly type: string
  readonly #elements: NativeColumn
  readonly #ends = new Words()
  #count = 0

  constructor(elements: NativeColumn) {
    super()
    this.type = `Array(${elements.type})`
    this.#elements = elements
  }

  override list(values: readonly number[] | readonly string[]): boolean {
    let isWhole = true
    for (let index = 0; index < values.length; index++) {
      const value = values[index]
      isWhole &&= typeof value === 'number' ? this.#elements.number(value) : this.#elements.text(value ?? '')
    }
    this.#count += values.length
    this.#ends.add(this.#count)
    return isWhole
  }

  clear(): void {
    this.#elements.clear()
    this.#ends.clear()
    this.#count = 0
  }

  bytes(runs: readonly Run[]): readonly Uint8Array[] {
    const ends: Uint32Array[] = []
    const startOf = (row: number) => (row === 0 ? 0 : this.#ends.at(row - 1))
    let missing = 0
    let before = 0
    for (const { first, end } of runs) {
      missing += startOf(first) - before
      ends.push(this.#endsOf({ first, end }, missing))
      before = startOf(end)
    }
    const counts = ends.map(({ buffer }) => new Uint8Array(buffer))
    return [...counts, ...this.#elements.bytes(runs.map(({ first, end }) => ({ first: startOf(first), end: startOf(end) })))]
  }

  /** In 64 bits, of which the higher half is 0. */
  #endsOf({ first, end }: Run, missing: number): Uint32Array {
    const words = new Uint32Array((end - first) * 2)
    for (let row = first; row < end; row++) words[(row - first) * 2] = this.#ends.at(row) - missing
    return words
  }
}

/** Of LowCardinality in Native: the only version of it, and texts that come with the block. */
const TERMS_VERSION = 1
const TERMS_OWN = 0x600
/** Of the numbers, by what says how wide they are. */
const TERM_BITS = [8, 16, 32] as const

/** What 16 and 32 bits hold. */
const DAY_MAX = 0xffff
const SECOND_MAX = 0xffff_ffff
