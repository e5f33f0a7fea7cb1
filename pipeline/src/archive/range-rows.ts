import { type IdKey, type Position, parsePosition } from '@zuil/core'
import { decodeRecord } from '@zuil/core/contracts/journal'
import type { DeadLetter } from '../dead-letters/dead-letters.ts'
import type { JournalEntry, OpenRange } from '../redis/lane-store.ts'
import { packRecord } from './record-rows.ts'
import { type PackedRows, SegmentPacker } from './segment.ts'

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
  const rows: number[] = []
  const voids = new Map<string, number>()
  const replaced = new Set<number>()
  for (const entry of entries) {
    let row = -1
    try {
      const position = requirePosition(options.lane, entry)
      if (entry.text === undefined) throw new TypeError('The entry has no record')
      const record = decodeRecord(entry.text)
      row = packRecord(packer, record, { position, range: range.range, idKey: options.idKey })
      if (record.kind === 'void') {
        const before = voids.get(record.position)
        if (before !== undefined) replaced.add(before)
        voids.set(record.position, row)
      }
    } catch (error) {
      deadLetters.push(undecodable(entry, range, error))
    }
    rows.push(row)
  }
  if (voids.size > 0) for (const row of replacedBy(voids, entries, rows)) replaced.add(row)
  return { packed: packer.packed(replaced), deadLetters }
}

/** Rows that are replaced in the same range (a check-in and its void) do not reach the warehouse, which would drop them anyway. */
function replacedBy(voids: ReadonlyMap<string, number>, entries: readonly JournalEntry[], rows: readonly number[]): number[] {
  return rows.filter((row, index) => row >= 0 && voids.has(entries[index]?.position ?? ''))
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
