import { CELL_STATES, type Cells, EARLIER, Figures } from './cells.ts'
import type { Bounds } from './intervals.ts'
import type { Audit, Protected } from './protect.ts'
import { changeNeeded, opens, stands } from './revision.ts'
import { ROUNDING_BASES, roundByKey, roundingInterval } from './rounding.ts'
import { twinsOf } from './twins.ts'

/** A release while it is made: what is withheld so far, and what a reader would know. */
export class Release {
  readonly states: Uint8Array
  readonly figures: Figures
  /** The true value of each figure. */
  readonly truth: Float64Array
  readonly #cells: Cells
  readonly #threshold: number
  /** 1 where the value of an earlier release stands. */
  readonly #kept: Uint8Array
  readonly #twins: Uint32Array
  /** Cells of each group of twins that has more than one; by its first cell. */
  readonly #groups = new Map<number, number[]>()
  /** People of small groups that are no cells. */
  #complements: readonly number[] = []

  constructor(cells: Cells, threshold: number) {
    this.#cells = cells
    this.#threshold = threshold
    this.figures = new Figures(cells)
    this.truth = new Float64Array(this.figures.count)
    this.truth.set(cells.people)
    for (const [index, { values }] of cells.columns.entries()) this.truth.set(values, this.figures.start(index + 1))
    this.#kept = new Uint8Array(cells.size)
    this.states = new Uint8Array(cells.size)
    for (let cell = 0; cell < cells.size; cell++) this.states[cell] = this.#firstState(cell)
    this.#twins = twinsOf(cells)
    this.#agreeOfTwins()
  }

  /** Figures of cells, and of complements behind them. */
  get watched(): number {
    return this.figures.count + this.#complements.length
  }

  watch(complements: readonly number[]): void {
    this.#complements = complements
  }

  /** Withholds cells, and wherever else the same people are counted. */
  withhold(cells: Iterable<number>): void {
    for (const cell of cells) {
      for (const twin of this.#groups.get(this.#twins[cell] ?? cell) ?? [cell]) {
        if (this.states[twin] === CELL_STATES.open) this.states[twin] = CELL_STATES.protectsAnother
      }
    }
  }

