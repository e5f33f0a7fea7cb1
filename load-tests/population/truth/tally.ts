import { CounterTable } from '../history/counter-table.ts'

/** What a cell is about: its period and whatever else divides the measure. */
export type Dimensions = Readonly<Record<string, string | number>>

/** One true answer. `measure` is an id of the measure catalogue, `figure` which number of it. */
export interface TruthCell {
  readonly measure: string
  readonly figure: string
  readonly dimensions: Dimensions
  readonly value: number
}

/** Adds up values by cell. */
export class Tally {
  readonly #measure: string
  readonly #figure: string
  readonly #names: readonly string[]
  readonly #sums = new Map<string, number>()

  constructor(measure: string, figure: string, names: readonly string[]) {
    this.#measure = measure
    this.#figure = figure
    this.#names = names
  }

  add(value: number, ...dimensions: readonly (string | number)[]): void {
    const key = dimensions.join(' ')
    this.#sums.set(key, (this.#sums.get(key) ?? 0) + value)
  }

  cells(): TruthCell[] {
    return [...this.#sums].sort(byKey).map(([key, value]) => {
      const parts = key.split(' ')
      const dimensions = Object.fromEntries(this.#names.map((name, index) => [name, dimensionOf(parts[index] ?? '')]))
      return { measure: this.#measure, figure: this.#figure, dimensions, value }
    })
  }
}

/** Of two texts without equals. */
function byKey([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1
}

/** Years and codes are numbers, everything else is text. */
function dimensionOf(text: string): string | number {
  return /^\d{1,9}$/.test(text) ? Number(text) : text
}

/** Holders that fit the lower part of a key. */
const HOLDERS_MAX = 2 ** 26
/** Periods that may still get something: the one that runs and the one before, of which devices may still tell. */
const PERIODS_KEPT = 2

/** Counts each holder once in a cell; the period comes first among the dimensions, and periods come in order. */
export class DistinctTally {
  readonly #tally: Tally
  readonly #periods = new Map<string, { readonly cells: Map<string, number>; readonly seen: CounterTable }>()

  constructor(measure: string, figure: string, names: readonly string[]) {
    this.#tally = new Tally(measure, figure, names)
  }

  add(holder: number, period: string, ...rest: readonly (string | number)[]): void {
    let known = this.#periods.get(period)
    if (!known) {
      known = { cells: new Map(), seen: new CounterTable() }
      this.#periods.set(period, known)
      const [oldest] = this.#periods.keys()
      if (this.#periods.size > PERIODS_KEPT && oldest !== undefined) this.#periods.delete(oldest)
    }
    const cell = rest.join(' ')
    let number = known.cells.get(cell)
    if (number === undefined) {
      number = known.cells.size
      known.cells.set(cell, number)
    }
    const key = number * HOLDERS_MAX + holder
    if (known.seen.has(key)) return
    known.seen.set(key, 1)
    this.#tally.add(1, period, ...rest)
  }

  cells(): TruthCell[] {
    return this.#tally.cells()
  }
}
