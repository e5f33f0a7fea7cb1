-- Tickets and rewards as facts of their own: a few of each hundred transactions, which no figure finds without reading all of them.

-- One row for each ticket at the social tariff, of persons and of group passes; amounts in cents, as they stand on the ticket. Not voided,
-- not flagged. Homes and venues are today's codes.
CREATE TABLE IF NOT EXISTS social_tariff_tickets
(
    day Date,
    holder UInt32,
    is_group UInt8,
    home_nis UInt32,
    birth_year UInt16,
    venue_nis UInt32,
    organizer LowCardinality(String),
    regular_price UInt32,
    price UInt32,
    organizer_share UInt32,
    local_government_share UInt32,
    flemish_government_share UInt32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (home_nis, day, holder)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- One row for each reward that a person took; points are those it took. Not voided, not flagged. Homes and venues are today's codes.
CREATE TABLE IF NOT EXISTS redemptions
(
    day Date,
    holder UInt32,
    tariff LowCardinality(String),
    home_nis UInt32,
    birth_year UInt16,
    venue_nis UInt32,
    organizer LowCardinality(String),
    reward LowCardinality(String),
    points Int32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (home_nis, day, holder)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Events with a day in a period, as the registry knows them now: those of an organizer in a municipality, and of how many somebody
-- checked in. An event's days stand in its calendar, which is read for all that there ever were.
CREATE TABLE IF NOT EXISTS offer_periods
(
    period_kind LowCardinality(String),
    period LowCardinality(String),
    venue_nis UInt32,
    organizer LowCardinality(String),
    sector LowCardinality(String),
    is_school UInt8,
    events UInt32,
    with_checkin UInt32
)
ENGINE = MergeTree
PARTITION BY (period_kind, period)
ORDER BY (venue_nis, organizer, sector)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS social_tariff_tickets_building AS social_tariff_tickets;
CREATE TABLE IF NOT EXISTS redemptions_building AS redemptions;
CREATE TABLE IF NOT EXISTS offer_periods_building AS offer_periods;

-- Type POINTS or WELCOME, as the reward is now.
CREATE OR REPLACE VIEW figures_redemptions AS
SELECT *, if(reward IN (SELECT reward FROM rewards_now WHERE reward_type = 'WELCOME'), 'WELCOME', 'POINTS') AS type
FROM redemptions;

DROP VIEW IF EXISTS figures_tickets;

-- Participations of a month between each pair of municipalities, for figures that ask how many there were and not of how many people.
ALTER TABLE participations ADD PROJECTION IF NOT EXISTS by_venue
(
    SELECT toStartOfMonth(day), evidence, tariff, home_nis, venue_nis, area, count()
    GROUP BY toStartOfMonth(day), evidence, tariff, home_nis, venue_nis, area
);
ALTER TABLE participations_building ADD PROJECTION IF NOT EXISTS by_venue
(
    SELECT toStartOfMonth(day), evidence, tariff, home_nis, venue_nis, area, count()
    GROUP BY toStartOfMonth(day), evidence, tariff, home_nis, venue_nis, area
);
ALTER TABLE participations MATERIALIZE PROJECTION by_venue;
