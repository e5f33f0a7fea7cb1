-- One row per version of a point transaction; row text and column order: core/src/contracts/transaction-row.ts.
-- A void is the same key with version 2 and voided 1. FINAL leaves out voided keys by itself; merges keep their last row.
-- Every read says FINAL and filters on occurred_on, the Brussels day that the key and the partitions share.
-- old_parts_lifetime: a merge damaged by a full disk heals at the next start while the source parts still exist.
CREATE TABLE IF NOT EXISTS transactions
(
    id UUID,
    version UInt8,
    voided UInt8,
    recorded_at DateTime64(3, 'UTC'),
    versioned_at DateTime64(3, 'UTC'),
    lane UInt16,
    range UInt32,
    kind LowCardinality(String),
    programme LowCardinality(String),
    occurred_at DateTime64(3, 'UTC'),
    occurred_on Date,
    channel LowCardinality(String),
    holder UInt32,
    card UInt32,
    home_nis UInt32,
    home_postal_code LowCardinality(String),
    birth_year UInt16,
    age_band LowCardinality(String),
    social_tariff LowCardinality(String),
    memberships Array(UInt32),
    event LowCardinality(String),
    event_number UInt32,
    event_type LowCardinality(String),
    event_theme LowCardinality(String),
    event_card_systems Array(UInt32),
    organizer LowCardinality(String),
    location LowCardinality(String),
    venue_nis UInt32,
    device LowCardinality(String),
    client LowCardinality(String),
    points Int32,
    limit_period LowCardinality(String),
    flags Array(LowCardinality(String)),
    request String,
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version, voided)
PARTITION BY toYYYYMM(occurred_on)
ORDER BY (home_nis, occurred_on, holder, id)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;
