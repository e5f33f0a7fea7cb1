-- What figures count straight from transactions: of UiTPAS, not voided, not flagged (a flagged fact earned nothing and proves nothing).
-- Homes and venues of the figures_… views are today's codes.

-- Group passes are nobody in particular.
CREATE VIEW IF NOT EXISTS group_passes AS
SELECT DISTINCT holder FROM holders WHERE pass_type = 'GROUP';

-- tariff_group: KT with an active social tariff at that moment, or one in grace.
CREATE VIEW IF NOT EXISTS counted_transactions AS
SELECT
    *,
    occurred_on AS day,
    if(social_tariff IN ('ACTIVE', 'GRACE'), 'KT', 'OTHER') AS tariff_group
FROM transactions FINAL
WHERE programme = 'uitpas' AND empty(flags);

-- Tickets at the social tariff to persons; amounts in cents, as they stand on the ticket.
CREATE VIEW IF NOT EXISTS figures_tickets AS
WITH (SELECT (groupArray(code), groupArray(nis)) FROM merged_municipalities) AS merged
SELECT
    day, holder, birth_year, organizer, transform(home_nis, merged.1, merged.2, home_nis) AS home_nis,
    regular_price, price, organizer_share, local_government_share, flemish_government_share
FROM counted_transactions
WHERE kind = 'TICKET_SALE' AND tariff = 'SOCIALTARIFF' AND holder NOT IN (SELECT holder FROM group_passes);

-- Rewards that persons took: type POINTS or WELCOME; points are those it took.
CREATE VIEW IF NOT EXISTS figures_redemptions AS
WITH (SELECT (groupArray(code), groupArray(nis)) FROM merged_municipalities) AS merged
SELECT
    day, holder, birth_year, organizer, reward, tariff_group AS tariff, -points AS points,
    if(reward IN (SELECT reward FROM rewards_now WHERE reward_type = 'WELCOME'), 'WELCOME', 'POINTS') AS type,
    transform(home_nis, merged.1, merged.2, home_nis) AS home_nis, transform(venue_nis, merged.1, merged.2, venue_nis) AS venue_nis
FROM counted_transactions
WHERE kind = 'REDEMPTION' AND holder NOT IN (SELECT holder FROM group_passes);

-- Check-ins of persons with weekday (1 is Monday) and hour on the clock of Brussels.
CREATE VIEW IF NOT EXISTS figures_checkins AS
WITH (SELECT (groupArray(code), groupArray(nis)) FROM merged_municipalities) AS merged
SELECT
    day, holder, organizer, transform(venue_nis, merged.1, merged.2, venue_nis) AS venue_nis,
    toDayOfWeek(day) AS weekday, toHour(occurred_at, 'Europe/Brussels') AS hour
FROM counted_transactions
WHERE kind = 'CHECKIN' AND holder NOT IN (SELECT holder FROM group_passes);

-- Check-ins of group passes, and their tickets at the social tariff.
CREATE VIEW IF NOT EXISTS figures_groups AS
WITH (SELECT (groupArray(code), groupArray(nis)) FROM merged_municipalities) AS merged
SELECT
    day, holder, organizer, transform(home_nis, merged.1, merged.2, home_nis) AS home_nis,
    if(kind = 'CHECKIN', 1, 0) AS is_checkin, if(kind = 'TICKET_SALE', 1, 0) AS is_ticket, regular_price
FROM counted_transactions
WHERE (kind = 'CHECKIN' OR (kind = 'TICKET_SALE' AND tariff = 'SOCIALTARIFF')) AND holder IN (SELECT holder FROM group_passes);

-- Which partitions of facts stand, what they were built from, and their content: the last row of a partition is true.
CREATE TABLE IF NOT EXISTS fact_builds
(
    fact LowCardinality(String),
    part String,
    origin UInt64,
    rows UInt64,
    hash UInt64,
    built_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(built_at)
ORDER BY (fact, part)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
