import type { Position } from '../ledger.ts'
import { type Cell, type Column, formatDateTime, jsonLine } from './clickhouse-json.ts'
import type { JournalRecord, ProjectionKind } from './journal.ts'
import type { ProjectionBodies } from './projection.ts'

/** Where a row comes from; `recorded_at` is also the moment from which it is valid, `sequence` orders within it. */
const ORIGIN = [
  { name: 'lane', type: 'UInt16' },
  { name: 'range', type: 'UInt32' },
  { name: 'recorded_at', type: "DateTime64(3, 'UTC')" },
  { name: 'sequence', type: 'UInt32' },
] as const satisfies readonly Column[]

/** The dimension tables: every state that an entry of the registry had, by the moment from which it was so. */
export const DIMENSION_COLUMNS = {
  holders: [
    ...ORIGIN,
    { name: 'number', type: 'UInt32' },
    { name: 'pass_type', type: 'LowCardinality(String)' },
    { name: 'birth_year', type: 'UInt16' },
    { name: 'home_nis', type: 'UInt32' },
    { name: 'home_postal_code', type: 'LowCardinality(String)' },
    // Four arrays of one length: card system, status, social tariff, and its end (1970 without one).
    { name: 'memberships', type: 'Array(UInt32)' },
    { name: 'membership_statuses', type: 'Array(LowCardinality(String))' },
    { name: 'social_tariffs', type: 'Array(LowCardinality(String))' },
    { name: 'social_tariff_ends', type: "Array(DateTime64(3, 'UTC'))" },
  ],
  events: [
    ...ORIGIN,
    { name: 'id', type: 'String' },
    { name: 'number', type: 'UInt32' },
    { name: 'title', type: 'String' },
    { name: 'organizer', type: 'LowCardinality(String)' },
    { name: 'location', type: 'LowCardinality(String)' },
    { name: 'location_name', type: 'String' },
    { name: 'venue_nis', type: 'UInt32' },
    { name: 'type', type: 'LowCardinality(String)' },
    { name: 'theme', type: 'LowCardinality(String)' },
    { name: 'workflow_status', type: 'LowCardinality(String)' },
    { name: 'available', type: 'UInt8' },
    { name: 'card_systems', type: 'Array(UInt32)' },
    { name: 'programme', type: 'LowCardinality(String)' },
    { name: 'checkin_points', type: 'UInt32' },
  ],
  organizers: [
    ...ORIGIN,
    { name: 'id', type: 'String' },
    { name: 'name', type: 'String' },
    { name: 'postal_code', type: 'LowCardinality(String)' },
    { name: 'city', type: 'LowCardinality(String)' },
    { name: 'nis', type: 'UInt32' },
    { name: 'card_systems', type: 'Array(UInt32)' },
    { name: 'linked_location', type: 'String' },
  ],
  card_systems: [
    ...ORIGIN,
    { name: 'id', type: 'UInt32' },
    { name: 'name', type: 'String' },
    { name: 'permanent', type: 'UInt8' },
    // One element for each city, so a municipality with several postal codes comes several times.
    { name: 'nis', type: 'Array(UInt32)' },
    { name: 'postal_codes', type: 'Array(String)' },
  ],
  municipalities: [
    ...ORIGIN,
    { name: 'nis', type: 'UInt32' },
    { name: 'name', type: 'String' },
    { name: 'postal_codes', type: 'Array(String)' },
    { name: 'latitude', type: 'Float64' },
    { name: 'longitude', type: 'Float64' },
    { name: 'inhabitants', type: 'UInt32' },
    { name: 'inhabitants_year', type: 'UInt16' },
    { name: 'merged_from', type: 'Array(UInt32)' },
  ],
  kiosks: [
    ...ORIGIN,
    { name: 'id', type: 'String' },
    { name: 'name', type: 'String' },
    { name: 'card_system', type: 'UInt32' },
    { name: 'release_track', type: 'LowCardinality(String)' },
    { name: 'organizers', type: 'Array(String)' },
    { name: 'locations', type: 'Array(String)' },
    { name: 'fixed_event', type: 'String' },
  ],
  rewards: [
    ...ORIGIN,
    { name: 'id', type: 'String' },
    { name: 'title', type: 'String' },
    { name: 'type', type: 'LowCardinality(String)' },
    { name: 'points', type: 'UInt32' },
    { name: 'owning_card_system', type: 'UInt32' },
    { name: 'card_systems', type: 'Array(UInt32)' },
    { name: 'organizers', type: 'Array(String)' },
    { name: 'status', type: 'LowCardinality(String)' },
  ],
} as const satisfies Record<string, readonly Column[]>

