-- Common table expressions before every golden query; {firstDay:Date} and {lastDay:Date} are the period.
WITH
-- Card systems of programmes beside UiTPAS.
(SELECT groupArrayArray(card_systems) FROM programmes_now) AS others,
-- Codes of municipalities that are part of another one today.
merged AS (SELECT arrayJoin(merged_from) AS code, max(nis) AS nis FROM municipalities_now GROUP BY code),
-- Regions of each municipality of today.
regions AS (
    SELECT if(merged.nis > 0, merged.nis, city) AS nis, groupUniqArray(card_system) AS systems
    FROM (SELECT card_system, arrayJoin(city_nis) AS city FROM card_systems_now WHERE NOT has(others, card_system)) AS member
    LEFT JOIN merged ON merged.code = city
    WHERE city > 0
    GROUP BY nis
),
-- Rows of persons with the days at whose end they were in force.
spells AS (
    SELECT
        holder,
        if(merged.nis > 0, merged.nis, home_nis) AS home,
        home_postal_code,
        birth_year,
        toDate(valid_from, 'Europe/Brussels') AS first_day,
        toDate(valid_to, 'Europe/Brussels') - 1 AS last_day,
        arrayExists((system, status) -> status = 'ACTIVE' AND NOT has(others, system),
            membership_card_systems, membership_statuses) AS is_valid,
        arrayExists((system, status, tariff) -> status = 'ACTIVE' AND tariff IN ('ACTIVE', 'GRACE') AND NOT has(others, system),
            membership_card_systems, membership_statuses, social_tariffs) AS is_kt
    FROM holders_history
    LEFT JOIN merged ON merged.code = home_nis
    WHERE pass_type = 'INDIVIDUAL'
),
-- Persons as they were in the period; home and age at its end.
people AS (
    SELECT
        holder,
        argMaxIf(home, first_day, last_day >= first_day) AS home,
        argMaxIf(home_postal_code, first_day, last_day >= first_day) AS postal_code,
        argMaxIf(birth_year, first_day, last_day >= first_day) AS born,
        sumIf(greatest(0, least(last_day, {lastDay:Date}) - greatest(first_day, {firstDay:Date}) + 1), is_valid AND last_day >= first_day) AS valid_days,
        max(is_valid AND first_day <= {lastDay:Date} AND last_day >= {lastDay:Date}) AS valid_at_end,
        max(is_kt AND first_day <= {lastDay:Date} AND last_day >= {lastDay:Date}) AS kt_at_end,
        max(is_kt AND greatest(first_day, {firstDay:Date}) <= least(last_day, {lastDay:Date})) AS kt_ever,
        minIf(first_day, is_valid AND last_day >= first_day) AS first_valid_day,
        if(kt_ever, 'KT', 'OTHER') AS tariff,
        toYear({lastDay:Date}) - born AS years,
        multiIf(born = 0 OR years < 0, 'UNKNOWN', years < 6, '0-5', years < 12, '6-11', years < 18, '12-17', years < 26, '18-25', years < 40, '26-39', years < 55, '40-54', years < 65, '55-64', '65+') AS age
    FROM spells
    WHERE first_day <= {lastDay:Date}
    GROUP BY holder
),
-- The same with every place that each belongs to.
residents AS (
    SELECT people.*, arrayJoin(arrayConcat(['all', concat('municipality:', toString(home))], arrayMap(system -> concat('region:', toString(system)), systems))) AS place
    FROM people
    LEFT JOIN regions ON regions.nis = home
),
-- What counts, with codes of today: of UiTPAS, not taken back, not flagged.
counted AS (
    SELECT
        transactions.*,
        if(here.nis > 0, here.nis, home_nis) AS home,
        if(there.nis > 0, there.nis, venue_nis) AS venue,
        if(social_tariff IN ('ACTIVE', 'GRACE'), 'KT', 'OTHER') AS tariff_then,
        multiIf(by_theme.sector != '', by_theme.sector, by_type.sector != '', by_type.sector, 'OTHER') AS sector
    FROM (SELECT * FROM transactions FINAL WHERE programme = 'uitpas' AND empty(flags)) AS transactions
    LEFT JOIN merged AS here ON here.code = home_nis
    LEFT JOIN merged AS there ON there.code = venue_nis
    LEFT JOIN event_sectors AS by_theme ON by_theme.term = event_theme
    LEFT JOIN event_sectors AS by_type ON by_type.term = event_type
),
-- One holder, one event, one day in Brussels: what its first transaction says; with a check-in, and not with a school. All there ever were.
visits AS (
    SELECT holder, event_number, day, first.1 AS home, first.2 AS venue, first.3 AS tariff, first.4 AS organizer, first.5 AS sector,
        toYear({lastDay:Date}) - first.6 AS years,
        multiIf(first.6 = 0 OR years < 0, 'UNKNOWN', years < 12, '0-11', years < 18, '12-17', years < 30, '18-29', years < 65, '30-64', '65+') AS age_coarse,
        hasAny(first.7, first.8) AS in_region
    FROM (
        SELECT holder, event_number, occurred_on AS day,
            argMin((home, venue, tariff_then, organizer, sector, birth_year, memberships, event_card_systems), (occurred_at, id)) AS first
        FROM counted
        WHERE (kind = 'CHECKIN' OR (kind = 'TICKET_SALE' AND counted.tariff = 'SOCIALTARIFF')) AND event_type != 'rJRFUqmd6EiqTD4c7HS90w'
            AND holder NOT IN (SELECT holder FROM holders WHERE pass_type = 'GROUP')
        GROUP BY holder, event_number, day
        HAVING countIf(kind = 'CHECKIN') > 0
    )
),
-- Those of the period, with every place that the home belonged to.
flows AS (
    SELECT visits.*, regions.systems AS home_regions, there.systems AS venue_regions,
        arrayJoin(arrayConcat(['all', concat('municipality:', toString(home))], arrayMap(system -> concat('region:', toString(system)), regions.systems))) AS place,
        multiIf(venue = 0 OR home = 0, 'UNKNOWN', venue = home, 'HOME', hasAny(home_regions, venue_regions), 'REGION', 'ELSEWHERE') AS area
    FROM visits
    LEFT JOIN regions ON regions.nis = home
    LEFT JOIN regions AS there ON there.nis = venue
    WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
),
-- What each person did in the period and before it.
doings AS (
    SELECT
        holder,
        countIf(day BETWEEN {firstDay:Date} AND {lastDay:Date}) AS times,
        uniqExactIf(sector, day BETWEEN {firstDay:Date} AND {lastDay:Date}) AS sectors,
        min(day) AS first_visit,
        countIf(day >= addMonths({firstDay:Date}, -18) AND day < {firstDay:Date}) AS times_before,
        countIf(day > addMonths({lastDay:Date} + 1, -18) - 1 AND day <= {lastDay:Date}) AS times_lately,
        countIf(day >= addMonths({lastDay:Date} + 1, -36) AND day < addMonths({lastDay:Date} + 1, -18)) AS times_long_ago
    FROM visits
    WHERE day <= {lastDay:Date}
    GROUP BY holder
),
-- What others count, of each place: of the year after the period, or else of the nearest before, or else of the first after that.
known AS (
    SELECT reference, place, sum(latest) AS persons
    FROM (
        SELECT 'inhabitants' AS reference, nis, argMin(persons, (year > toYear({lastDay:Date} + 1), abs(toInt32(year) - toYear({lastDay:Date} + 1)))) AS latest
        FROM inhabitants WHERE age_band = '' GROUP BY nis
        UNION ALL
        SELECT 'increased-reimbursement' AS reference, nis, argMin(persons, (year > toYear({lastDay:Date} + 1), abs(toInt32(year) - toYear({lastDay:Date} + 1)))) AS latest
        FROM increased_reimbursement GROUP BY nis
    ) AS counts
    LEFT JOIN regions ON regions.nis = counts.nis
    ARRAY JOIN arrayConcat(['all', concat('municipality:', toString(counts.nis))], arrayMap(system -> concat('region:', toString(system)), systems)) AS place
    GROUP BY reference, place
)
