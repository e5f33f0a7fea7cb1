import type { Exchange, Transaction } from '@zuil/core'
import type { Warehouse } from '../warehouse.ts'

/** A transaction as it stands in the warehouse, in its latest version. Instants in epoch ms. */
export interface StoredTransaction {
  readonly id: string
  readonly voided: boolean
  /** Commit of the transaction. */
  readonly recordedAt: number
  /** Commit of this version: of the void, when it is void. */
  readonly versionedAt: number
  readonly lane: number
  readonly transaction: Transaction
}

/** Days in Brussels, `yyyy-mm-dd`, both included. */
export interface DayWindow {
  readonly from: string
  readonly to: string
}

/** Member of {@link Transaction} → column or expression. */
const TRANSACTION_MEMBERS = {
  kind: 'kind',
  programme: 'programme',
  occurredAt: 'toUnixTimestamp64Milli(occurred_at)',
  occurredOn: 'occurred_on',
  channel: 'channel',
  holder: 'holder',
  card: 'card',
  homeNis: 'home_nis',
  homePostalCode: 'home_postal_code',
  birthYear: 'birth_year',
  socialTariff: 'social_tariff',
  memberships: 'memberships',
  event: 'event',
  eventNumber: 'event_number',
  eventType: 'event_type',
  eventTheme: 'event_theme',
  eventCardSystems: 'event_card_systems',
  organizer: 'organizer',
  location: 'location',
  venueNis: 'venue_nis',
  device: 'device',
  client: 'client',
  points: 'points',
  limitPeriod: 'limit_period',
  flags: 'flags',
  request: 'request',
} as const satisfies Record<Exclude<keyof Transaction, 'exchange'>, string>

/** Member of {@link Exchange} → column. */
const EXCHANGE_MEMBERS = {
  reward: 'reward',
  rewardNumber: 'reward_number',
  tariff: 'tariff',
  label: 'label',
  regularPrice: 'regular_price',
  price: 'price',
  organizerShare: 'organizer_share',
  localGovernmentShare: 'local_government_share',
  flemishGovernmentShare: 'flemish_government_share',
  distributionKey: 'distribution_key',
  takes: 'takes',
} as const satisfies Record<keyof Exchange, string>

/** What {@link storedOf} reads. */
export const STORED_COLUMNS = `toString(id) AS storedId,
    voided AS storedVoided,
    toUnixTimestamp64Milli(recorded_at) AS recordedAt,
    toUnixTimestamp64Milli(versioned_at) AS versionedAt,
    lane,
    ${Object.entries({ ...TRANSACTION_MEMBERS, ...EXCHANGE_MEMBERS })
      .map(([member, expression]) => (member === expression ? member : `${expression} AS ${member}`))
      .join(',\n    ')}`

/** Void or not: so without FINAL, which leaves voided transactions out. `days` bounds the parts that are read. */
const BY_ID_SQL = `SELECT
    ${STORED_COLUMNS}
FROM transactions
WHERE occurred_on BETWEEN {from:Date} AND {to:Date} AND id = {id:UUID}
ORDER BY version DESC
LIMIT 1`

/** As above; a void repeats the request of its transaction. */
const WITH_REQUEST_SQL = `SELECT
    ${STORED_COLUMNS}
FROM transactions
WHERE occurred_on BETWEEN {from:Date} AND {to:Date}
    AND recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
    AND request != ''
ORDER BY id, version DESC
LIMIT 1 BY id`

/** The transaction with this id, when it happened on one of `days`; undefined when there is none. */
export async function transactionById(
  warehouse: Pick<Warehouse, 'query'>,
  id: string,
  days: DayWindow,
): Promise<StoredTransaction | undefined> {
  const rows = await warehouse.query<StoredRow>(BY_ID_SQL, { id, from: days.from, to: days.to }, 'transaction by id')
  return rows[0] && storedOf(rows[0])
}

/**
 * Transactions with a request key that were committed at `since` (epoch ms) or later, void or not: what the answers of the
 * last day are rebuilt from. `days` must reach back to the oldest fact that a device may have brought since.
 */
export async function* transactionsWithRequest(
  warehouse: Pick<Warehouse, 'stream'>,
  since: number,
  days: DayWindow,
): AsyncGenerator<StoredTransaction[]> {
  const parameters = { since, from: days.from, to: days.to }
  for await (const rows of warehouse.stream<StoredRow>(WITH_REQUEST_SQL, parameters, 'request keys')) yield rows.map(storedOf)
}

export interface StoredRow extends Omit<Transaction, 'exchange'>, Exchange {
  readonly storedId: string
  readonly storedVoided: number
  readonly recordedAt: number
  readonly versionedAt: number
  readonly lane: number
}

export function storedOf(row: StoredRow): StoredTransaction {
  const { storedId, storedVoided, recordedAt, versionedAt, lane, ...rest } = row
  const { reward, rewardNumber, tariff, label, regularPrice, price, ...further } = rest
  const { organizerShare, localGovernmentShare, flemishGovernmentShare, distributionKey, takes, ...transaction } = further
  const shares = { organizerShare, localGovernmentShare, flemishGovernmentShare, distributionKey }
  const exchange = { reward, rewardNumber, tariff, label, regularPrice, price, ...shares, takes }
  const stored = { id: storedId, voided: storedVoided === 1, recordedAt, versionedAt, lane }
  return { ...stored, transaction: transaction.kind === 'CHECKIN' ? transaction : { ...transaction, exchange } }
}
