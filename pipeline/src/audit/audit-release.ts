import { changeNeeded, EARLIER, ROUNDING_BASES, roundByKey, twinsOf } from '@zuil/core'
import type { AttackNumber } from '@zuil/warehouse'
import { type AuditedRelease, describeCell, describeFigure, isSmall, type Recovered } from './audited-release.ts'
import { type Bounds, firstBounds, sweep } from './interval-sweep.ts'
import { reconstruct } from './reconstruction.ts'

/** Reconstruction may hit so much more than somebody who guesses blindly. */
const RECONSTRUCTION_GAIN_MAX = 0.1
/** Of fewer small cells a share says nothing. */
const RECONSTRUCTION_CELLS_MIN = 30
/** Cells that are named of one attack. */
const NAMED_MAX = 20

export interface AuditReport {
  /** Everything that any attack recovered, the first of each attack by name. */
  readonly recovered: readonly Recovered[]
  readonly counts: Readonly<Partial<Record<AttackNumber, number>>>
  readonly reconstruction: { readonly small: number; readonly hits: number; readonly blind: number }
  /** Whether the cells that are stored are those that were published. */
  readonly isIntact: boolean
}

/** Attacks a release with everything that stands in it. Shares no code with what protected it but the relations. */
export function auditRelease(release: AuditedRelease): AuditReport {
  const slack = slackOf(release)
  const bounds = firstBounds(release, slack)
  sweep(release, bounds)
  const reconstruction = reconstruct(release, bounds)
  const found = [
    ...intervals(release, { ...bounds, slack }),
    ...reconstructed(reconstruction),
    ...differences(release, bounds),
    ...changes(release),
    ...geography(release, slack),
    ...twins(release, slack),
  ]
  const groups = Map.groupBy(found, ({ attack }) => attack)
  return {
    recovered: [...groups.values()].flatMap((of) => of.slice(0, NAMED_MAX)),
    counts: Object.fromEntries([...groups].map(([attack, of]) => [attack, of.length])),
    reconstruction,
    isIntact: true,
  }
}

/**
 * People by whom a published value may be off: where it stands from an earlier release, or was made of earlier numbers than these and is not
 * what rounding gives now, so many may have come or gone unseen.
 */
function slackOf(release: AuditedRelease): (cell: number) => number {
  const { cells, figures, published, threshold, isFresh } = release
  const slack = new Uint8Array(cells.size)
  const look = (figure: number, cell: number, { truth, base }: { truth: number; base: number }) => {
    const value = published[figure] ?? Number.NaN
    const mayStand = cells.earlier?.states[cell] === EARLIER.open && cells.earlier.values[figure] === value
    const isOlder = !isFresh && !Number.isNaN(value) && value !== roundByKey(truth, base, cells.keys[cell] ?? 0)
    if (mayStand || isOlder) slack[cell] = changeNeeded(threshold)
  }
  for (let cell = 0; cell < cells.size; cell++) look(cell, cell, { truth: cells.people[cell] ?? 0, base: ROUNDING_BASES.holders })
  for (const [index, { first, values, base }] of cells.columns.entries()) {
    for (const [place, truth] of values.entries()) look(figures.of(index + 1, first + place), first + place, { truth, base })
  }
  return (cell) => slack[cell] ?? 0
}

function isWithheld({ published }: AuditedRelease, figure: number): boolean {
  return Number.isNaN(published[figure] ?? Number.NaN)
}

/** Attack 1. */
function* intervals(
  release: AuditedRelease,
  { low, high, slack }: Bounds & { slack: (cell: number) => number },
): Iterable<Recovered> {
  const { cells, figures, threshold, published } = release
  const room = (base: number) => Math.min(base, threshold - 1)
  const look = function* (figure: number, cell: number, base: number): Iterable<Recovered> {
    if (!isSmall(cells.people[cell] ?? 0, threshold)) return
    const width = (high[figure] ?? 0) - (low[figure] ?? 0)
    if (!isWithheld(release, figure)) {
      // where numbers have changed since, only a value tells that it was never one of enough people
      if (slack(cell) > 0 || (!release.isFresh && (published[figure] ?? 0) >= threshold)) return
      yield { attack: 1, cell: describeFigure(release, figure), detail: 'is small and stands in the release' }
    } else if (width < room(base))
      yield { attack: 1, cell: describeFigure(release, figure), detail: `is known to be ${low[figure]} to ${high[figure]}` }
  }
  for (let cell = 0; cell < cells.size; cell++) yield* look(cell, cell, ROUNDING_BASES.holders)
  for (const [index, { first, values, base }] of cells.columns.entries()) {
    for (let place = 0; place < values.length; place++) yield* look(figures.of(index + 1, first + place), first + place, base)
  }
}

