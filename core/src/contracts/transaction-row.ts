import { ageBand } from '../age-band.ts'
import { NO_EXCHANGE } from '../exchange.ts'
import type { Position } from '../ledger.ts'
import type { Exchange, Transaction } from '../transaction.ts'
import { type IdKey, transactionId } from '../transaction-id.ts'
import { type Column, formatDateTime, quoteText, quoteTexts } from './clickhouse-json.ts'

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

/**
 * The row of a transaction as one JSON line. `position` is where the transaction (not its void) stands in the journal.
 *
 * @throws {RangeError} when the position has no id.
 */
export function transactionRow(position: Position, transaction: Transaction, row: RowVersion): string {
  const t = transaction
  // Written out: this runs for every row, and a loop over the columns takes four times as long.
  return `{"id":"${transactionId(row.idKey, position)}","version":${row.version},"voided":${row.voided ? 1 : 0},"recorded_at":"${formatDateTime(position.ms)}","versioned_at":"${formatDateTime(row.versionedAt)}","lane":${position.lane},"range":${row.range},"kind":${quoteText(t.kind)},"programme":${quoteText(t.programme)},"occurred_at":"${formatDateTime(t.occurredAt)}","occurred_on":"${t.occurredOn}","channel":${quoteText(t.channel)},"holder":${t.holder},"card":${t.card},"home_nis":${t.homeNis},"home_postal_code":${quoteText(t.homePostalCode)},"birth_year":${t.birthYear},"age_band":"${ageBand(t.birthYear, Number(t.occurredOn.slice(0, 4)))}","social_tariff":${quoteText(t.socialTariff)},"memberships":[${t.memberships.join()}],"event":${quoteText(t.event)},"event_number":${t.eventNumber},"event_type":${quoteText(t.eventType)},"event_theme":${quoteText(t.eventTheme)},"event_card_systems":[${t.eventCardSystems.join()}],"organizer":${quoteText(t.organizer)},"location":${quoteText(t.location)},"venue_nis":${t.venueNis},"device":${quoteText(t.device)},"client":${quoteText(t.client)},"points":${t.points},"limit_period":${quoteText(t.limitPeriod)},"flags":${quoteTexts(t.flags)},"request":${quoteText(t.request)},${t.exchange ? exchangeCells(t.exchange) : CELLS_WITHOUT_EXCHANGE}}`
}

function exchangeCells(e: Exchange): string {
  return `"reward":${quoteText(e.reward)},"reward_number":${e.rewardNumber},"tariff":${quoteText(e.tariff)},"label":${quoteText(e.label)},"regular_price":${e.regularPrice},"price":${e.price},"organizer_share":${e.organizerShare},"local_government_share":${e.localGovernmentShare},"flemish_government_share":${e.flemishGovernmentShare},"distribution_key":${e.distributionKey},"takes":${quoteTexts(e.takes)}`
}

/** The cells of a check-in, which are most rows. */
const CELLS_WITHOUT_EXCHANGE = exchangeCells(NO_EXCHANGE)
