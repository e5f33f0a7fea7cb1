import type { Position } from '../ledger.ts'
import { type Cell, type Column, formatDateTime, jsonLine } from './clickhouse-json.ts'
import type { JournalRecord, ProjectionKind } from './journal.ts'
import type { ProjectionBodies } from './projection.ts'

/** The position of the change and the range it was sealed in; `recorded_at` is also the moment from which the row is valid. */
const ORIGIN = [
  { name: 'recorded_at', type: "DateTime64(3, 'UTC')" },
  { name: 'sequence', type: 'UInt32' },
  { name: 'lane', type: 'UInt16' },
  { name: 'range', type: 'UInt32' },
] as const satisfies readonly Column[]

/** The dimension tables: every state that an entry of the registry had, by the moment from which it was so. */
export const DIMENSION_COLUMNS = {
  holders: [
    ...ORIGIN,
    { name: 'holder', type: 'UInt32' },
    { name: 'pass_type', type: 'LowCardinality(String)' },
    { name: 'home_nis', type: 'UInt32' },
    { name: 'home_postal_code', type: 'LowCardinality(String)' },
    { name: 'birth_year', type: 'UInt16' },
    { name: 'membership_card_systems', type: 'Array(UInt32)' },
    { name: 'membership_statuses', type: 'Array(LowCardinality(String))' },
    { name: 'social_tariffs', type: 'Array(LowCardinality(String))' },
    { name: 'social_tariff_ends', type: "Array(DateTime64(3, 'UTC'))" },
  ],
  events: [
    ...ORIGIN,
    { name: 'event', type: 'String' },
    { name: 'event_number', type: 'UInt32' },
    { name: 'title', type: 'String' },
    { name: 'organizer', type: 'LowCardinality(String)' },
    { name: 'location', type: 'LowCardinality(String)' },
    { name: 'location_name', type: 'String' },
    { name: 'venue_nis', type: 'UInt32' },
    { name: 'event_type', type: 'LowCardinality(String)' },
    { name: 'event_theme', type: 'LowCardinality(String)' },
    { name: 'calendar', type: 'String' },
    { name: 'workflow_status', type: 'LowCardinality(String)' },
    { name: 'available', type: 'UInt8' },
    { name: 'card_systems', type: 'Array(UInt32)' },
    { name: 'programme', type: 'LowCardinality(String)' },
    { name: 'checkin_points', type: 'Int32' },
    { name: 'checkin_limit_volume', type: 'UInt32' },
    { name: 'checkin_limit_period', type: 'LowCardinality(String)' },
    { name: 'ticket_limit_volume', type: 'UInt32' },
    { name: 'ticket_limit_period', type: 'LowCardinality(String)' },
  ],
  organizers: [
    ...ORIGIN,
    { name: 'organizer', type: 'String' },
    { name: 'name', type: 'String' },
    { name: 'street', type: 'String' },
    { name: 'postal_code', type: 'LowCardinality(String)' },
    { name: 'city', type: 'LowCardinality(String)' },
    { name: 'nis', type: 'UInt32' },
    { name: 'card_systems', type: 'Array(UInt32)' },
    { name: 'linked_location', type: 'String' },
  ],
  card_systems: [
    ...ORIGIN,
    { name: 'card_system', type: 'UInt32' },
    { name: 'name', type: 'String' },
    { name: 'permanent', type: 'UInt8' },
    { name: 'city_postal_codes', type: 'Array(LowCardinality(String))' },
    { name: 'city_names', type: 'Array(String)' },
    { name: 'city_nis', type: 'Array(UInt32)' },
  ],
  programmes: [
    ...ORIGIN,
    { name: 'programme', type: 'LowCardinality(String)' },
    { name: 'name_nl', type: 'String' },
    { name: 'name_fr', type: 'String' },
    { name: 'name_en', type: 'String' },
    { name: 'card_systems', type: 'Array(UInt32)' },
    { name: 'has_points', type: 'UInt8' },
    { name: 'has_rewards', type: 'UInt8' },
    { name: 'has_tariffs', type: 'UInt8' },
    { name: 'rules', type: 'String' },
  ],
  distribution_keys: [
    ...ORIGIN,
    { name: 'distribution_key', type: 'UInt32' },
    { name: 'name', type: 'String' },
    { name: 'card_system', type: 'UInt32' },
    { name: 'key_kind', type: 'LowCardinality(String)' },
  ],
  settlement_agreements: [...ORIGIN, { name: 'card_system', type: 'UInt32' }, { name: 'terms', type: 'String' }],
  municipalities: [
    ...ORIGIN,
    { name: 'nis', type: 'UInt32' },
    { name: 'name', type: 'String' },
    { name: 'postal_codes', type: 'Array(LowCardinality(String))' },
    { name: 'latitude', type: 'Float64' },
    { name: 'longitude', type: 'Float64' },
    { name: 'inhabitants', type: 'UInt32' },
    { name: 'inhabitants_year', type: 'UInt16' },
    { name: 'merged_from', type: 'Array(UInt32)' },
  ],
  kiosks: [
    ...ORIGIN,
    { name: 'kiosk', type: 'String' },
    { name: 'name', type: 'String' },
    { name: 'card_system', type: 'UInt32' },
    { name: 'release_track', type: 'LowCardinality(String)' },
    { name: 'organizers', type: 'Array(String)' },
    { name: 'location_ids', type: 'Array(String)' },
    { name: 'location_names', type: 'Array(String)' },
    { name: 'fixed_event', type: 'String' },
  ],
  rewards: [
    ...ORIGIN,
    { name: 'reward', type: 'String' },
    { name: 'title', type: 'String' },
    { name: 'reward_type', type: 'LowCardinality(String)' },
    { name: 'points', type: 'Int32' },
    { name: 'status', type: 'LowCardinality(String)' },
    { name: 'units_max', type: 'UInt32' },
    { name: 'card_systems', type: 'Array(UInt32)' },
    { name: 'organizers', type: 'Array(String)' },
    { name: 'details', type: 'String' },
  ],
} as const satisfies Record<string, readonly Column[]>

