import { joinNativeRows, type NativeRows, type TableName } from '@zuil/warehouse'
import type { Archive } from '../archive/archive.ts'
import { type Content, withoutLines } from '../archive/content.ts'
import { keyOfLine } from '../archive/line.ts'
import type { Manifest } from '../archive/manifest.ts'
import type { SegmentRow } from '../archive/segment.ts'
import type { BlockTables, RowCache } from './row-cache.ts'

/** Rows of one insert at most when small ranges are loaded together; a single range may be larger by itself. */
export const LOAD_ROWS_MAX = 20_000

/** Ranges that are loaded together at most: what piles up in some seconds. */
export const LOAD_RANGES_MAX = 64

/** What one table gets, and what must be read back of it afterwards. */
export interface BatchTable {
  readonly table: TableName
  /** The rows as an insert takes them, when they are at hand like that. */
  readonly block: NativeRows | undefined
  /** The same rows one by one. */
  readonly lines: () => Promise<readonly string[]>
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
  /** Whether some rows take the place of rows that were loaded before. */
  readonly isReplacing: boolean
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
  const { lane } = ranges
  const facts = { lane, first: ranges.first, last: last.range, to: last.to, rows, isReplacing: isReplacing(manifests) }
  const cached = manifests.map(({ range }) => source.cache?.get(lane, range))
  // rows that replace each other inside the batch are sorted out one by one
  const mayJoin = !facts.isReplacing || manifests.length === 1
  const tables = mayJoin && cached.every((of) => of !== undefined) ? joinedTables(cached, manifests, source.archive) : undefined
  return { ...facts, tables: tables ?? tablesOf(manifests, await contentsOf(manifests, source.archive)) }
}

function rowsOf(manifest: Manifest): number {
  let rows = 0
  for (const content of manifest.tables.values()) rows += content.rows
  return rows
}

function isReplacing(manifests: readonly Manifest[]): boolean {
  return manifests.some(({ tables }) => [...tables.values()].some(({ replacing }) => replacing > 0))
}

type Contents = ReadonlyMap<number, readonly SegmentRow[]>

async function contentsOf(manifests: readonly Manifest[], archive: Pick<Archive, 'rows'>): Promise<Contents> {
  const contents = new Map<number, readonly SegmentRow[]>()
  for (const { lane, range } of manifests) contents.set(range, await archive.rows(lane, range))
  return contents
}

function tableNames(manifests: readonly Manifest[]): TableName[] {
  return [...new Set(manifests.flatMap((manifest) => [...manifest.tables.keys()]))].sort()
}

/** From the cache; undefined when a row did not fit the columns that its table has now. */
function joinedTables(
  cached: readonly BlockTables[],
  manifests: readonly Manifest[],
  archive: Pick<Archive, 'rows'>,
): BatchTable[] | undefined {
  const tables: BatchTable[] = []
  for (const table of tableNames(manifests)) {
    const holders = manifests.filter((manifest) => manifest.tables.has(table))
    const parts = cached.map((of) => of.get(table)).filter((part) => part !== undefined)
    if (parts.length < holders.length) return undefined
    const lines = async () => linesOf(table, await contentsOf(holders, archive))
    tables.push({ table, block: joinNativeRows(parts), lines, expected: expectedOf(table, holders) })
  }
  return tables
}

function linesOf(table: TableName, contents: Contents): string[] {
  return [...contents.values()].flatMap((rows) => rows.filter((row) => row.table === table).map((row) => row.line))
}

function expectedOf(table: TableName, manifests: readonly Manifest[]): Map<number, Content> {
  const expected = new Map<number, Content>()
  for (const manifest of manifests) {
    const content = manifest.tables.get(table)
    if (content) expected.set(manifest.range, { rows: content.rows, hash: content.hash })
  }
  return expected
}

function tablesOf(manifests: readonly Manifest[], contents: Contents): BatchTable[] {
  return tableNames(manifests).map((table) => {
    const holders = manifests.filter((manifest) => manifest.tables.has(table))
    const expected = expectedOf(table, holders)
    const linesByRange = new Map(
      holders.map(({ range }) => [range, linesOf(table, new Map([[range, contents.get(range) ?? []]]))] as const),
    )
    if (isReplacing(holders) && holders.length > 1) dropReplaced(table, linesByRange, expected)
    const lines = [...linesByRange.values()].flat()
    return { table, block: undefined, lines: async () => lines, expected }
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