/** Attack 3. */
function reconstructed({ small, hits, blind }: AuditReport['reconstruction']): readonly Recovered[] {
  // of few cells as many are hit by chance as their number's root
  const allowed = blind + RECONSTRUCTION_GAIN_MAX * small + Math.sqrt(small)
  if (small < RECONSTRUCTION_CELLS_MIN || hits <= allowed) return []
  return [{ attack: 3, cell: `${small} small cells`, detail: `${hits} are hit, ${blind} by guessing blindly` }]
}

/** Attack 4: two published cells, one within the other, that differ by a few people. */
function* differences(release: AuditedRelease, { low, high }: Bounds): Iterable<Recovered> {
  const { cells, relations, threshold, table } = release
  for (let relation = 0; relation < relations.size; relation++) {
    const whole = relations.whole(relation)
    const kind = relations.kind(relation)
    if (whole >= cells.size || kind === 'MULTIPLE' || kind === 'EACH' || isWithheld(release, whole)) continue
    for (const part of relations.parts(relation)) {
      if (isWithheld(release, part)) continue
      if (!isSmall((cells.people[whole] ?? 0) - (cells.people[part] ?? 0), threshold)) continue
      const from = Math.max(0, (low[whole] ?? 0) - (high[part] ?? 0))
      const to = Math.min(threshold - 1, (high[whole] ?? 0) - (low[part] ?? 0))
      if (to - from >= Math.min(ROUNDING_BASES.holders, threshold - 1)) continue
      const cell = `${describeCell(table, whole)} without ${describeCell(table, part)}`
      yield { attack: 4, cell, detail: `is known to be ${from} to ${to}` }
    }
  }
}

/** Attack 5: a published value that moved though too few people did. */
function* changes(release: AuditedRelease): Iterable<Recovered> {
  const { cells, published, threshold, table } = release
  const { earlier } = cells
  if (!earlier) return
  for (let cell = 0; cell < cells.size; cell++) {
    const now = published[cell] ?? Number.NaN
    if (earlier.states[cell] !== EARLIER.open || cells.silent[cell]) continue
    const before = earlier.values[cell] ?? 0
    if (now === before || Math.abs((cells.people[cell] ?? 0) - before) >= changeNeeded(threshold)) continue
    // withheld for the sake of another: that says nothing of who came
    if (Number.isNaN(now)) continue
    yield { attack: 5, cell: describeCell(table, cell), detail: `went from ${before} to ${now}` }
  }
}

/** Attack 6: a published whole minus all its other published parts, without any further thought. */
function* geography(release: AuditedRelease, off: (cell: number) => number): Iterable<Recovered> {
  const { cells, relations, published, threshold, table } = release
  for (let relation = 0; relation < relations.size; relation++) {
    const whole = relations.whole(relation)
    if (relations.kind(relation) !== 'SUM' || whole >= cells.size || isWithheld(release, whole)) continue
    const parts = relations.parts(relation)
    const missing = parts.filter((part) => isWithheld(release, part))
    const [only] = missing
    if (missing.length !== 1 || only === undefined || relations.unseen(relation) > 0) continue
    if (!isSmall(cells.people[only] ?? 0, threshold)) continue
    let left = published[whole] ?? 0
    for (const part of parts) if (part !== only) left -= published[part] ?? 0
    let slack = off(whole)
    for (const part of parts) slack += ROUNDING_BASES.holders - 1 + off(part)
    const from = Math.max(0, left - slack)
    const to = Math.min(threshold - 1, left + slack)
    if (to - from < Math.min(ROUNDING_BASES.holders, threshold - 1))
      yield { attack: 6, cell: describeCell(table, only), detail: `is ${from} to ${to} by what is around it` }
  }
}

/** Attack 13: the same people with two values, or published here and withheld there. */
function* twins(release: AuditedRelease, slack: (cell: number) => number): Iterable<Recovered> {
  const { cells, published, table } = release
  for (const [cell, first] of twinsOf(cells).entries()) {
    if (cell === first || cells.silent[cell] || cells.silent[first] || cells.unsafe[cell] || cells.unsafe[first]) continue
    if (slack(cell) > 0 || slack(first) > 0) continue
    if (Object.is(published[cell], published[first])) continue
    const detail = `differs from ${describeCell(table, first)}, where the same people are counted`
    yield { attack: 13, cell: describeCell(table, cell), detail }
  }
}
