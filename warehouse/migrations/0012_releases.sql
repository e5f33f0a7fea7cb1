-- What may be seen. Readers of figures have a grant on releases and published_cells only
-- (src/figures/published-cells.ts); true counts are in no table: publishing holds them in memory, and there only.

-- One row per release, written last and never changed: cells of a number without a row here were never published. A release that
-- failed its audit has a row with its report, and no cells.
CREATE TABLE IF NOT EXISTS releases
(
    release UInt32,
    published_at DateTime64(3, 'UTC'),
    state Enum8('PUBLISHED' = 1, 'FAILED' = 2),
    provisional UInt8,
    period_kind LowCardinality(String),
    period LowCardinality(String),
    threshold UInt16,
    cubes Array(LowCardinality(String)),
    cells UInt32,
    withheld UInt32,
    audit String,
    content_rows UInt64,
    content_hash UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY release
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Open cells and structural zeros only. A cell that is withheld has no row, so that not even its existence shows; readers say
-- withheld for what they do not find. value is never Nullable: under a NULL the true number would still be stored.
-- dimensions: ids joined by commas in the order of the cube, '' is the total; members stand in the same order.
-- column: 'people' or a column of the cube.
CREATE TABLE IF NOT EXISTS published_cells
(
    release UInt32,
    cube LowCardinality(String),
    period_kind LowCardinality(String),
    period LowCardinality(String),
    place LowCardinality(String),
    dimensions LowCardinality(String),
    members Array(LowCardinality(String)),
    column LowCardinality(String),
    value Int64 DEFAULT 0,
    status Enum8('ok' = 1, 'withheld' = 2, 'structural_zero' = 3, 'na' = 4)
)
ENGINE = MergeTree
PARTITION BY release
ORDER BY (cube, dimensions, place, members, column)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Cells of enough people that a release withheld to protect others: for later releases of the same period, and for nobody else.
CREATE TABLE IF NOT EXISTS protecting_cells
(
    release UInt32,
    cube LowCardinality(String),
    place LowCardinality(String),
    dimensions LowCardinality(String),
    members Array(LowCardinality(String))
)
ENGINE = MergeTree
PARTITION BY release
ORDER BY (cube, dimensions, place, members)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Key of each holder, HMAC-SHA256 under a key of the installation: filled when cells are counted, emptied right after.
CREATE TABLE IF NOT EXISTS record_keys
(
    holder UInt32,
    key UInt64
)
ENGINE = MergeTree
ORDER BY holder;
