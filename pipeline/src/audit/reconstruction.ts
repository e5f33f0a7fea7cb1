import { ROUNDING_BASES } from '@zuil/core'
import { type AuditedRelease, isSmall } from './audited-release.ts'
import { type Bounds, sweep } from './interval-sweep.ts'

/** Rounds of projections; the estimates move by hundredths afterwards. */
const ROUNDS = 60

/** Of fewer sums the release does not show how far its values are off; then random rounding to base 5 is taken at its word. */
const OPEN_SUMS_MIN = 30
const ROUNDING_VARIANCE = 4
/** No value is taken for exact, so that sums which do not agree can still be brought together. */
const VARIANCE_MIN = 1e-6
/** What somebody would guess of a small and of another withheld cell. */
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
 * after the other (Kaczmarz), weighted by how unsure each is, and within what intervals leave.
 *
 * @param bounds what interval propagation found, where every value is as far off as rounding allows
 */
export function reconstruct(release: AuditedRelease, bounds: Bounds): Reconstruction {
  const { cells, relations } = release
  const shown = shownVariance(release)
  const within = shown > VARIANCE_MIN ? bounds : boundsOfTrueValues(release, bounds)
  const { estimates, variances } = firstGuesses(release, shown)
  for (let round = 0; round < ROUNDS; round++) {
    for (let index = 0; index < relations.size; index++) {
      if (relations.kind(index) !== 'SUM' || relations.whole(index) >= cells.size) continue
      project(release, index, { estimates, variances })
    }
    for (let cell = 0; cell < cells.size; cell++)
      estimates[cell] = Math.min(within.high[cell] ?? 0, Math.max(within.low[cell] ?? 0, estimates[cell] ?? 0))
  }
  return judge(release, estimates)
}

/** What intervals leave when published values are taken for the numbers themselves. */
function boundsOfTrueValues(release: AuditedRelease, { low, high }: Bounds): Bounds {
  const bounds = { low: low.slice(), high: high.slice() }
  for (let cell = 0; cell < release.cells.size; cell++) {
    const value = release.published[cell] ?? Number.NaN
    if (Number.isNaN(value)) continue
    bounds.low[cell] = value
    bounds.high[cell] = value
  }
  sweep(release, bounds)
  return bounds
}

interface Guesses {
  readonly estimates: Float64Array
  readonly variances: Float64Array
}

function firstGuesses({ cells, published, threshold }: AuditedRelease, knownVariance: number): Guesses {
  const estimates = new Float64Array(cells.size)
  const variances = new Float64Array(cells.size)
  for (let cell = 0; cell < cells.size; cell++) {
    const value = published[cell] ?? Number.NaN
    const isKnown = !Number.isNaN(value)
    const guess = (cells.people[cell] ?? 0) < threshold ? SMALL : WITHHELD
    estimates[cell] = isKnown ? value : guess.mean
    variances[cell] = isKnown ? knownVariance : guess.variance
  }
  return { estimates, variances }
}

/**
 * How far published values are off, as the release itself shows it: by how much sums miss of which everything is published. Who sees
 * that nothing misses knows that the numbers are true, and takes them as such.
 */
function shownVariance({ cells, relations, published }: AuditedRelease): number {
  let sums = 0
  let variance = 0
  for (let index = 0; index < relations.size; index++) {
    const whole = relations.whole(index)
    if (relations.kind(index) !== 'SUM' || whole >= cells.size || relations.unseen(index) > 0) continue
    const parts = relations.parts(index)
    let missed = published[whole] ?? Number.NaN
    for (const part of parts) missed -= published[part] ?? Number.NaN
    if (Number.isNaN(missed)) continue
    sums++
    variance += missed ** 2 / (parts.length + 1)
  }
  return sums < OPEN_SUMS_MIN ? ROUNDING_VARIANCE : Math.max(VARIANCE_MIN, variance / sums)
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
