import type { SegmentRow } from '../archive/segment.ts'

/** Rows of ranges that were archived a moment ago, so that loading them need not read and unpack the segment again. */
export interface RowCache {
  put(lane: number, range: number, rows: readonly SegmentRow[]): void
  get(lane: number, range: number): readonly SegmentRow[] | undefined
  remove(lane: number, upTo: number): void
  /** Rows that are waiting here for one lane. */
  rowsOf(lane: number): number
}

/** Twelve full ranges, some 60 MB: enough that archive and load overlap; more waits in the archive. */
export const CACHE_ROWS_MAX = 60_000

export function createRowCache(rowsMax: number = CACHE_ROWS_MAX): RowCache {
  const lanes = new Map<number, Map<number, readonly SegmentRow[]>>()
  let total = 0
  return {
    put(lane, range, rows) {
      // the newest range is the one that is left out: the loader takes the oldest first
      if (total + rows.length > rowsMax) return
      const ranges = lanes.get(lane) ?? new Map<number, readonly SegmentRow[]>()
      lanes.set(lane, ranges)
      total += rows.length - (ranges.get(range)?.length ?? 0)
      ranges.set(range, rows)
    },
    get: (lane, range) => lanes.get(lane)?.get(range),
    remove(lane, upTo) {
      const ranges = lanes.get(lane)
      if (!ranges) return
      for (const [range, rows] of ranges) {
        if (range > upTo) continue
        ranges.delete(range)
        total -= rows.length
      }
    },
    rowsOf(lane) {
      let rows = 0
      for (const kept of lanes.get(lane)?.values() ?? []) rows += kept.length
      return rows
    },
  }
}
