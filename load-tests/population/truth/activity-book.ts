import { formatDay } from '@zuil/core'

const WORD_BITS = 32
/** No day of a history. */
export const NEVER = 0x7fff_ffff

/** In which months each holder took part, since the history began. */
export class ActivityBook {
  /** Day of the first participation; NEVER before it. */
  readonly firstDay: Int32Array
  /** 1: the social tariff at the last participation. */
  readonly lastTariff: Uint8Array
  readonly #words: number
  readonly #bits: Int32Array
  readonly #firstMonth: number

  constructor({ from, until, holders }: { readonly from: number; readonly until: number; readonly holders: number }) {
    this.#firstMonth = monthNumber(from)
    this.#words = Math.ceil((monthNumber(until) - this.#firstMonth + 1) / WORD_BITS)
    this.#bits = new Int32Array((holders + 1) * this.#words)
    this.firstDay = new Int32Array(holders + 1).fill(NEVER)
    this.lastTariff = new Uint8Array(holders + 1)
  }

  /** In the order of days. */
  tookPart(holder: number, day: number, tariff: number): void {
    const month = monthNumber(day) - this.#firstMonth
    const word = holder * this.#words + Math.floor(month / WORD_BITS)
    this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (month % WORD_BITS))
    this.firstDay[holder] = Math.min(this.firstDay[holder] ?? NEVER, day)
    this.lastTariff[holder] = tariff
  }

  /** Whether the holder took part in one of the months from `first` to `last` ({@link monthNumber}). */
  wasActive(holder: number, first: number, last: number): boolean {
    for (let month = Math.max(0, first - this.#firstMonth); month <= last - this.#firstMonth; month++) {
      const word = this.#bits[holder * this.#words + Math.floor(month / WORD_BITS)] ?? 0
      if ((word & (1 << (month % WORD_BITS))) !== 0) return true
    }
    return false
  }
}

let lastDay = Number.NaN
let lastMonth = 0

/** Months since the year 0 of a day; days come in order, so nearly every one is the one before. */
export function monthNumber(day: number): number {
  if (day === lastDay) return lastMonth
  const text = formatDay(day)
  lastDay = day
  lastMonth = Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1
  return lastMonth
}
