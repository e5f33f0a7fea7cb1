-- Programmes that run or ran beside UiTPAS, as the registry declared them: one row per change. card_systems says whose passes are whose
-- (those of no programme are UiTPAS); rules is JSON of what has no column of its own.
CREATE TABLE IF NOT EXISTS programmes
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    lane UInt16,
    range UInt32,
    programme LowCardinality(String),
    name_nl String,
    name_fr String,
    name_en String,
    card_systems Array(UInt32),
    has_points UInt8,
    has_rewards UInt8,
    has_tariffs UInt8,
    rules String,
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (programme, recorded_at, sequence)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE VIEW IF NOT EXISTS programmes_now AS
SELECT * FROM programmes FINAL
ORDER BY programme, recorded_at DESC, sequence DESC
LIMIT 1 BY programme;

CREATE VIEW IF NOT EXISTS programmes_history AS
SELECT
    *,
    recorded_at AS valid_from,
    leadInFrame(recorded_at, 1, toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) OVER (
        PARTITION BY programme ORDER BY recorded_at, sequence
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS valid_to
FROM programmes FINAL;
