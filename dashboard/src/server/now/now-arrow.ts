import { Bool, Dictionary, Int32, Schema, Table, tableToIPC, Uint32, Utf8, type Vector, vectorFromArray } from 'apache-arrow'
import type { NowDocument } from './now-document.ts'

export const ARROW_STREAM = 'application/vnd.apache.arrow.stream'

interface ArrowRow {
  readonly figure: 'checkins' | 'points' | 'refusals'
  readonly dimension: 'total' | 'minute' | 'channel' | 'venue' | 'reason'
  readonly key: string
  readonly name: string
  readonly value: number
  readonly provisional: boolean
}

/** Travels in the metadata of the table, so that a file explains itself. */
const DICTIONARY = {
  figure: 'What is counted: checkins, points or refusals. Voided check-ins are left out.',
  dimension:
    'total: the whole day; minute: one minute of the last hour; channel, venue (municipality of the event), reason (of a refusal): today.',
  key: 'Value of the dimension: ISO instant in UTC, channel code, NIS code (0 unknown), slug of the problem type; empty for totals.',
  name: 'Name of a municipality; empty otherwise.',
  value: 'A count.',
  provisional: 'True for minutes whose check-ins may still be on their way.',
} as const

/** The same figures as the JSON document, as one long table in an Arrow IPC stream. */
export function nowArrow(document: NowDocument): Uint8Array {
  const rows = rowsOf(document)
  const words = () => new Dictionary(new Utf8(), new Int32())
  const columns: Record<keyof ArrowRow, Vector> = {
    figure: vectorFromArray(
      rows.map((row) => row.figure),
      words(),
    ),
    dimension: vectorFromArray(
      rows.map((row) => row.dimension),
      words(),
    ),
    key: vectorFromArray(
      rows.map((row) => row.key),
      new Utf8(),
    ),
    name: vectorFromArray(
      rows.map((row) => row.name),
      new Utf8(),
    ),
    value: vectorFromArray(
      rows.map((row) => row.value),
      new Uint32(),
    ),
    provisional: vectorFromArray(
      rows.map((row) => row.provisional),
      new Bool(),
    ),
  }
  const table = new Table(columns)
  const metadata = new Map([
    ['asOf', document.asOf],
    ['day', document.day],
    ['completeUntil', document.freshness.completeUntil],
    ['freshness', document.freshness.state],
    ['dictionary', JSON.stringify(DICTIONARY)],
  ])
  return tableToIPC(new Table(new Schema(table.schema.fields, metadata), table.batches), 'stream')
}

function rowsOf({ totals, minutes, channels, venues, refusals }: NowDocument): ArrowRow[] {
  const common = { key: '', name: '', provisional: false }
  const checkins = { ...common, figure: 'checkins' } as const
  return [
    { ...checkins, dimension: 'total', value: totals.checkins },
    { ...common, figure: 'points', dimension: 'total', value: totals.points },
    { ...common, figure: 'refusals', dimension: 'total', value: totals.refusals },
    ...minutes.map(
      (row) =>
        ({ ...checkins, dimension: 'minute', key: row.minute, value: row.checkins, provisional: row.provisional }) as const,
    ),
    ...channels.map((row) => ({ ...checkins, dimension: 'channel', key: row.channel, value: row.checkins }) as const),
    ...venues.map(
      (row) => ({ ...checkins, dimension: 'venue', key: String(row.nis), name: row.name, value: row.checkins }) as const,
    ),
    ...refusals.map(
      (row) => ({ ...common, figure: 'refusals', dimension: 'reason', key: row.reason, value: row.refusals }) as const,
    ),
  ]
}
