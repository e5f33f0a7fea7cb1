import type { Relations } from './relation.ts'

export interface Complements {
  /** The given relations with those of the complements. */
  readonly relations: Relations
  /** How many people each has; their figures follow those of the cells. */
  readonly people: readonly number[]
}

/**
 * Groups that no cell counts, and that are small: those of a whole who are not in one of its parts, or in a part of that, and so
 * on. Whoever may read both can subtract them, so they are audited like cells. The other part of two is a cell already.
 *
 * @param truth of each figure; people come first
 * @param size number of cells, and of figures of people
 */
export function withComplements(given: Relations, people: PeopleOf): Complements {
  const finder = new ComplementFinder(given, people)
  for (let relation = 0; relation < given.size; relation++) finder.addOf(relation)
  return { relations: finder.relations, people: finder.people }
}

interface PeopleOf {
  readonly truth: Float64Array
  readonly size: number
  readonly threshold: number
}

class ComplementFinder {
  readonly relations: Relations
  readonly people: number[] = []
  readonly #given: Relations
  readonly #of: PeopleOf
  /** Relations by their whole. */
  readonly #starts: Uint32Array
  readonly #byWhole: Uint32Array
  /** Pairs that were looked at, as whole times the number of cells plus part. */
  readonly #seen = new Set<number>()

  constructor(given: Relations, of: PeopleOf) {
    this.relations = given.copy()
    this.#given = given
    this.#of = of
    this.#starts = new Uint32Array(of.size + 1)
    const nested = Array.from({ length: given.size }, (_, relation) => relation).filter((relation) => this.#isNested(relation))
    for (const relation of nested) this.#starts[given.whole(relation) + 1] = (this.#starts[given.whole(relation) + 1] ?? 0) + 1
    for (let cell = 0; cell < of.size; cell++) this.#starts[cell + 1] = (this.#starts[cell + 1] ?? 0) + (this.#starts[cell] ?? 0)
    const next = this.#starts.slice()
    this.#byWhole = new Uint32Array(nested.length)
    for (const relation of nested) {
      const place = next[given.whole(relation)] ?? 0
      this.#byWhole[place] = relation
      next[given.whole(relation)] = place + 1
    }
  }

  addOf(relation: number): void {
    if (!this.#isNested(relation)) return
    const whole = this.#given.whole(relation)
    const parts = this.#given.parts(relation)
    for (const part of parts) {
      if (!this.#isSmallBeside(whole, part)) continue
      const others = parts.filter((other) => other !== part && (this.#of.truth[other] ?? 0) > 0)
      const isCell = this.#given.kind(relation) === 'SUM' && others.length === 1
      const figure = isCell ? undefined : this.#add(whole, part)
      if (figure !== undefined && this.#given.kind(relation) === 'SUM')
        this.relations.sum(figure, others, this.#given.unseen(relation) + this.#emptyOf(parts) * (this.#of.threshold - 1))
      this.#addWithin(whole, part)
    }
  }

  /** What a whole has beside a part of one of its parts. */
  #addWithin(whole: number, part: number): void {
    for (let place = this.#starts[part] ?? 0; place < (this.#starts[part + 1] ?? 0); place++) {
      for (const inner of this.#given.parts(this.#byWhole[place] ?? 0)) {
        if (!this.#isSmallBeside(whole, inner) || this.#add(whole, inner) === undefined) continue
        this.#addWithin(whole, inner)
      }
    }
  }

  #add(whole: number, part: number): number | undefined {
    const pair = whole * this.#of.size + part
    if (this.#seen.has(pair)) return undefined
    this.#seen.add(pair)
    const figure = this.#of.truth.length + this.people.push(this.#left(whole, part)) - 1
    this.relations.sum(whole, [part, figure])
    return figure
  }

  #left(whole: number, part: number): number {
    return (this.#of.truth[whole] ?? 0) - (this.#of.truth[part] ?? 0)
  }

  /** Fewer than the threshold remain. Between small cells nothing is published that could be subtracted. */
  #isSmallBeside(whole: number, part: number): boolean {
    const left = this.#left(whole, part)
    return left >= 1 && left < this.#of.threshold && (this.#of.truth[part] ?? 0) >= this.#of.threshold
  }

  #emptyOf(parts: Uint32Array): number {
    let empty = 0
    for (const part of parts) if (this.#of.truth[part] === 0) empty++
    return empty
  }

  #isNested(relation: number): boolean {
    const kind = this.#given.kind(relation)
    return this.#given.whole(relation) < this.#of.size && kind !== 'MULTIPLE' && kind !== 'EACH'
  }
}
