/**
 * What anybody knows about how figures hang together, whatever their values are:
 * - SUM: the whole is the sum of its parts, e.g. residents of a town over age bands;
 * - UNION: somebody may be in several parts, e.g. visitors over venues: the whole is at least the largest part, at most the sum;
 * - CONTAINS: the parts are some of the whole, e.g. those of the holders who took part: the whole is at least the largest part;
 * - MULTIPLE: the whole is at most `factor` times its only part, e.g. participations and participants;
 * - EACH: as MULTIPLE, and at least its part: everybody who is counted did it once or more.
 */
export type RelationKind = 'SUM' | 'UNION' | 'CONTAINS' | 'MULTIPLE' | 'EACH'

export interface Relation {
  readonly kind: RelationKind
  readonly whole: number
  readonly parts: ArrayLike<number>
  /** Of a MULTIPLE and an EACH. */
  readonly factor: number
  /** Of a SUM and a UNION: the most that parts may add that are empty, and of which readers do not know that. */
  readonly unseen: number
}

const KINDS = ['SUM', 'UNION', 'CONTAINS', 'MULTIPLE', 'EACH'] as const satisfies readonly RelationKind[]
const FIRST_CAPACITY = 1_024

/** Millions of relations between figures, packed: figures are numbered from 0. */
export class Relations {
  #kinds = new Uint8Array(FIRST_CAPACITY)
  #wholes = new Uint32Array(FIRST_CAPACITY)
  /** Factor of a MULTIPLE or EACH, unseen of a SUM or UNION. */
  #numbers = new Float64Array(FIRST_CAPACITY)
  /** Where the parts of each relation begin; one more at the end. */
  #starts = new Uint32Array(FIRST_CAPACITY + 1)
  #parts = new Uint32Array(FIRST_CAPACITY)
  #size = 0

  get size(): number {
    return this.#size
  }

  sum(whole: number, parts: ArrayLike<number>, unseen = 0): void {
    this.#add('SUM', { whole, parts, number: unseen })
  }

  union(whole: number, parts: ArrayLike<number>, unseen = 0): void {
    this.#add('UNION', { whole, parts, number: unseen })
  }

  contains(whole: number, part: number): void {
    this.#add('CONTAINS', { whole, parts: [part], number: 0 })
  }

  /** `whole` is at most `factor` times `part`. */
  multiple(whole: number, part: number, factor: number): void {
    this.#add('MULTIPLE', { whole, parts: [part], number: factor })
  }

  /** `whole` is at least `part` and at most `factor` times `part`. */
  each(whole: number, part: number, factor: number): void {
    this.#add('EACH', { whole, parts: [part], number: factor })
  }

  kind(relation: number): RelationKind {
    return KINDS[this.#kinds[relation] ?? 0] ?? 'SUM'
  }

  at(relation: number): Relation {
    return {
      kind: this.kind(relation),
      whole: this.#wholes[relation] ?? 0,
      parts: this.parts(relation),
      factor: this.factor(relation),
      unseen: this.unseen(relation),
    }
  }

  /** A view, not a copy. */
  parts(relation: number): Uint32Array {
    return this.#parts.subarray(this.#starts[relation], this.#starts[relation + 1])
  }

  whole(relation: number): number {
    return this.#wholes[relation] ?? 0
  }

  factor(relation: number): number {
    return this.#numbers[relation] ?? 1
  }

  unseen(relation: number): number {
    return this.#numbers[relation] ?? 0
  }

  /** Takes away those that were added after there were so many. */
  cut(size: number): void {
    this.#size = Math.min(this.#size, size)
  }

  #add(kind: RelationKind, { whole, parts, number }: { whole: number; parts: ArrayLike<number>; number: number }): void {
    if (parts.length === 0) throw new RangeError('A relation has at least one part')
    const index = this.#size++
    if (index >= this.#kinds.length) this.#grow()
    const start = this.#starts[index] ?? 0
    const end = start + parts.length
    while (end > this.#parts.length) this.#parts = resized(this.#parts, Uint32Array)
    this.#kinds[index] = KINDS.indexOf(kind)
    this.#wholes[index] = whole
    this.#numbers[index] = number
    this.#parts.set(parts, start)
    this.#starts[index + 1] = end
  }

  #grow(): void {
    this.#kinds = resized(this.#kinds, Uint8Array)
    this.#wholes = resized(this.#wholes, Uint32Array)
    this.#numbers = resized(this.#numbers, Float64Array)
    this.#starts = resized(this.#starts, Uint32Array)
  }
}

/** Twice as long, with the same beginning. */
function resized<T extends Uint8Array | Uint32Array | Float64Array>(old: T, type: new (length: number) => T): T {
  const grown = new type(old.length * 2)
  grown.set(old)
  return grown
}

/** The relations that each figure is in: `relations[starts[f]]` up to `relations[starts[f + 1]]`. */
export interface Incidence {
  readonly starts: Uint32Array
  readonly relations: Uint32Array
}

export function incidenceOf(relations: Relations, figures: number): Incidence {
  const starts = new Uint32Array(figures + 1)
  forEachMember(relations, (figure) => {
    starts[figure + 1] = (starts[figure + 1] ?? 0) + 1
  })
  for (let figure = 0; figure < figures; figure++) starts[figure + 1] = (starts[figure + 1] ?? 0) + (starts[figure] ?? 0)
  const next = starts.slice()
  const list = new Uint32Array(starts[figures] ?? 0)
  forEachMember(relations, (figure, relation) => {
    const place = next[figure] ?? 0
    list[place] = relation
    next[figure] = place + 1
  })
  return { starts, relations: list }
}

function forEachMember(relations: Relations, visit: (figure: number, relation: number) => void): void {
  for (let relation = 0; relation < relations.size; relation++) {
    visit(relations.whole(relation), relation)
    for (const part of relations.parts(relation)) visit(part, relation)
  }
}
