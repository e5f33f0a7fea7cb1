import { type Cells, THRESHOLD_DEFAULT, THRESHOLD_MIN } from './cells.ts'
import { addComplements } from './complements.ts'
import { Narrowing } from './intervals.ts'
import type { Relations } from './relation.ts'
import { Release } from './release.ts'
import { cellToWithhold } from './repair.ts'

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
  /** Small groups that no cell counts and that were audited too: those of a whole outside of one part. */
  readonly complements: number
  /** Cells whose earlier value stands. */
  readonly kept: number
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
  const given = relations.size
  release.watch(addComplements(relations, { truth: release.truth, size: cells.size, threshold }))
  try {
    return repaired(release, cells, relations)
  } finally {
    relations.cut(given)
  }
}

/** Rounds of audit and repair, until nothing is at risk or nothing more can be withheld. */
function repaired(release: Release, cells: Cells, relations: Relations): Protected {
  const narrowing = new Narrowing(relations, release.watched)
  for (let round = 1; ; round++) {
    const bounds = release.bounds()
    narrowing.run(bounds)
    const failures = release.atRisk(bounds)
    const chosen = new Set<number>()
    if (round < ROUNDS_MAX) {
      const { figures, states } = release
      const place = { relations, narrowing, cells, figures, states, chosen }
      for (const figure of failures) {
        const cell = cellToWithhold(figure, place)
        if (cell !== undefined) chosen.add(cell)
      }
    }
    if (chosen.size === 0) return release.finish(round, failures)
    release.withhold(chosen)
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
    const most = { SUM: sum, UNION: sum, CONTAINS: Number.POSITIVE_INFINITY, MULTIPLE: 0, EACH: 0 }[kind]
    const least = { SUM: sum, UNION: largest, CONTAINS: largest, MULTIPLE: 0, EACH: sum }[kind]
    const isMultiple = kind === 'MULTIPLE' || kind === 'EACH'
    const holds = whole >= least && whole <= (isMultiple ? sum * relations.factor(relation) : most)
    if (!holds) throw new RangeError(`Relation ${relation} (${kind}) does not hold: ${whole} of ${sum}`)
  }
}
