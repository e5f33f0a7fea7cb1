import { ROUNDING_BASES } from '@zuil/core'
import { type AuditedRelease, isSmall } from './audited-release.ts'

/** Rounds of projections; the estimates move by hundredths afterwards. */
const ROUNDS = 60

/** Variance of random rounding to base 5, and what somebody would guess of a small and of another withheld cell. */
const ROUNDED = { variance: 4 }
const SMALL = { mean: 4, variance: 8 }
const WITHHELD = { mean: 20, variance: 200 }
/** A sum is not exact for the attacker where empty cells are left out of it. */
const UNSEEN_VARIANCE = 4

export interface Reconstruction {
  /** Small cells that are withheld. */
  readonly small: number
  /** Those whose number the best linear estimate hits. */
  readonly hits: number
  /** Those that are hit by always guessing what is most frequent. */
  readonly blind: number
}

/**
 * Generalised least squares: the most likely numbers of people given everything published, by projecting first guesses on one sum
 * after the other (Kaczmarz), weighted by how unsure each is.
 */
export function reconstruct(release: AuditedRelease): Reconstruction {
  const { cells, relations } = release
  const { estimates, variances } = firstGuesses(release)
  for (let round = 0; round < ROUNDS; round++) {
    for (let index = 0; index < relations.size; index++) {
      if (relations.kind(index) !== 'SUM' || relations.whole(index) >= cells.size) continue
      project(release, index, { estimates, variances })
    }
  }
  return judge(release, estimates)
}

interface Guesses {
  readonly estimates: Float64Array
  readonly variances: Float64Array
}

function firstGuesses({ cells, published, threshold }: AuditedRelease): Guesses {
  const estimates = new Float64Array(cells.size)
  const variances = new Float64Array(cells.size)
  for (let cell = 0; cell < cells.size; cell++) {
    const value = published[cell] ?? Number.NaN
    const isKnown = !Number.isNaN(value)
    const guess = (cells.people[cell] ?? 0) < threshold ? SMALL : WITHHELD
    estimates[cell] = isKnown ? value : guess.mean
    variances[cell] = isKnown ? ROUNDED.variance : guess.variance
  }
  return { estimates, variances }
}

function project({ relations }: AuditedRelease, index: number, { estimates, variances }: Guesses): void {
  const whole = relations.whole(index)
  const parts = relations.parts(index)
  let residual = estimates[whole] ?? 0
  let variance = (variances[whole] ?? 0) + (relations.unseen(index) > 0 ? UNSEEN_VARIANCE : 0)
  for (const part of parts) {
    residual -= estimates[part] ?? 0
    variance += variances[part] ?? 0
  }
  const step = residual / variance
  estimates[whole] = (estimates[whole] ?? 0) - step * (variances[whole] ?? 0)
  for (const part of parts) estimates[part] = (estimates[part] ?? 0) + step * (variances[part] ?? 0)
}

function judge({ cells, published, threshold }: AuditedRelease, estimates: Float64Array): Reconstruction {
  const counts = new Array<number>(ROUNDING_BASES.holders * threshold).fill(0)
  let small = 0
  let hits = 0
  for (let cell = 0; cell < cells.size; cell++) {
    const people = cells.people[cell] ?? 0
    if (!isSmall(people, threshold) || !Number.isNaN(published[cell] ?? Number.NaN)) continue
    small++
    counts[people] = (counts[people] ?? 0) + 1
    const guess = Math.min(threshold - 1, Math.max(1, Math.round(estimates[cell] ?? 0)))
    if (guess === people) hits++
  }
  return { small, hits, blind: Math.max(0, ...counts) }
}
