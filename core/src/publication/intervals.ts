import { type Incidence, incidenceOf, type Relations } from './relation.ts'

/** How often each relation may be looked at, on average: whole numbers that narrow step by step come to rest long before. */
const LOOKS_MAX = 200

/** What a reader of figures knows of each: whole numbers from `low` to `high`. */
export interface Bounds {
  readonly low: Float64Array
  /** May be infinite. */
  readonly high: Float64Array
}

/** The relations contradict the bounds: they are not about the same figures. */
export class ContradictionError extends Error {
  override readonly name = 'ContradictionError'
  readonly relation: number
  readonly figure: number

  constructor(relation: number, figure: number) {
    super(`Relation ${relation} leaves no value for figure ${figure}`)
    this.relation = relation
    this.figure = figure
  }
}

/**
 * Narrows bounds by relations until nothing moves, as anybody can who puts all figures side by side. The true values always
 * stay inside.
 */
export class Narrowing {
  readonly #relations: Relations
  readonly #incidence: Incidence
  readonly #waiting: Uint8Array
  readonly #queue: Uint32Array
  #head = 0
  #length = 0
  /** For each figure the relation that moved its low and its high last, plus 1; 0 where none did. */
  readonly #lowReasons: Uint32Array
  readonly #highReasons: Uint32Array
  /** What is looked at, for the methods that narrow. */
  #bounds: Bounds = { low: new Float64Array(0), high: new Float64Array(0) }

  constructor(relations: Relations, figures: number) {
    this.#relations = relations
    this.#incidence = incidenceOf(relations, figures)
    this.#waiting = new Uint8Array(relations.size)
    this.#queue = new Uint32Array(relations.size)
    this.#lowReasons = new Uint32Array(figures)
    this.#highReasons = new Uint32Array(figures)
  }

  /** The relations that left a figure the bounds it has. */
  reasonsOf(figure: number): readonly number[] {
    const reasons = new Set([this.#lowReasons[figure] ?? 0, this.#highReasons[figure] ?? 0])
    return [...reasons].filter((reason) => reason > 0).map((reason) => reason - 1)
  }

  /**
   * Narrows `bounds` in place.
   * @throws {ContradictionError}
   * @throws {RangeError} when it does not come to rest
   */
  run(bounds: Bounds): void {
    const { size } = this.#relations
    this.#bounds = bounds
    this.#head = 0
    this.#length = 0
    this.#waiting.fill(0)
    this.#lowReasons.fill(0)
    this.#highReasons.fill(0)
    for (let relation = 0; relation < size; relation++) this.#push(relation)
    let looks = size * LOOKS_MAX
    while (this.#length > 0) {
      if (looks-- === 0) throw new RangeError('The bounds do not come to rest')
      this.#look(this.#pop())
    }
  }

  #push(relation: number): void {
    if (this.#waiting[relation]) return
    this.#waiting[relation] = 1
    const { length } = this.#queue
    this.#queue[(this.#head + this.#length) % length] = relation
    this.#length++
  }

  #pop(): number {
    const relation = this.#queue[this.#head] ?? 0
    this.#head = (this.#head + 1) % this.#queue.length
    this.#length--
    this.#waiting[relation] = 0
    return relation
  }

  #look(relation: number): void {
    const kind = this.#relations.kind(relation)
    if (kind === 'SUM' || kind === 'UNION') this.#lookAtSum(relation, kind === 'SUM')
    else if (kind === 'CONTAINS') this.#lookAtContained(relation)
    else this.#lookAtMultiple(relation, kind === 'EACH' ? 1 : 0)
  }

  /** A sum, or a union: of the latter the parts together may be more than the whole, and none is. */
  #lookAtSum(relation: number, disjoint: boolean): void {
    const { low, high } = this.#bounds
    const whole = this.#relations.whole(relation)
    const parts = this.#relations.parts(relation)
    let lows = 0
    let largestLow = 0
    let highs = this.#relations.unseen(relation)
    let unbounded = 0
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] ?? 0
      const partLow = low[part] ?? 0
      const partHigh = high[part] ?? 0
      lows += partLow
      if (partLow > largestLow) largestLow = partLow
      if (partHigh === Number.POSITIVE_INFINITY) unbounded++
      else highs += partHigh
    }
    this.#narrow(relation, whole, disjoint ? lows : largestLow, unbounded > 0 ? Number.POSITIVE_INFINITY : highs)
    const wholeLow = low[whole] ?? 0
    const wholeHigh = high[whole] ?? 0
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] ?? 0
      const partLow = low[part] ?? 0
      const partHigh = high[part] ?? 0
      const isUnbounded = partHigh === Number.POSITIVE_INFINITY
      const others = unbounded - (isUnbounded ? 1 : 0) > 0 ? Number.POSITIVE_INFINITY : highs - (isUnbounded ? 0 : partHigh)
      this.#narrow(relation, part, wholeLow - others, disjoint ? wholeHigh - (lows - partLow) : wholeHigh)
    }
  }

  #lookAtContained(relation: number): void {
    const { low, high } = this.#bounds
    const whole = this.#relations.whole(relation)
    for (const part of this.#relations.parts(relation)) {
      this.#narrow(relation, whole, low[part] ?? 0, Number.POSITIVE_INFINITY)
      this.#narrow(relation, part, 0, high[whole] ?? 0)
    }
  }

  #lookAtMultiple(relation: number, least: 0 | 1): void {
    const { low, high } = this.#bounds
    const whole = this.#relations.whole(relation)
    const part = this.#relations.parts(relation)[0] ?? 0
    const factor = this.#relations.factor(relation)
    this.#narrow(relation, whole, (low[part] ?? 0) * least, (high[part] ?? 0) * factor)
    const partHigh = least === 1 ? (high[whole] ?? 0) : Number.POSITIVE_INFINITY
    this.#narrow(relation, part, Math.ceil((low[whole] ?? 0) / factor), partHigh)
  }

  #narrow(relation: number, figure: number, from: number, to: number): void {
    const { low, high } = this.#bounds
    let moved = false
    if (from > (low[figure] ?? 0)) {
      low[figure] = from
      this.#lowReasons[figure] = relation + 1
      moved = true
    }
    if (to < (high[figure] ?? 0)) {
      high[figure] = to
      this.#highReasons[figure] = relation + 1
      moved = true
    }
    if (!moved) return
    if ((low[figure] ?? 0) > (high[figure] ?? 0)) throw new ContradictionError(relation, figure)
    const { starts, relations } = this.#incidence
    const end = starts[figure + 1] ?? 0
    for (let place = starts[figure] ?? 0; place < end; place++) this.#push(relations[place] ?? 0)
  }
}
