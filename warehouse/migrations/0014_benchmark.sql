-- Organizers beside anonymous peers (C12). Both tables are made from what was published, after it was (src/figures/benchmark); readers of
-- figures may read them.

-- Peer group of each organizer, fixed for a season by the first release of it.
CREATE TABLE IF NOT EXISTS benchmark_groups
(
    season LowCardinality(String),
    organizer String,
    peer_group LowCardinality(String)
)
ENGINE = ReplacingMergeTree
ORDER BY (season, organizer)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Quartiles of a group's published values; a figure that too few of the group have has no row. Never a least, a most or a mean.
CREATE TABLE IF NOT EXISTS benchmark_quartiles
(
    release UInt32,
    peer_group LowCardinality(String),
    figure LowCardinality(String),
    organizers UInt16,
    lower Float64,
    median Float64,
    upper Float64
)
ENGINE = ReplacingMergeTree
ORDER BY (release, peer_group, figure)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
