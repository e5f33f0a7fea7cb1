-- What the registry told the journal, de-identified: one row per change, kept for ever. recorded_at, sequence and lane are the
-- position of the change. <table>_now has the latest row of each entity, <table>_history says from when to when each row held.

-- Passholders and group passes, by their dense number; memberships are parallel arrays, a tariff without end stands at 1970-01-01.
CREATE TABLE IF NOT EXISTS holders
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    lane UInt16,
    range UInt32,
    holder UInt32,
    pass_type LowCardinality(String),
    home_nis UInt32,
    home_postal_code LowCardinality(String),
    birth_year UInt16,
    membership_card_systems Array(UInt32),
    membership_statuses Array(LowCardinality(String)),
    social_tariffs Array(LowCardinality(String)),
    social_tariff_ends Array(DateTime64(3, 'UTC')),
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (holder, recorded_at, sequence)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;

-- Events of UiTdatabank with their settings in UiTPAS; calendar is JSON; a limit without period is no limit.
CREATE TABLE IF NOT EXISTS events
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    lane UInt16,
    range UInt32,
    event String,
    event_number UInt32,
    title String,
    organizer LowCardinality(String),
    location LowCardinality(String),
    location_name String,
    venue_nis UInt32,
    event_type LowCardinality(String),
    event_theme LowCardinality(String),
    calendar String,
    workflow_status LowCardinality(String),
    available UInt8,
    card_systems Array(UInt32),
    programme LowCardinality(String),
    checkin_points Int32,
    checkin_limit_volume UInt32,
    checkin_limit_period LowCardinality(String),
    ticket_limit_volume UInt32,
    ticket_limit_period LowCardinality(String),
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (event, recorded_at, sequence)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;

-- Organizers, which are counters as well.
CREATE TABLE IF NOT EXISTS organizers
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    lane UInt16,
    range UInt32,
    organizer String,
    name String,
    street String,
    postal_code LowCardinality(String),
    city LowCardinality(String),
    nis UInt32,
    card_systems Array(UInt32),
    linked_location String,
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (organizer, recorded_at, sequence)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;

-- Card systems with the municipalities that share them, as parallel arrays.
CREATE TABLE IF NOT EXISTS card_systems
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    lane UInt16,
    range UInt32,
    card_system UInt32,
    name String,
    permanent UInt8,
    city_postal_codes Array(LowCardinality(String)),
    city_names Array(String),
    city_nis Array(UInt32),
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (card_system, recorded_at, sequence)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;

-- Municipalities by NIS code, with the codes that were merged into them.
CREATE TABLE IF NOT EXISTS municipalities
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    lane UInt16,
    range UInt32,
    nis UInt32,
    name String,
    postal_codes Array(LowCardinality(String)),
    latitude Float64,
    longitude Float64,
    inhabitants UInt32,
    inhabitants_year UInt16,
    merged_from Array(UInt32),
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (nis, recorded_at, sequence)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;

-- Kiosks at the door; their secrets stay in the registry.
CREATE TABLE IF NOT EXISTS kiosks
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    lane UInt16,
    range UInt32,
    kiosk String,
    name String,
    card_system UInt32,
    release_track LowCardinality(String),
    organizers Array(String),
    location_ids Array(String),
    location_names Array(String),
    fixed_event String,
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (kiosk, recorded_at, sequence)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;

-- Rewards; details is the JSON of what has no column of its own.
CREATE TABLE IF NOT EXISTS rewards
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    lane UInt16,
    range UInt32,
    reward String,
    title String,
    reward_type LowCardinality(String),
    points Int32,
    status LowCardinality(String),
    units_max UInt32,
    card_systems Array(UInt32),
    organizers Array(String),
    details String,
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (reward, recorded_at, sequence)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;
