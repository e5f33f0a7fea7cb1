-- What a statement told the tables in which facts are built: rows, and the content of the blocks on their way in. In memory, so that
-- a disk that keeps nothing cannot lose both. Emptied before each build; see src/figures/facts/fact-partition.ts.
CREATE TABLE IF NOT EXISTS facts_told
(
    fact LowCardinality(String),
    rows UInt64,
    hash UInt64
)
ENGINE = Memory;

CREATE MATERIALIZED VIEW IF NOT EXISTS participations_told TO facts_told AS
SELECT 'participations' AS fact, count() AS rows, sum(cityHash64(formatRowNoNewline('JSONCompactEachRow', *))) AS hash FROM participations_building;
CREATE MATERIALIZED VIEW IF NOT EXISTS social_tariff_tickets_told TO facts_told AS
SELECT 'social_tariff_tickets' AS fact, count() AS rows, sum(cityHash64(formatRowNoNewline('JSONCompactEachRow', *))) AS hash FROM social_tariff_tickets_building;
CREATE MATERIALIZED VIEW IF NOT EXISTS redemptions_told TO facts_told AS
SELECT 'redemptions' AS fact, count() AS rows, sum(cityHash64(formatRowNoNewline('JSONCompactEachRow', *))) AS hash FROM redemptions_building;
CREATE MATERIALIZED VIEW IF NOT EXISTS holder_periods_told TO facts_told AS
SELECT 'holder_periods' AS fact, count() AS rows, sum(cityHash64(formatRowNoNewline('JSONCompactEachRow', *))) AS hash FROM holder_periods_building;
CREATE MATERIALIZED VIEW IF NOT EXISTS organizer_periods_told TO facts_told AS
SELECT 'organizer_periods' AS fact, count() AS rows, sum(cityHash64(formatRowNoNewline('JSONCompactEachRow', *))) AS hash FROM organizer_periods_building;
CREATE MATERIALIZED VIEW IF NOT EXISTS offer_periods_told TO facts_told AS
SELECT 'offer_periods' AS fact, count() AS rows, sum(cityHash64(formatRowNoNewline('JSONCompactEachRow', *))) AS hash FROM offer_periods_building;
CREATE MATERIALIZED VIEW IF NOT EXISTS point_flows_told TO facts_told AS
SELECT 'point_flows' AS fact, count() AS rows, sum(cityHash64(formatRowNoNewline('JSONCompactEachRow', *))) AS hash FROM point_flows_building;
