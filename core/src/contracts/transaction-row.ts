import { ageBand } from '../age-band.ts'
import { NO_EXCHANGE } from '../exchange.ts'
import type { Position } from '../ledger.ts'
import type { Exchange, Transaction } from '../transaction.ts'
import { type IdKey, TRANSACTION_ID_LENGTH, writeTransactionId } from '../transaction-id.ts'
import type { Column } from './clickhouse-json.ts'
import { LineWriter, type RowWriter } from './row-writer.ts'

/** The columns of `transactions`, in their order; see docs/architecture.md for what they mean. */
export const TRANSACTION_COLUMNS = [
  { name: 'id', type: 'UUID' },
  { name: 'version', type: 'UInt8' },
  { name: 'voided', type: 'UInt8' },
  { name: 'recorded_at', type: "DateTime64(3, 'UTC')" },
  { name: 'versioned_at', type: "DateTime64(3, 'UTC')" },
  { name: 'lane', type: 'UInt16' },
  { name: 'range', type: 'UInt32' },
  { name: 'kind', type: 'LowCardinality(String)' },
  { name: 'programme', type: 'LowCardinality(String)' },
  { name: 'occurred_at', type: "DateTime64(3, 'UTC')" },
  { name: 'occurred_on', type: 'Date' },
  { name: 'channel', type: 'LowCardinality(String)' },
  { name: 'holder', type: 'UInt32' },
  { name: 'card', type: 'UInt32' },
  { name: 'home_nis', type: 'UInt32' },
  { name: 'home_postal_code', type: 'LowCardinality(String)' },
  { name: 'birth_year', type: 'UInt16' },
  { name: 'age_band', type: 'LowCardinality(String)' },
  { name: 'social_tariff', type: 'LowCardinality(String)' },
  { name: 'memberships', type: 'Array(UInt32)' },
  { name: 'event', type: 'LowCardinality(String)' },
  { name: 'event_number', type: 'UInt32' },
  { name: 'event_type', type: 'LowCardinality(String)' },
  { name: 'event_theme', type: 'LowCardinality(String)' },
  { name: 'event_card_systems', type: 'Array(UInt32)' },
  { name: 'organizer', type: 'LowCardinality(String)' },
  { name: 'location', type: 'LowCardinality(String)' },
  { name: 'venue_nis', type: 'UInt32' },
  { name: 'device', type: 'LowCardinality(String)' },
  { name: 'client', type: 'LowCardinality(String)' },
  { name: 'points', type: 'Int32' },
  { name: 'limit_period', type: 'LowCardinality(String)' },
  { name: 'flags', type: 'Array(LowCardinality(String))' },
  { name: 'request', type: 'String' },
  { name: 'reward', type: 'LowCardinality(String)' },
  { name: 'reward_number', type: 'UInt32' },
  { name: 'tariff', type: 'LowCardinality(String)' },
  { name: 'label', type: 'String' },
  { name: 'regular_price', type: 'UInt32' },
  { name: 'price', type: 'UInt32' },
  { name: 'organizer_share', type: 'UInt32' },
  { name: 'local_government_share', type: 'UInt32' },
  { name: 'flemish_government_share', type: 'UInt32' },
  { name: 'distribution_key', type: 'UInt32' },
  { name: 'takes', type: 'Array(LowCardinality(String))' },
] as const satisfies readonly Column[]

export interface RowVersion {
  /** 1 for the transaction, 2 for its void. */
  readonly version: number
  readonly voided: boolean
  /** Epoch ms of the record that brought this version. */
  readonly versionedAt: number
  /** Number of the range that brought this version. */
  readonly range: number
  readonly idKey: IdKey
}

/** The row of a transaction as one JSON line; see {@link writeTransaction}. */
export function transactionRow(position: Position, transaction: Transaction, row: RowVersion): string {
  const writer = new LineWriter(TRANSACTION_COLUMNS)
  writeTransaction(writer, { position, transaction }, row)
  return writer.line
}

/** Of the row that is being written. */
const id = new Uint8Array(TRANSACTION_ID_LENGTH)

/**
 * The cells of a transaction. `position` is where the transaction (not its void) stands in the journal.
 *
 * @throws {RangeError} when the position has no id.
 */
export function writeTransaction(
  writer: RowWriter,
  { position, transaction: t }: { readonly position: Position; readonly transaction: Transaction },
  row: RowVersion,
): void {
  writeTransactionId(row.idKey, position, { bytes: id, at: 0 })
  writer.id(id)
  writer.number(row.version)
  writer.number(row.voided ? 1 : 0)
  writer.instant(position.ms)
  writer.instant(row.versionedAt)
  writer.number(position.lane)
  writer.number(row.range)
  writer.term(t.kind)
  writer.term(t.programme)
  writer.instant(t.occurredAt)
  writer.term(t.occurredOn)
  writer.term(t.channel)
  writeHolder(writer, t)
  writeEvent(writer, t)
  writer.term(t.device)
  writer.term(t.client)
  writer.number(t.points)
  writer.term(t.limitPeriod)
  writer.texts(t.flags)
  writer.text(t.request)
  writeExchange(writer, t.exchange ?? NO_EXCHANGE)
}

function writeHolder(writer: RowWriter, t: Transaction): void {
  writer.number(t.holder)
  writer.number(t.card)
  writer.number(t.homeNis)
  writer.term(t.homePostalCode)
  writer.number(t.birthYear)
  writer.term(ageBand(t.birthYear, Number(t.occurredOn.slice(0, 4))))
  writer.term(t.socialTariff)
  writer.numbers(t.memberships)
}

function writeEvent(writer: RowWriter, t: Transaction): void {
  writer.term(t.event)
  writer.number(t.eventNumber)
  writer.term(t.eventType)
  writer.term(t.eventTheme)
  writer.numbers(t.eventCardSystems)
  writer.term(t.organizer)
  writer.term(t.location)
  writer.number(t.venueNis)
}

function writeExchange(writer: RowWriter, e: Exchange): void {
  writer.term(e.reward)
  writer.number(e.rewardNumber)
  writer.term(e.tariff)
  writer.text(e.label)
  writer.number(e.regularPrice)
  writer.number(e.price)
  writer.number(e.organizerShare)
  writer.number(e.localGovernmentShare)
  writer.number(e.flemishGovernmentShare)
  writer.number(e.distributionKey)
  writer.texts(e.takes)
}
