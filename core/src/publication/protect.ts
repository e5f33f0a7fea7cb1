import { CELL_STATES, type Cells, THRESHOLD_DEFAULT, THRESHOLD_MIN } from './cells.ts'
import { type Bounds, Narrowing } from './intervals.ts'
import type { Relations } from './relation.ts'
import { cellToWithhold } from './repair.ts'
import { ROUNDING_BASES, roundByKey, roundingInterval } from './rounding.ts'

/** Rounds of audit and repair; the release fails when it still needs more. */
const ROUNDS_MAX = 100

export interface Protected {
  /** For each cell one of {@link CELL_STATES}. */
  readonly states: Uint8Array
  /** For each figure what is published; 0 where the cell is not open. */
  readonly published: Float64Array
  readonly audit: Audit
}

export interface Audit {
  readonly rounds: number
  /** Cells that are withheld for themselves. */
  readonly primary: number
  /** Cells that are withheld to protect these. */
  readonly secondary: number
  /** Figures that can still be worked out too closely: a release with any is not published. */
  readonly failures: readonly number[]
}

/**
 * Decides what of a release may be seen: withholds cells with too few people, rounds the rest by the cells' keys, then takes
 * the place of a reader who has everything, and withholds more until no small figure can be worked out.
 *
 * ```
 * few people ─▶ withheld ┐
 * the rest ───▶ rounded ─┴─▶ audit: narrow all bounds by all relations ─▶ every small figure wide enough? ─▶ release
 *                             ▲                                             │ no
 *                             └────────── withhold the cheapest neighbour ◀─┘
 * ```
 *
 * @param threshold people below which a cell is withheld
 * @throws {RangeError} when the relations do not hold for the values, or the threshold is too low
 */
export function protect(cells: Cells, relations: Relations, threshold: number = THRESHOLD_DEFAULT): Protected {
  if (!(threshold >= THRESHOLD_MIN)) throw new RangeError(`The threshold is at least ${THRESHOLD_MIN}`)
  const release = new Release(cells, threshold)
  checkRelations(relations, release.truth)
  const narrowing = new Narrowing(relations, release.truth.length)
  for (let round = 1; ; round++) {
    const bounds = release.bounds()
    narrowing.run(bounds)
    const failures = release.atRisk(bounds)
    const chosen = new Set<number>()
    if (round < ROUNDS_MAX) {
      const place = { relations, incidence: narrowing.incidence, bounds, cells, states: release.states, chosen }
      for (const figure of failures) {
        const cell = cellToWithhold(figure, place)
        if (cell !== undefined) chosen.add(cell)
      }
    }
    if (chosen.size === 0) return release.finish(round, failures)
    for (const cell of chosen) release.states[cell] = CELL_STATES.protectsAnother
  }
}

/** A release while it is made. */
class Release {
  readonly states: Uint8Array
  /** The true value of each figure. */
  readonly truth: Float64Array
  readonly #cells: Cells
  readonly #threshold: number

  constructor(cells: Cells, threshold: number) {
    this.#cells = cells
    this.#threshold = threshold
    this.truth = new Float64Array(cells.size * (cells.measures.length + 1))
    this.truth.set(cells.people)
    for (const [index, { values }] of cells.measures.entries()) this.truth.set(values, (index + 1) * cells.size)
    this.states = new Uint8Array(cells.size)
    for (let cell = 0; cell < cells.size; cell++) this.states[cell] = this.#primaryState(cell)
  }

  /** What a reader knows of each figure before putting anything side by side. */
  bounds(): Bounds {
    const low = new Float64Array(this.truth.length)
    const high = new Float64Array(this.truth.length)
    const { size, measures } = this.#cells
    for (let figure = 0; figure < this.truth.length; figure++) {
      const measure = Math.floor(figure / size)
      const state = this.states[figure - measure * size]
      if (state === CELL_STATES.open) {
        const { from, to } = roundingInterval(this.#publishedValue(figure), this.#base(measure))
        low[figure] = measure === 0 ? Math.max(from, this.#threshold) : from
        high[figure] = to
      } else if (state === CELL_STATES.fewPeople) {
        // Readers are not told why, but may guess: the audit grants them that they guess right.
        high[figure] = (this.#threshold - 1) * (measures[measure - 1]?.shareMax ?? 1)
      } else if (state !== CELL_STATES.structuralZero) high[figure] = Number.POSITIVE_INFINITY
    }
    return { low, high }
  }

  /** Figures of few people, or unsafe ones, that the bounds leave too little room. */
  atRisk({ low, high }: Bounds): readonly number[] {
    const { size, people } = this.#cells
    const risky: number[] = []
    for (let figure = 0; figure < this.truth.length; figure++) {
      const measure = Math.floor(figure / size)
      const cell = figure - measure * size
      const state = this.states[cell]
      const isSmall = state === CELL_STATES.fewPeople && (people[cell] ?? 0) > 0
      if (!isSmall && state !== CELL_STATES.unsafe) continue
      if ((high[figure] ?? 0) - (low[figure] ?? 0) < this.#roomNeeded(measure)) risky.push(figure)
    }
    return risky
  }

  finish(rounds: number, failures: readonly number[]): Protected {
    const published = new Float64Array(this.truth.length)
    let primary = 0
    let secondary = 0
    for (const [cell, state] of this.states.entries()) {
      if (state === CELL_STATES.fewPeople || state === CELL_STATES.unsafe) primary++
      else if (state === CELL_STATES.protectsAnother) secondary++
      else if (state === CELL_STATES.open) {
        for (let figure = cell; figure < published.length; figure += this.#cells.size) {
          published[figure] = this.#publishedValue(figure)
        }
      }
    }
    return { states: this.states, published, audit: { rounds, primary, secondary, failures } }
  }

  #primaryState(cell: number): number {
    const { structuralZeros, people, unsafe } = this.#cells
    if (structuralZeros[cell]) {
      if (people[cell]) throw new RangeError(`Cell ${cell} is a structural zero and has people`)
      return CELL_STATES.structuralZero
    }
    if ((people[cell] ?? 0) < this.#threshold) return CELL_STATES.fewPeople
    return unsafe[cell] ? CELL_STATES.unsafe : CELL_STATES.open
  }

  /** As wide as a rounded figure is; never more than a small cell has from the start. */
  #roomNeeded(measure: number): number {
    return Math.min(this.#base(measure), this.#threshold - 1)
  }

  #base(measure: number): number {
    return this.#cells.measures[measure - 1]?.base ?? ROUNDING_BASES.holders
  }

  #publishedValue(figure: number): number {
    const measure = Math.floor(figure / this.#cells.size)
    const key = this.#cells.keys[figure - measure * this.#cells.size] ?? 0
    return roundByKey(this.truth[figure] ?? 0, this.#base(measure), key)
  }
}

/** Relations that do not hold would make the audit worthless. */
function checkRelations(relations: Relations, truth: Float64Array): void {
  for (let relation = 0; relation < relations.size; relation++) {
    let sum = 0
    let largest = 0
    for (const part of relations.parts(relation)) {
      const value = truth[part] ?? 0
      sum += value
      if (value > largest) largest = value
    }
    const whole = truth[relations.whole(relation)] ?? 0
    const kind = relations.kind(relation)
    const holds =
      kind === 'SUM' ? whole === sum : whole >= largest && whole <= (kind === 'UNION' ? sum : sum * relations.factor(relation))
    if (!holds) throw new RangeError(`Relation ${relation} (${kind}) does not hold: ${whole} of ${sum}`)
  }
}
