import { brusselsDay, formatDay } from '../brussels.ts'
import type { Position } from '../ledger.ts'
import { type Cell, type Column, formatDateTime, formatSeconds, jsonLine } from './clickhouse-json.ts'
import type { JournalRecord } from './journal.ts'

/**
 * The columns of `refusals`: counts per minute, nothing about persons. A record holds several counts: its position
 * (`recorded_at`, `sequence`, `lane`) and the place in it (`item`) make a row unique.
 */
export const REFUSAL_COLUMNS = [
  { name: 'recorded_at', type: "DateTime64(3, 'UTC')" },
  { name: 'sequence', type: 'UInt32' },
  { name: 'item', type: 'UInt16' },
  { name: 'lane', type: 'UInt16' },
  { name: 'range', type: 'UInt32' },
  { name: 'minute', type: "DateTime('UTC')" },
  { name: 'occurred_on', type: 'Date' },
  { name: 'reason', type: 'LowCardinality(String)' },
  { name: 'channel', type: 'LowCardinality(String)' },
  { name: 'organizer', type: 'LowCardinality(String)' },
  { name: 'venue_nis', type: 'UInt32' },
  { name: 'times', type: 'UInt32' },
] as const satisfies readonly Column[]

/** One line for each count of the record. */
export function refusalRows(
  position: Position,
  record: Extract<JournalRecord, { kind: 'refusals' }>,
  place: { readonly range: number },
): readonly string[] {
  return refusalCells(position, record, place).map((cells) => jsonLine(REFUSAL_COLUMNS, cells))
}

/** The same before they are lines. */
export function refusalCells(
  position: Position,
  record: Extract<JournalRecord, { kind: 'refusals' }>,
  { range }: { readonly range: number },
): readonly (readonly Cell[])[] {
  const { lane, ms, sequence } = position
  const recordedAt = formatDateTime(ms)
  const minute = formatSeconds(record.minute)
  const day = formatDay(brusselsDay(record.minute))
  return record.counts.map(({ reason, channel, organizer, venueNis, count }, item) => [
    recordedAt,
    sequence,
    item,
    lane,
    range,
    minute,
    day,
    reason,
    channel,
    organizer,
    venueNis,
    count,
  ])
}
