import type { Relations } from './relation.ts'

/**
 * Groups that no cell counts, and that are small: those of a whole who are not in one of its parts, or in a part of that, and so
 * on. Whoever may read both can subtract them, so they are audited like cells. The other part of two is a cell already.
 *
 * Their relations are added to the given ones; their figures follow all others.
 * @param truth of each figure; people come first
 * @param size number of cells, and of figures of people
 * @returns how many people each of the groups has
 */
export function addComplements(relations: Relations, people: PeopleOf): readonly number[] {
  const finder = new ComplementFinder(relations, people)
  const given = relations.size
  for (let relation = 0; relation < given; relation++) finder.addOf(relation)
  return finder.people
}

interface PeopleOf {
  readonly truth: Float64Array
  readonly size: number
  readonly threshold: number
}

class ComplementFinder {
  readonly people: number[] = []
  readonly #relations: Relations
  readonly #of: PeopleOf
  /** Relations by their whole. */
  readonly #starts: Uint32Array
  readonly #byWhole: Uint32Array
  /** Pairs that were looked at, as whole times the number of cells plus part. */
  readonly #seen = new Set<number>()

  constructor(relations: Relations, of: PeopleOf) {
    this.#relations = relations
    this.#of = of
    this.#starts = new Uint32Array(of.size + 1)
    let count = 0
    for (let relation = 0; relation < relations.size; relation++) {
      if (!this.#isNested(relation)) continue
      count++
      this.#starts[relations.whole(relation) + 1] = (this.#starts[relations.whole(relation) + 1] ?? 0) + 1
    }
    for (let cell = 0; cell < of.size; cell++) this.#starts[cell + 1] = (this.#starts[cell + 1] ?? 0) + (this.#starts[cell] ?? 0)
    const next = this.#starts.slice()
    this.#byWhole = new Uint32Array(count)
    for (let relation = 0; relation < relations.size; relation++) {
      if (!this.#isNested(relation)) continue
      const place = next[relations.whole(relation)] ?? 0
      this.#byWhole[place] = relation
      next[relations.whole(relation)] = place + 1
    }
  }

  addOf(relation: number): void {
    if (!this.#isNested(relation)) return
    const whole = this.#relations.whole(relation)
    const parts = this.#relations.parts(relation)
    for (const part of parts) {
      if (!this.#isSmallBeside(whole, part)) continue
      const others = parts.filter((other) => other !== part && (this.#of.truth[other] ?? 0) > 0)
      const isSum = this.#relations.kind(relation) === 'SUM'
      const unseen = this.#relations.unseen(relation) + this.#emptyOf(parts) * (this.#of.threshold - 1)
      // beside empty parts a cell keeps its room, as readers do not know that they are empty; what they have together does not
      const isCell = isSum && others.length === 1 && unseen === 0
      const figure = isCell ? undefined : this.#add(whole, part)
      if (figure !== undefined && isSum) this.#relations.sum(figure, others, unseen)
      this.#addWithin(whole, part)
    }
  }

  /** What a whole has beside a part of one of its parts. */
  #addWithin(whole: number, part: number): void {
    for (let place = this.#starts[part] ?? 0; place < (this.#starts[part + 1] ?? 0); place++) {
      for (const inner of this.#relations.parts(this.#byWhole[place] ?? 0)) {
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
    this.#relations.sum(whole, [part, figure])
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
    const kind = this.#relations.kind(relation)
    return this.#relations.whole(relation) < this.#of.size && kind !== 'MULTIPLE' && kind !== 'EACH'
  }
}
