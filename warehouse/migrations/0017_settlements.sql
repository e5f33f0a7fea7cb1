-- What tickets are shared by, as far as a settlement needs it: whose a distribution key is. One row per change.
CREATE TABLE IF NOT EXISTS distribution_keys
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    lane UInt16,
    range UInt32,
    distribution_key UInt32,
    name String,
    card_system UInt32,
    key_kind LowCardinality(String),
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (distribution_key, recorded_at, sequence)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;

-- What the municipalities of a card system agreed: one row per change; terms is JSON, each of them from a day on.
CREATE TABLE IF NOT EXISTS settlement_agreements
(
    recorded_at DateTime64(3, 'UTC'),
    sequence UInt32,
    lane UInt16,
    range UInt32,
    card_system UInt32,
    terms String,
    INDEX by_range range TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (card_system, recorded_at, sequence)
SETTINGS old_parts_lifetime = 86400, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE VIEW IF NOT EXISTS distribution_keys_now AS
SELECT * FROM distribution_keys FINAL
ORDER BY distribution_key, recorded_at DESC, sequence DESC
LIMIT 1 BY distribution_key;

CREATE VIEW IF NOT EXISTS settlement_agreements_now AS
SELECT * FROM settlement_agreements FINAL
ORDER BY card_system, recorded_at DESC, sequence DESC
LIMIT 1 BY card_system;

-- Closed periods: a copy of data/settlements, which is the record, in tables. One row per closing; terms, members, findings are JSON.
-- Exact amounts about few people: no role of a reader of figures has a grant on what begins with settlement_.
CREATE TABLE IF NOT EXISTS settlement_closings
(
    card_system UInt32,
    closing UInt32,
    period LowCardinality(String),
    first_day Date,
    last_day Date,
    closed_at DateTime64(3, 'UTC'),
    closed_by String,
    terms String,
    members String,
    findings String,
    tickets UInt64,
    tickets_hash UInt64,
    document_hash String
)
ENGINE = ReplacingMergeTree
ORDER BY (card_system, closing)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Every ticket of every closing, in cents as it was settled; kind is SOLD, LATE or VOIDED, origin the period in which it was sold.
CREATE TABLE IF NOT EXISTS settlement_tickets
(
    card_system UInt32,
    closing UInt32,
    kind LowCardinality(String),
    origin LowCardinality(String),
    id UUID,
    day Date,
    payer_nis UInt32,
    organizer LowCardinality(String),
    host_nis UInt32,
    distribution_key UInt32,
    regular_price UInt32,
    price UInt32,
    organizer_share UInt32,
    local_government_share UInt32,
    flemish_government_share UInt32
)
ENGINE = ReplacingMergeTree
PARTITION BY card_system
ORDER BY (card_system, closing, id, kind)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The lines of statements and expense notes; tickets that were taken back count negatively.
CREATE VIEW IF NOT EXISTS settlement_lines AS
SELECT
    card_system, closing, kind, origin, payer_nis, organizer, host_nis,
    if(kind = 'VOIDED', -1, 1) * toInt64(count()) AS tickets,
    if(kind = 'VOIDED', -1, 1) * toInt64(sum(regular_price)) AS regular_price,
    if(kind = 'VOIDED', -1, 1) * toInt64(sum(price)) AS price,
    if(kind = 'VOIDED', -1, 1) * toInt64(sum(organizer_share)) AS organizer_share,
    if(kind = 'VOIDED', -1, 1) * toInt64(sum(local_government_share)) AS local_government_share,
    if(kind = 'VOIDED', -1, 1) * toInt64(sum(flemish_government_share)) AS flemish_government_share
FROM settlement_tickets FINAL
GROUP BY card_system, closing, kind, origin, payer_nis, organizer, host_nis;
