import { brusselsDay, formatDay } from '../brussels.ts'
import type { Position } from '../ledger.ts'
import { formatPosition } from '../position.ts'
import { type Column, formatDateTime, jsonLine } from './clickhouse-json.ts'
import type { JournalRecord } from './journal.ts'

/** The columns of `refusals`: counts per minute, nothing about persons. `position` and the reasons make a row unique. */
export const REFUSAL_COLUMNS = [
  { name: 'lane', type: 'UInt16' },
  { name: 'range', type: 'UInt32' },
  { name: 'recorded_at', type: "DateTime64(3, 'UTC')" },
  { name: 'position', type: 'String' },
  { name: 'minute', type: "DateTime64(3, 'UTC')" },
  { name: 'occurred_on', type: 'Date' },
  { name: 'reason', type: 'LowCardinality(String)' },
  { name: 'channel', type: 'LowCardinality(String)' },
  { name: 'organizer', type: 'LowCardinality(String)' },
  { name: 'venue_nis', type: 'UInt32' },
  { name: 'count', type: 'UInt32' },
] as const satisfies readonly Column[]

/** One line for each count of the record. */
export function refusalRows(
  position: Position,
  record: Extract<JournalRecord, { kind: 'refusals' }>,
  { range }: { readonly range: number },
): readonly string[] {
  const minute = formatDateTime(record.minute)
  const day = formatDay(brusselsDay(record.minute))
  return record.counts.map(({ reason, channel, organizer, venueNis, count }) => {
    const where = [position.lane, range, formatDateTime(position.ms), formatPosition(position)]
    return jsonLine(REFUSAL_COLUMNS, [...where, minute, day, reason, channel, organizer, venueNis, count])
  })
}
