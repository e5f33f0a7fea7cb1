import type { TableName } from '@zuil/warehouse'
import type { Archive } from '../archive/archive.ts'
import { type Content, withoutLines } from '../archive/content.ts'
import { keyOfLine } from '../archive/line.ts'
import type { Manifest } from '../archive/manifest.ts'
import type { SegmentRow } from '../archive/segment.ts'
import type { RowCache } from './row-cache.ts'

/** Rows of one insert at most when small ranges are loaded together; a single range may be larger by itself. */
export const LOAD_ROWS_MAX = 20_000

/** Ranges that are loaded together at most: what piles up in some seconds. */
export const LOAD_RANGES_MAX = 64

/** What one table gets, and what must be read back of it afterwards. */
export interface BatchTable {
  readonly table: TableName
  readonly lines: readonly string[]
  /** By range; every range of the batch that has rows of this table. */
  readonly expected: ReadonlyMap<number, Content>
}

/** Consecutive ranges of a lane, loaded with one insert per table. */
export interface LoadBatch {
  readonly lane: number
  readonly first: number
  readonly last: number
  /** Last position. */
  readonly to: string
  readonly rows: number
  readonly tables: readonly BatchTable[]
}

export interface BatchLimits {
  readonly rowsMax: number
  readonly rangesMax: number
}

/** The batch that starts with range `first`; `last` is the last range that may be part of it. */
export async function buildBatch(
  source: { archive: Pick<Archive, 'manifest' | 'rows'>; cache?: Pick<RowCache, 'get'> },
  ranges: { lane: number; first: number; last: number },
  limits: BatchLimits = { rowsMax: LOAD_ROWS_MAX, rangesMax: LOAD_RANGES_MAX },
): Promise<LoadBatch> {
  const manifests: Manifest[] = []
  let rows = 0
  for (let range = ranges.first; range <= ranges.last && manifests.length < limits.rangesMax; range++) {
    const manifest = await source.archive.manifest(ranges.lane, range)
    const more = rowsOf(manifest)
    if (manifests.length > 0 && rows + more > limits.rowsMax) break
    manifests.push(manifest)
    rows += more
  }
  const last = manifests.at(-1)
  if (!last) throw new RangeError(`Lane ${ranges.lane} has no range ${ranges.first} to load`)
  const contents = new Map<number, readonly SegmentRow[]>()
  for (const { lane, range } of manifests) {
    contents.set(range, source.cache?.get(lane, range) ?? (await source.archive.rows(lane, range)))
  }
  return { lane: ranges.lane, first: ranges.first, last: last.range, to: last.to, rows, tables: tablesOf(manifests, contents) }
}

function rowsOf(manifest: Manifest): number {
  let rows = 0
  for (const content of manifest.tables.values()) rows += content.rows
  return rows
}

function tablesOf(manifests: readonly Manifest[], contents: ReadonlyMap<number, readonly SegmentRow[]>): BatchTable[] {
  const names = new Set(manifests.flatMap((manifest) => [...manifest.tables.keys()]))
  return [...names].sort().map((table) => {
    const linesOf = new Map<number, string[]>()
    const expected = new Map<number, Content>()
    let replacing = 0
    for (const manifest of manifests) {
      const content = manifest.tables.get(table)
      if (!content) continue
      const rows = contents.get(manifest.range) ?? []
      linesOf.set(
        manifest.range,
        rows.filter((row) => row.table === table).map((row) => row.line),
      )
      expected.set(manifest.range, { rows: content.rows, hash: content.hash })
      replacing += content.replacing
    }
    if (replacing > 0 && linesOf.size > 1) dropReplaced(table, linesOf, expected)
    return { table, lines: [...linesOf.values()].flat(), expected }
  })
}

/** Takes out rows that a later range of the same batch replaces: the warehouse merges the rows of one insert at once. */
function dropReplaced(table: TableName, linesOf: Map<number, string[]>, expected: Map<number, Content>): void {
  const seen = new Set<string>()
  for (const range of [...linesOf.keys()].sort((a, b) => b - a)) {
    const lines = linesOf.get(range) ?? []
    const content = expected.get(range)
    const keys = lines.map((line) => keyOfLine(table, line))
    const replaced = lines.filter((_, index) => seen.has(keys[index] ?? ''))
    if (content && replaced.length > 0) {
      expected.set(range, withoutLines(content, replaced))
      linesOf.set(
        range,
        lines.filter((_, index) => !seen.has(keys[index] ?? '')),
      )
    }
    for (const key of keys) seen.add(key)
  }
}
