-- Refusals of one minute, counted per combination of circumstances; no person in it. One journal record holds several
-- combinations: recorded_at, sequence and lane are the record's position, item is the place in the record.
-- occurred_on is the Brussels day of the minute.
CREATE TABLE IF NOT EXISTS refusals
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    item UInt16,
    lane UInt16,
    range UInt32,
    minute DateTime('UTC'),
    occurred_on Date,
    reason LowCardinality(String),
    channel LowCardinality(String),
    organizer LowCardinality(String),
    venue_nis UInt32,
    times UInt32,
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(occurred_on)
ORDER BY (occurred_on, minute, reason, lane, recorded_at, sequence, item)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;