  /** What a reader knows of each figure before putting anything side by side. */
  bounds(): Bounds {
    const low = new Float64Array(this.watched)
    const high = new Float64Array(this.watched).fill(Number.POSITIVE_INFINITY)
    const { size, columns } = this.#cells
    for (let cell = 0; cell < size; cell++) {
      const state = this.states[cell]
      if (state === CELL_STATES.open) {
        const { from, to } = this.#knownOfPeople(cell)
        low[cell] = from
        high[cell] = to
      } else if (state === CELL_STATES.fewPeople) high[cell] = this.#threshold - 1
      else if (state === CELL_STATES.structuralZero) high[cell] = 0
    }
    for (const [index, column] of columns.entries()) {
      const start = this.figures.start(index + 1)
      for (let place = 0; place < column.values.length; place++) {
        const cell = column.first + place
        const state = this.states[cell]
        const figure = start + place
        if (state === CELL_STATES.open && !this.#kept[cell]) {
          const { from, to } = roundingInterval(this.#publishedValue(figure, cell, column.base), column.base)
          low[figure] = from
          high[figure] = to
          // Readers are not told why a cell is withheld, but may guess: the audit grants them that they guess right.
        } else if (state === CELL_STATES.fewPeople) high[figure] = (this.#threshold - 1) * column.shareMax
        else if (state === CELL_STATES.structuralZero) high[figure] = 0
      }
    }
    high.fill(this.#threshold - 1, this.figures.count)
    return { low, high }
  }

  /** What the published number of people says; without one, that a cell is open. */
  #knownOfPeople(cell: number): { from: number; to: number } {
    const isKept = this.#kept[cell] === 1
    if (this.#cells.silent[cell]) return { from: isKept ? 0 : this.#threshold, to: Number.POSITIVE_INFINITY }
    const value = this.#publishedValue(cell, cell, ROUNDING_BASES.holders)
    const { from, to } = roundingInterval(value, ROUNDING_BASES.holders)
    if (!isKept) return { from: Math.max(from, this.#threshold), to }
    // what stands from an earlier release is only so near to what is now
    const slack = changeNeeded(this.#threshold) - ROUNDING_BASES.holders
    return { from: Math.max(0, from - slack), to: to + slack }
  }

  /** Figures of few people, or unsafe ones, that the bounds leave too little room. */
  atRisk({ low, high }: Bounds): readonly number[] {
    const { size, columns } = this.#cells
    const risky: number[] = []
    const look = (figure: number, room: number) => {
      if ((high[figure] ?? 0) - (low[figure] ?? 0) < room) risky.push(figure)
    }
    const roomOfPeople = this.#roomNeeded(ROUNDING_BASES.holders)
    for (let cell = 0; cell < size; cell++) {
      if (this.#isWatched(cell)) look(cell, roomOfPeople)
    }
    for (const [index, { first, values, base, rooms }] of columns.entries()) {
      const start = this.figures.start(index + 1)
      const room = this.#roomNeeded(base)
      for (let place = 0; place < values.length; place++) {
        const cell = first + place
        if (!this.#isWatched(cell)) continue
        const isUnsafe = this.states[cell] === CELL_STATES.unsafe
        look(start + place, isUnsafe ? Math.max(room, rooms?.[place] ?? 0) : room)
      }
    }
    for (let figure = this.figures.count; figure < this.watched; figure++) look(figure, roomOfPeople)
    return risky
  }

  finish(rounds: number, failures: readonly number[]): Protected {
    const published = new Float64Array(this.truth.length)
    const { columns, silent } = this.#cells
    let primary = 0
    let secondary = 0
    let kept = 0
    for (const [cell, state] of this.states.entries()) {
      if (state === CELL_STATES.fewPeople || state === CELL_STATES.unsafe) primary++
      else if (state === CELL_STATES.protectsAnother) secondary++
      else if (state === CELL_STATES.open) {
        kept += this.#kept[cell] ?? 0
        if (!silent[cell]) published[cell] = this.#publishedValue(cell, cell, ROUNDING_BASES.holders)
      }
    }
    for (const [index, { first, values, base }] of columns.entries()) {
      const start = this.figures.start(index + 1)
      for (let place = 0; place < values.length; place++) {
        if (this.states[first + place] !== CELL_STATES.open) continue
        published[start + place] = this.#publishedValue(start + place, first + place, base)
      }
    }
    const audit: Audit = { rounds, primary, secondary, complements: this.#complements.length, kept, failures }
    return { states: this.states, published, audit }
  }

  /** Small or unsafe, and withheld for that: nobody may come close. */
  #isWatched(cell: number): boolean {
    const state = this.states[cell]
    return (state === CELL_STATES.fewPeople && (this.#cells.people[cell] ?? 0) > 0) || state === CELL_STATES.unsafe
  }

  #firstState(cell: number): number {
    const { structuralZeros, people, unsafe, earlier, silent } = this.#cells
    const count = people[cell] ?? 0
    if (structuralZeros[cell]) {
      if (count > 0) throw new RangeError(`Cell ${cell} is a structural zero and has people`)
      return CELL_STATES.structuralZero
    }
    const before = earlier?.states[cell] ?? EARLIER.none
    // without a number of people nobody can say how many have come
    if (before === EARLIER.open && (silent[cell] || stands(earlier?.values[cell] ?? 0, count, this.#threshold))) {
      this.#kept[cell] = 1
      return CELL_STATES.open
    }
    if (count < this.#threshold) return CELL_STATES.fewPeople
    if (unsafe[cell]) return CELL_STATES.unsafe
    if (before === EARLIER.closed) return CELL_STATES.protectsAnother
    return before === EARLIER.withheld && !opens(count, this.#threshold) ? CELL_STATES.protectsAnother : CELL_STATES.open
  }

  /** What is withheld at one place is withheld wherever the same people are counted; not when only amounts are unsafe there. */
  #agreeOfTwins(): void {
    for (const [cell, first] of this.#twins.entries()) {
      if (first === cell) continue
      const group = this.#groups.get(first)
      if (group) group.push(cell)
      else this.#groups.set(first, [first, cell])
    }
    for (const group of this.#groups.values()) {
      if (group.some((cell) => this.states[cell] === CELL_STATES.protectsAnother)) this.withhold(group)
    }
  }

  /** As wide as a rounded figure is; never more than a small cell has from the start. */
  #roomNeeded(base: number): number {
    return Math.min(base, this.#threshold - 1)
  }

  #publishedValue(figure: number, cell: number, base: number): number {
    const earlier = this.#kept[cell] ? this.#cells.earlier?.values[figure] : undefined
    return earlier ?? roundByKey(this.truth[figure] ?? 0, base, this.#cells.keys[cell] ?? 0)
  }
}
