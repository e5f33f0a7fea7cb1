import type { CurvePoint } from './answer-book.ts'

/** As before: this share of what was answered in a second before anything was done. */
const AS_BEFORE_SHARE = 0.8

/** Seconds of the run between which something is wrong. */
export interface FaultSpan {
  readonly from: number
  readonly until: number
}

/** Seconds from the end of a fault until as many are served in a second as before it; undefined when that never came. */
export function wayBack(curve: readonly CurvePoint[], { from, until }: FaultSpan): number | undefined {
  // the first second is not whole, and the last before the fault may hold its beginning
  const before = curve.slice(1, Math.max(2, from)).map(({ answered }) => answered)
  const usual = before.toSorted((a, b) => a - b)[Math.floor(before.length / 2)] ?? 0
  const back = curve.find(({ second, answered }) => second >= until && answered >= usual * AS_BEFORE_SHARE)
  return usual === 0 || !back ? undefined : back.second - until
}
