import type { NativeRows, TableName } from '@zuil/warehouse'

/** The rows of a range by table, as an insert takes them. */
export type BlockTables = ReadonlyMap<TableName, NativeRows>

/** Rows of ranges that were archived a moment ago, so that loading them need not read and unpack the segment again. */
export interface RowCache {
  put(lane: number, range: number, tables: BlockTables): void
  get(lane: number, range: number): BlockTables | undefined
  remove(lane: number, upTo: number): void
  /** Rows that are waiting here for one lane. */
  rowsOf(lane: number): number
}

/** Sixteen full ranges, some 40 MB outside the heap: enough that archive and load overlap; more waits in the archive. */
export const CACHE_ROWS_MAX = 80_000

export function createRowCache(rowsMax: number = CACHE_ROWS_MAX): RowCache {
  const lanes = new Map<number, Map<number, BlockTables>>()
  let total = 0
  return {
    put(lane, range, tables) {
      const ranges = lanes.get(lane) ?? new Map<number, BlockTables>()
      const more = rowsIn(tables) - rowsIn(ranges.get(range))
      // the newest range is the one that is left out: the loader takes the oldest first
      if (total + more > rowsMax) return
      lanes.set(lane, ranges)
      total += more
      ranges.set(range, tables)
    },
    get: (lane, range) => lanes.get(lane)?.get(range),
    remove(lane, upTo) {
      const ranges = lanes.get(lane)
      if (!ranges) return
      for (const [range, tables] of ranges) {
        if (range > upTo) continue
        ranges.delete(range)
        total -= rowsIn(tables)
      }
    },
    rowsOf(lane) {
      let rows = 0
      for (const tables of lanes.get(lane)?.values() ?? []) rows += rowsIn(tables)
      return rows
    },
  }
}

function rowsIn(tables: BlockTables | undefined): number {
  let rows = 0
  for (const table of tables?.values() ?? []) rows += table.rows
  return rows
}
