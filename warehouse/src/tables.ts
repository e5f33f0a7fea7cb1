/**
 * The tables that take rows, with their columns in order: the row text of the archive, the insert and the read-back all
 * follow this one list. A test compares it with what the migrations make.
 */
const WORD = 'LowCardinality(String)'
const WORDS = 'Array(LowCardinality(String))'
/** Epoch ms in JavaScript. */
const TIME = "DateTime64(3, 'UTC')"
const TIMES = "Array(DateTime64(3, 'UTC'))"
/** Whole seconds; epoch ms in JavaScript. */
const SECOND = "DateTime('UTC')"

/** Where the change stands in the journal. */
const PLACE = [
  ['recorded_at', TIME],
  ['sequence', 'UInt32'],
  ['lane', 'UInt16'],
  ['range', 'UInt32'],
] as const

export const TABLES = {
  transactions: [
    ['id', 'UUID'],
    ['version', 'UInt8'],
    ['voided', 'UInt8'],
    ['recorded_at', TIME],
    ['versioned_at', TIME],
    ['lane', 'UInt16'],
    ['range', 'UInt32'],
    ['kind', WORD],
    ['programme', WORD],
    ['occurred_at', TIME],
    ['occurred_on', 'Date'],
    ['channel', WORD],
    ['holder', 'UInt32'],
    ['card', 'UInt32'],
    ['home_nis', 'UInt32'],
    ['home_postal_code', WORD],
    ['birth_year', 'UInt16'],
    ['age_band', WORD],
    ['social_tariff', WORD],
    ['memberships', 'Array(UInt32)'],
    ['event', WORD],
    ['event_number', 'UInt32'],
    ['event_type', WORD],
    ['event_theme', WORD],
    ['event_card_systems', 'Array(UInt32)'],
    ['organizer', WORD],
    ['location', WORD],
    ['venue_nis', 'UInt32'],
    ['device', WORD],
    ['client', WORD],
    ['points', 'Int32'],
    ['limit_period', WORD],
    ['flags', WORDS],
    ['request', 'String'],
  ],
  refusals: [
    ['recorded_at', TIME],
    ['sequence', 'UInt32'],
    ['item', 'UInt16'],
    ['lane', 'UInt16'],
    ['range', 'UInt32'],
    ['minute', SECOND],
    ['occurred_on', 'Date'],
    ['reason', WORD],
    ['channel', WORD],
    ['organizer', WORD],
    ['venue_nis', 'UInt32'],
    ['times', 'UInt32'],
  ],
  holders: [
    ...PLACE,
    ['holder', 'UInt32'],
    ['pass_type', WORD],
    ['home_nis', 'UInt32'],
    ['home_postal_code', WORD],
    ['birth_year', 'UInt16'],
    ['membership_card_systems', 'Array(UInt32)'],
    ['membership_statuses', WORDS],
    ['social_tariffs', WORDS],
    ['social_tariff_ends', TIMES],
  ],
  events: [
    ...PLACE,
    ['event', 'String'],
    ['event_number', 'UInt32'],
    ['title', 'String'],
    ['organizer', WORD],
    ['location', WORD],
    ['location_name', 'String'],
    ['venue_nis', 'UInt32'],
    ['event_type', WORD],
    ['event_theme', WORD],
    ['calendar', 'String'],
    ['workflow_status', WORD],
    ['available', 'UInt8'],
    ['card_systems', 'Array(UInt32)'],
    ['programme', WORD],
    ['checkin_points', 'Int32'],
    ['checkin_limit_volume', 'UInt32'],
    ['checkin_limit_period', WORD],
    ['ticket_limit_volume', 'UInt32'],
    ['ticket_limit_period', WORD],
  ],
  organizers: [
    ...PLACE,
    ['organizer', 'String'],
    ['name', 'String'],
    ['street', 'String'],
    ['postal_code', WORD],
    ['city', WORD],
    ['nis', 'UInt32'],
    ['card_systems', 'Array(UInt32)'],
    ['linked_location', 'String'],
  ],
  card_systems: [
    ...PLACE,
    ['card_system', 'UInt32'],
    ['name', 'String'],
    ['permanent', 'UInt8'],
    ['city_postal_codes', WORDS],
    ['city_names', 'Array(String)'],
    ['city_nis', 'Array(UInt32)'],
  ],
  municipalities: [
    ...PLACE,
    ['nis', 'UInt32'],
    ['name', 'String'],
    ['postal_codes', WORDS],
    ['latitude', 'Float64'],
    ['longitude', 'Float64'],
    ['inhabitants', 'UInt32'],
    ['inhabitants_year', 'UInt16'],
    ['merged_from', 'Array(UInt32)'],
  ],
  kiosks: [
    ...PLACE,
    ['kiosk', 'String'],
    ['name', 'String'],
    ['card_system', 'UInt32'],
    ['release_track', WORD],
    ['organizers', 'Array(String)'],
    ['location_ids', 'Array(String)'],
    ['location_names', 'Array(String)'],
    ['fixed_event', 'String'],
  ],
  rewards: [
    ...PLACE,
    ['reward', 'String'],
    ['title', 'String'],
    ['reward_type', WORD],
    ['points', 'Int32'],
    ['status', WORD],
    ['units_max', 'UInt32'],
    ['card_systems', 'Array(UInt32)'],
    ['organizers', 'Array(String)'],
    ['details', 'String'],
  ],
} as const satisfies Record<string, readonly (readonly [name: string, type: string])[]>

export type TableName = keyof typeof TABLES

/** Kept by `Object.keys`' contract: TABLES has no other keys than its table names. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[]

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLES, name)
}

export function columnNames(table: TableName): readonly string[] {
  return TABLES[table].map(([name]) => name)
}