export type DimensionTable = keyof typeof DIMENSION_COLUMNS

const TABLE_OF: Record<ProjectionKind, DimensionTable> = {
  holder: 'holders',
  'group-pass': 'holders',
  event: 'events',
  organizer: 'organizers',
  'card-system': 'card_systems',
  programme: 'programmes',
  'distribution-key': 'distribution_keys',
  'settlement-agreement': 'settlement_agreements',
  municipality: 'municipalities',
  kiosk: 'kiosks',
  reward: 'rewards',
}

/** The cells after the origin, in the order of the columns. */
const CELLS: { readonly [K in ProjectionKind]: (body: ProjectionBodies[K]) => readonly Cell[] } = {
  holder: holderCells,
  'group-pass': holderCells,
  event: eventCells,
  organizer: organizerCells,
  'card-system': ({ id, name, permanent, cities }) => [
    id,
    name,
    permanent ? 1 : 0,
    cities.map((city) => city.postalCode),
    cities.map((city) => city.name),
    cities.map((city) => city.nis),
  ],
  programme: programmeCells,
  'distribution-key': ({ id, name, cardSystem, kind }) => [id, name, cardSystem, kind],
  'settlement-agreement': ({ cardSystem, terms }) => [cardSystem, JSON.stringify(terms)],
  municipality: municipalityCells,
  kiosk: ({ id, name, cardSystem, releaseTrack, organizers, locations, fixedEvent = '' }) => [
    id,
    name,
    cardSystem,
    releaseTrack,
    organizers,
    locations.map((location) => location.id),
    locations.map((location) => location.name),
    fixedEvent,
  ],
  reward: rewardCells,
}

/** The row of a registry change: the table it belongs to and one JSON line. */
export function projectionRow(
  position: Position,
  record: Extract<JournalRecord, { kind: 'projection' }>,
  place: { readonly range: number },
): { readonly table: DimensionTable; readonly line: string } {
  const { table, cells } = projectionCells(position, record, place)
  return { table, line: jsonLine(DIMENSION_COLUMNS[table], cells) }
}

/** The same before it is a line. */
export function projectionCells(
  position: Position,
  record: Extract<JournalRecord, { kind: 'projection' }>,
  { range }: { readonly range: number },
): { readonly table: DimensionTable; readonly cells: readonly Cell[] } {
  const origin = [formatDateTime(position.ms), position.sequence, position.lane, range]
  // The journal's projections are written by `projectionOf…` only, which pairs each kind with its body.
  const cellsOf = CELLS[record.entity] as (body: unknown) => readonly Cell[]
  return { table: TABLE_OF[record.entity], cells: [...origin, ...cellsOf(record.body)] }
}

/** A social tariff without end ends in 1970. */
function holderCells({ number, passType, homeNis, homePostalCode, birthYear, memberships }: ProjectionBodies['holder']): Cell[] {
  return [
    number,
    passType,
    homeNis,
    homePostalCode,
    birthYear,
    memberships.map((membership) => membership.cardSystem),
    memberships.map((membership) => membership.status),
    memberships.map((membership) => membership.socialTariff),
    memberships.map((membership) => formatDateTime(membership.socialTariffEndsAt ?? 0)),
  ]
}

/** A limit that does not exist has volume 0 and no period. */
function eventCells(event: ProjectionBodies['event']): Cell[] {
  return [
    event.id,
    event.number,
    event.title,
    event.organizer,
    event.location,
    event.locationName,
    event.venueNis,
    event.type,
    event.theme,
    JSON.stringify(event.calendar),
    event.workflowStatus,
    event.available ? 1 : 0,
    event.cardSystems,
    event.programme,
    event.checkinPoints,
    event.checkinLimit?.volume ?? 0,
    event.checkinLimit?.period ?? '',
    event.passholderTicketLimit?.volume ?? 0,
    event.passholderTicketLimit?.period ?? '',
  ]
}

function organizerCells(organizer: ProjectionBodies['organizer']): Cell[] {
  return [
    organizer.id,
    organizer.name,
    organizer.street ?? '',
    organizer.postalCode ?? '',
    organizer.city ?? '',
    organizer.nis,
    organizer.cardSystems,
    organizer.linkedLocation ?? '',
  ]
}

/** What has no column of its own is JSON. */
function programmeCells(programme: ProjectionBodies['programme']): Cell[] {
  const { id, names, cardSystems, hasPoints, hasRewards, hasTariffs, ...rules } = programme
  const flags = [hasPoints, hasRewards, hasTariffs].map((flag) => (flag ? 1 : 0))
  return [id, names.nl, names.fr, names.en, cardSystems, ...flags, JSON.stringify(rules)]
}

function municipalityCells(municipality: ProjectionBodies['municipality']): Cell[] {
  return [
    municipality.nis,
    municipality.name,
    municipality.postalCodes,
    municipality.latitude,
    municipality.longitude,
    municipality.inhabitants,
    municipality.inhabitantsYear,
    municipality.mergedFrom,
  ]
}

/** What has no column of its own is JSON. */
function rewardCells(reward: ProjectionBodies['reward']): Cell[] {
  const { id, title, type, points, status, unitsMax = 0, cardSystems, organizers, ...details } = reward
  return [id, title, type, points, status, unitsMax, cardSystems, organizers, JSON.stringify(details)]
}