export type DimensionTable = keyof typeof DIMENSION_COLUMNS

const TABLE_OF: Record<ProjectionKind, DimensionTable> = {
  holder: 'holders',
  'group-pass': 'holders',
  event: 'events',
  organizer: 'organizers',
  'card-system': 'card_systems',
  municipality: 'municipalities',
  kiosk: 'kiosks',
  reward: 'rewards',
}

/** The cells after the origin, in the order of the columns. */
const CELLS: { readonly [K in ProjectionKind]: (body: ProjectionBodies[K]) => readonly Cell[] } = {
  holder: holderCells,
  'group-pass': holderCells,
  event: (event) => [
    event.id,
    event.number,
    event.title,
    event.organizer,
    event.location,
    event.locationName,
    event.venueNis,
    event.type,
    event.theme,
    event.workflowStatus,
    event.available ? 1 : 0,
    event.cardSystems,
    event.programme,
    event.checkinPoints,
  ],
  organizer: (organizer) => [
    organizer.id,
    organizer.name,
    organizer.postalCode ?? '',
    organizer.city ?? '',
    organizer.nis,
    organizer.cardSystems,
    organizer.linkedLocation ?? '',
  ],
  'card-system': ({ id, name, permanent, cities }) => [
    id,
    name,
    permanent ? 1 : 0,
    cities.map((city) => city.nis),
    cities.map((city) => city.postalCode),
  ],
  municipality: (municipality) => [
    municipality.nis,
    municipality.name,
    municipality.postalCodes,
    municipality.latitude,
    municipality.longitude,
    municipality.inhabitants,
    municipality.inhabitantsYear,
    municipality.mergedFrom,
  ],
  kiosk: ({ id, name, cardSystem, releaseTrack, organizers, locations, fixedEvent = '' }) => [
    id,
    name,
    cardSystem,
    releaseTrack,
    organizers,
    locations.map((location) => location.id),
    fixedEvent,
  ],
  reward: ({ id, title, type, points, owningCardSystem, cardSystems, organizers, status }) => [
    id,
    title,
    type,
    points,
    owningCardSystem,
    cardSystems,
    organizers,
    status,
  ],
}

/** The row of a registry change: the table it belongs to and one JSON line. */
export function projectionRow(
  position: Position,
  record: Extract<JournalRecord, { kind: 'projection' }>,
  { range }: { readonly range: number },
): { readonly table: DimensionTable; readonly line: string } {
  const table = TABLE_OF[record.entity]
  const origin = [position.lane, range, formatDateTime(position.ms), position.sequence]
  // The journal's projections are written by `projectionOf…` only, which pairs each kind with its body.
  const cellsOf = CELLS[record.entity] as (body: unknown) => readonly Cell[]
  return { table, line: jsonLine(DIMENSION_COLUMNS[table], [...origin, ...cellsOf(record.body)]) }
}

function holderCells({ number, passType, birthYear, homeNis, homePostalCode, memberships }: ProjectionBodies['holder']): Cell[] {
  return [
    number,
    passType,
    birthYear,
    homeNis,
    homePostalCode,
    memberships.map((membership) => membership.cardSystem),
    memberships.map((membership) => membership.status),
    memberships.map((membership) => membership.socialTariff),
    memberships.map((membership) => formatDateTime(membership.socialTariffEndsAt ?? 0)),
  ]
}
