import type { Relations } from './relation.ts'

export interface Complements {
  /** The given relations with those of the complements. */
  readonly relations: Relations
  /** How many people each has; their figures follow those of the cells. */
  readonly people: readonly number[]
}

/**
 * Groups that no cell counts, and that are small: those of a whole who are not in one of its parts. Whoever may read whole
 * and part can subtract them, so they are audited like cells. The other part of two is a cell already.
 *
 * @param truth of each figure; people come first
 * @param size number of cells, and of figures of people
 */
export function withComplements(
  given: Relations,
  { truth, size, threshold }: { truth: Float64Array; size: number; threshold: number },
): Complements {
  const relations = given.copy()
  const people: number[] = []
  for (let relation = 0; relation < given.size; relation++) {
    const kind = given.kind(relation)
    const whole = given.whole(relation)
    if (whole >= size || kind === 'MULTIPLE' || kind === 'EACH') continue
    const parts = given.parts(relation)
    for (const part of parts) {
      const left = (truth[whole] ?? 0) - (truth[part] ?? 0)
      if (left < 1 || left >= threshold) continue
      const others = parts.filter((other) => other !== part && (truth[other] ?? 0) > 0)
      if (kind === 'SUM' && others.length === 1) continue
      const figure = truth.length + people.push(left) - 1
      relations.sum(whole, [part, figure])
      if (kind === 'SUM') relations.sum(figure, others, given.unseen(relation) + emptyParts(parts, truth) * (threshold - 1))
    }
  }
  return { relations, people }
}

function emptyParts(parts: Uint32Array, truth: Float64Array): number {
  let empty = 0
  for (const part of parts) if (truth[part] === 0) empty++
  return empty
}
