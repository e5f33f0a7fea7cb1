-- What figures about persons are counted from: rollups of transactions and holders, exact, for operators and for releases only. Each
-- partition is built whole and replaced (src/figures/facts); all of it can be built again at any time. Why they exist: docs/decisions.

-- Which codes are another municipality today: all known mergers. Codes that are not here stand for themselves.
CREATE VIEW IF NOT EXISTS merged_municipalities AS
SELECT arrayJoin(merged_from) AS code, max(nis) AS nis
FROM municipalities_now
GROUP BY code;

-- Municipalities of each region: a region is a card system of UiTPAS, with its members as they are known now.
CREATE VIEW IF NOT EXISTS region_municipalities AS
SELECT DISTINCT region.card_system AS card_system, if(merged.nis > 0, merged.nis, region.city) AS nis
FROM
(
    SELECT card_system, arrayJoin(city_nis) AS city
    FROM card_systems_now
    WHERE card_system NOT IN (SELECT arrayJoin(card_systems) FROM programmes_now)
) AS region
LEFT JOIN merged_municipalities AS merged ON merged.code = region.city
WHERE city > 0;

-- Sector of each type and theme of UiTdatabank; a theme says more than a type. Loaded from reference/event-sectors.csv.
CREATE TABLE IF NOT EXISTS event_sectors
(
    term String,
    sector LowCardinality(String),
    name String
)
ENGINE = MergeTree
ORDER BY term;

-- Inhabitants by municipality on 1 January of a year; age_band '' is everybody. Loaded from reference/inhabitants.csv.
CREATE TABLE IF NOT EXISTS inhabitants
(
    nis UInt32,
    year UInt16,
    age_band LowCardinality(String),
    persons UInt32,
    source String
)
ENGINE = MergeTree
ORDER BY (nis, year, age_band);

-- Persons with an increased reimbursement of health costs. Loaded from reference/increased-reimbursement.csv.
CREATE TABLE IF NOT EXISTS increased_reimbursement
(
    nis UInt32,
    year UInt16,
    persons UInt32,
    source String
)
ENGINE = MergeTree
ORDER BY (nis, year);

-- One holder at one event on one Brussels day: by a check-in, a ticket at the social tariff, or both. Persons with a pass of UiTPAS;
-- what was voided or flagged is not there. Frozen at the first transaction of the participation; homes and venues are today's codes.
-- tariff: KT with an active social tariff or one in grace. area: of the venue, seen from the home. in_region: whether a card system
-- of the event is among the holder's.
CREATE TABLE IF NOT EXISTS participations
(
    day Date,
    holder UInt32,
    event_number UInt32,
    evidence LowCardinality(String),
    tariff LowCardinality(String),
    home_nis UInt32,
    birth_year UInt16,
    venue_nis UInt32,
    area LowCardinality(String),
    in_region UInt8,
    organizer LowCardinality(String),
    sector LowCardinality(String)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (home_nis, day, holder, event_number)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- One row for each person of a period: who had a valid pass in it, took part in it or in the three years before, or moved points in it.
-- Home, age and tariff at its last day; day numbers of the state are those of docs/glossary.md. Masks have a bit for each sector.
-- welcome_days: from the first welcome reward to its first use, 65535: none. quarters_since: of the first participation, 255: none.
CREATE TABLE IF NOT EXISTS holder_periods
(
    period_kind LowCardinality(String),
    period LowCardinality(String),
    holder UInt32,
    home_nis UInt32,
    home_postal_code LowCardinality(String),
    birth_year UInt16,
    age_band LowCardinality(String),
    valid_days UInt16,
    valid_at_end UInt8,
    registered UInt8,
    kt UInt8,
    kt_at_end UInt8,
    kt_ended UInt8,
    kt_renewed UInt8,
    participations UInt32,
    sectors UInt8,
    new_sectors UInt8,
    sectors_before UInt8,
    expected_sectors UInt16,
    region_municipalities UInt8,
    active_before UInt8,
    active_window_before UInt8,
    lapsed UInt8,
    last_tariff LowCardinality(String),
    state LowCardinality(String),
    quarters_since UInt8,
    points_saved UInt32,
    points_given UInt32,
    points_redeemed UInt32,
    welcome_granted UInt8,
    welcome_days UInt16
)
ENGINE = MergeTree
PARTITION BY (period_kind, period)
ORDER BY (home_nis, holder)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- One row for each person with each organizer where they took part in a period, on check-ins. state: as of this organizer alone.
-- other_sectors: where they took part with others and not here. returned: again on a later day within 12 months of the first one.
CREATE TABLE IF NOT EXISTS organizer_periods
(
    period_kind LowCardinality(String),
    period LowCardinality(String),
    organizer LowCardinality(String),
    holder UInt32,
    participations UInt32,
    kt UInt8,
    state LowCardinality(String),
    other_sectors UInt8,
    returned UInt8
)
ENGINE = MergeTree
PARTITION BY (period_kind, period)
ORDER BY (organizer, holder)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Points that were redeemed, by where they had been earned: first in, first out. Homes and venues are today's codes; 0 is unknown.
CREATE TABLE IF NOT EXISTS point_flows
(
    day Date,
    holder UInt32,
    home_nis UInt32,
    earned_nis UInt32,
    redeemed_nis UInt32,
    points UInt32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (home_nis, day, holder, earned_nis, redeemed_nis)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Where partitions are built before they are exchanged.
CREATE TABLE IF NOT EXISTS participations_building AS participations;
CREATE TABLE IF NOT EXISTS holder_periods_building AS holder_periods;
CREATE TABLE IF NOT EXISTS organizer_periods_building AS organizer_periods;
CREATE TABLE IF NOT EXISTS point_flows_building AS point_flows;
