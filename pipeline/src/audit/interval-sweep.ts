import { type Relation, ROUNDING_BASES, roundingInterval } from '@zuil/core'
import { type AuditedRelease, isSmall } from './audited-release.ts'

/** Sweeps over all relations; bounds have come to rest long before. */
const SWEEPS_MAX = 200

export interface Bounds {
  readonly low: Float64Array
  readonly high: Float64Array
}

/**
 * What an attacker knows of each figure before thinking: an open one by its rounding, a withheld one that is small (granted:
 * the attacker guesses right why it is withheld) by the threshold. `slack`: how far a value of an earlier release may be off.
 */
export function firstBounds(release: AuditedRelease, slack: (cell: number) => number = () => 0): Bounds {
  const { cells, figures, published, threshold } = release
  const low = new Float64Array(figures.count)
  const high = new Float64Array(figures.count).fill(Number.POSITIVE_INFINITY)
  const set = (figure: number, cell: number, { base, shareMax }: { base: number; shareMax: number }) => {
    const value = published[figure] ?? Number.NaN
    if (!Number.isNaN(value)) {
      const { from, to } = roundingInterval(value, base)
      const off = slack(cell)
      low[figure] = Math.max(0, from - off * shareMax)
      high[figure] = to + off * shareMax
    } else if (cells.structuralZeros[cell]) high[figure] = 0
    else if (isSmall(cells.people[cell] ?? 0, threshold) || cells.people[cell] === 0) high[figure] = (threshold - 1) * shareMax
  }
  for (let cell = 0; cell < cells.size; cell++) set(cell, cell, { base: ROUNDING_BASES.holders, shareMax: 1 })
  for (const [index, column] of cells.columns.entries()) {
    for (let place = 0; place < column.values.length; place++) {
      set(figures.of(index + 1, column.first + place), column.first + place, column)
    }
  }
  return { low, high }
}

/** Narrows bounds, relation by relation and again from the start, until a whole sweep moves nothing. */
export function sweep({ relations }: Pick<AuditedRelease, 'relations'>, bounds: Bounds): void {
  for (let sweeps = 0; sweeps < SWEEPS_MAX; sweeps++) {
    let moved = false
    for (let index = 0; index < relations.size; index++) moved = narrow(relations.at(index), bounds) || moved
    if (!moved) return
  }
}

function narrow(relation: Relation, bounds: Bounds): boolean {
  switch (relation.kind) {
    case 'SUM':
    case 'UNION':
      return narrowSum(relation, bounds)
    case 'CONTAINS':
      return narrowContained(relation, bounds)
    case 'MULTIPLE':
    case 'EACH':
      return narrowMultiple(relation, bounds)
  }
}

function narrowSum({ kind, whole, parts, unseen }: Relation, bounds: Bounds): boolean {
  const { low, high } = bounds
  let lows = 0
  let most = 0
  let highs = unseen
  let open = 0
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? 0
    lows += low[part] ?? 0
    most = Math.max(most, low[part] ?? 0)
    if (Number.isFinite(high[part] ?? 0)) highs += high[part] ?? 0
    else open++
  }
  let moved = raise(bounds, whole, kind === 'SUM' ? lows : most)
  if (open === 0) moved = lower(bounds, whole, highs) || moved
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? 0
    const isBounded = Number.isFinite(high[part] ?? 0)
    const partLow = low[part] ?? 0
    const partHigh = high[part] ?? 0
    if (open === 0 || (open === 1 && !isBounded))
      moved = raise(bounds, part, (low[whole] ?? 0) - (isBounded ? highs - partHigh : highs)) || moved
    moved = lower(bounds, part, (high[whole] ?? 0) - (kind === 'SUM' ? lows - partLow : 0)) || moved
  }
  return moved
}

function narrowContained({ whole, parts }: Relation, bounds: Bounds): boolean {
  const part = parts[0] ?? 0
  const moved = raise(bounds, whole, bounds.low[part] ?? 0)
  return lower(bounds, part, bounds.high[whole] ?? 0) || moved
}

function narrowMultiple({ kind, whole, parts, factor }: Relation, bounds: Bounds): boolean {
  const part = parts[0] ?? 0
  let moved = raise(bounds, part, Math.ceil((bounds.low[whole] ?? 0) / factor))
  moved = lower(bounds, whole, (bounds.high[part] ?? 0) * factor) || moved
  if (kind === 'MULTIPLE') return moved
  moved = raise(bounds, whole, bounds.low[part] ?? 0) || moved
  return lower(bounds, part, bounds.high[whole] ?? 0) || moved
}

/** Bounds that would contradict are left alone: then the numbers are of two moments, and say less. */
function raise({ low, high }: Bounds, figure: number, to: number): boolean {
  if (!(to > (low[figure] ?? 0)) || to > (high[figure] ?? 0)) return false
  low[figure] = to
  return true
}

function lower({ low, high }: Bounds, figure: number, to: number): boolean {
  if (!(to < (high[figure] ?? 0)) || to < (low[figure] ?? 0)) return false
  high[figure] = to
  return true
}
