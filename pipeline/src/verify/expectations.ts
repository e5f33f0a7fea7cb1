import { comparePositions, type IdKey, parsePosition, positionOfId } from '@zuil/core'
import type { Content, TableName } from '@zuil/warehouse'
import type { Archive } from '../archive/archive.ts'
import { contentOf, withLines, withoutLines } from '../archive/content.ts'
import { isReplacingLine, keyOfLine } from '../archive/line.ts'
import type { SegmentRow } from '../archive/segment.ts'
import type { DeadLetter, DeadLetters } from '../dead-letters/dead-letters.ts'

export interface ExpectationSources {
  readonly archive: Pick<Archive, 'manifest' | 'rows'>
  readonly deadLetters: Pick<DeadLetters, 'of'>
  readonly idKey: IdKey
}

/** What the warehouse should hold of some ranges, with everything taken into account that was journalled up to a later range. */
export interface Expectations {
  /** By table; tables of which nothing should be there are absent. */
  content(range: number): Promise<ReadonlyMap<TableName, Content>>
  /** The rows themselves. */
  rows(range: number): Promise<readonly SegmentRow[]>
}

/**
 * Reads the manifests from range `first` to range `upTo`, and the segments of those that have voids: what a void replaces is not
 * expected any more. Ranges from `first` to `upTo` may be asked for.
 */
export async function expectRanges(
  sources: ExpectationSources,
  span: { lane: number; first: number; upTo: number },
): Promise<Expectations> {
  const replaced = await replacedKeys(sources, span)
  const { lane } = span

  async function rows(range: number): Promise<SegmentRow[]> {
    const letters = await sources.deadLetters.of(lane, range)
    const refused = new Set(letters.filter(isRefused).map((letter) => letter.text))
    const keys = replaced.get(range)
    const stored = (await sources.archive.rows(lane, range)).filter((row) => !refused.has(row.line) && !isReplaced(row, keys))
    return [...stored, ...replayedRows(letters)]
  }

  async function content(range: number): Promise<ReadonlyMap<TableName, Content>> {
    const manifest = await sources.archive.manifest(lane, range)
    const letters = await sources.deadLetters.of(lane, range)
    const keys = replaced.get(range)
    const gone: SegmentRow[] = letters.filter(isRefused).map((letter) => ({ table: tableOf(letter), line: letter.text }))
    if (keys) {
      const refused = new Set(gone.map((row) => row.line))
      const all = await sources.archive.rows(lane, range)
      gone.push(...all.filter((row) => !refused.has(row.line) && isReplaced(row, keys)))
    }
    const expected = new Map<TableName, Content>(manifest.tables)
    adjust(expected, gone, withoutLines)
    adjust(expected, replayedRows(letters), withLines)
    for (const [table, { rows: count }] of expected) if (count === 0) expected.delete(table)
    return expected
  }

  return { content, rows }
}

/** Keys of the rows that a later range replaces, by the range they stand in. */
async function replacedKeys(
  sources: ExpectationSources,
  span: { lane: number; first: number; upTo: number },
): Promise<Map<number, Set<string>>> {
  const replaced = new Map<number, Set<string>>()
  const ends: string[] = []
  for (let range = span.first; range <= span.upTo; range++) {
    const manifest = await sources.archive.manifest(span.lane, range)
    ends.push(manifest.to)
    if (![...manifest.tables.values()].some((content) => content.replacing > 0)) continue
    const refused = new Set((await sources.deadLetters.of(span.lane, range)).filter(isRefused).map((letter) => letter.text))
    for (const row of await sources.archive.rows(span.lane, range)) {
      if (!isReplacingLine(row.table, row.line) || refused.has(row.line)) continue
      const key = keyOfLine(row.table, row.line)
      const index = indexOfId(sources.idKey, key, ends)
      if (index === undefined || span.first + index === range) continue
      const keys = replaced.get(span.first + index) ?? new Set<string>()
      replaced.set(span.first + index, keys.add(key))
    }
  }
  return replaced
}

/** Index of the range that holds a transaction; undefined when it stands before the first. `ends` are last positions, ascending. */
function indexOfId(idKey: IdKey, id: string, ends: readonly string[]): number | undefined {
  const position = positionOfId(idKey, id)
  if (!position) return undefined
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const end = parsePosition(position.lane, ends[middle] ?? '')
    if (end && comparePositions(position, end) > 0) low = middle + 1
    else high = middle
  }
  return low < ends.length ? low : undefined
}

function isReplaced(row: SegmentRow, keys: ReadonlySet<string> | undefined): boolean {
  return keys !== undefined && !isReplacingLine(row.table, row.line) && keys.has(keyOfLine(row.table, row.line))
}

function isRefused(letter: DeadLetter): boolean {
  return letter.stage === 'load' && letter.replayed === undefined
}

/** Rows that a replay stored of records that could not be understood when they were archived. */
function replayedRows(letters: readonly DeadLetter[]): SegmentRow[] {
  return letters.filter((letter) => letter.stage === 'decode').flatMap((letter) => letter.replayed?.rows ?? [])
}

function tableOf(letter: DeadLetter): TableName {
  if (letter.table === '') throw new TypeError('A refused row does not name its table')
  return letter.table
}

function adjust(
  expected: Map<TableName, Content>,
  rows: readonly SegmentRow[],
  change: (content: Content, lines: readonly string[]) => Content,
): void {
  for (const [table, of] of Map.groupBy(rows, (row) => row.table)) {
    const lines = of.map((row) => row.line)
    expected.set(table, change(expected.get(table) ?? contentOf([]), lines))
  }
}
