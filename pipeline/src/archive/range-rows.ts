import { type IdKey, type Position, parsePosition } from '@zuil/core'
import { decodeRecord } from '@zuil/core/contracts/journal'
import type { DeadLetter } from '../dead-letters/dead-letters.ts'
import type { JournalEntry, OpenRange } from '../redis/lane-store.ts'
import { keyOfLine } from './line.ts'
import { rowsOfRecord } from './record-rows.ts'
import { type PackedRows, packRows, SegmentPacker, type SegmentRow, unpackRows } from './segment.ts'

/** What becomes of the records of one range. */
export interface RangeRows {
  /** In the order of the journal; of the rows of one key only the last. */
  readonly packed: PackedRows
  readonly deadLetters: readonly DeadLetter[]
}

/** Follows from its arguments alone: archiving a range again after a crash gives the same bytes. */
export function rowsOfRange(
  entries: readonly JournalEntry[],
  range: OpenRange,
  options: { lane: number; idKey: IdKey; room?: Buffer | undefined },
): RangeRows {
  const packer = new SegmentPacker(entries.length, options.room)
  const deadLetters: DeadLetter[] = []
  for (const entry of entries) {
    try {
      const position = requirePosition(options.lane, entry)
      if (entry.text === undefined) throw new TypeError('The entry has no record')
      const record = decodeRecord(entry.text)
      for (const row of rowsOfRecord(record, { position, range: range.range, idKey: options.idKey })) packer.add(row)
    } catch (error) {
      deadLetters.push(undecodable(entry, range, error))
    }
  }
  return { packed: withoutReplaced(packer.packed()), deadLetters }
}

function requirePosition(lane: number, entry: JournalEntry): Position {
  const position = parsePosition(lane, entry.position)
  if (!position) throw new TypeError('The entry has no position')
  return position
}

function undecodable(entry: JournalEntry, range: OpenRange, error: unknown): DeadLetter {
  // the class of the error only: messages of JSON.parse quote the record
  const reason = error instanceof Error ? error.name : 'Error'
  return { stage: 'decode', position: entry.position, table: '', reason, at: range.sealedAt, text: entry.text ?? '' }
}

/** A row that is replaced in the same range (a check-in and its void) does not reach the warehouse, which would drop it anyway. */
function withoutReplaced(packed: PackedRows): PackedRows {
  if (![...packed.tables.values()].some(({ replacing }) => replacing > 0)) return packed
  const rows = unpackRows(packed.text)
  const last = new Map<string, SegmentRow>()
  for (const row of rows) last.set(keyOf(row), row)
  return last.size === rows.length ? packed : packRows(rows.filter((row) => last.get(keyOf(row)) === row))
}

function keyOf(row: SegmentRow): string {
  return `${row.table} ${keyOfLine(row.table, row.line)}`
}
