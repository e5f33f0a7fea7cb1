, offered AS (
    SELECT
        event,
        min(recorded_at) AS known_from,
        argMax((organizer, event_type, event_theme, venue_nis, calendar), (recorded_at, sequence)) AS latest,
        argMax(available = 1 AND workflow_status NOT IN ('DELETED', 'REJECTED') AND programme = 'uitpas' AND notEmpty(card_systems), (recorded_at, sequence)) AS is_on
    FROM events FINAL
    GROUP BY event
),
-- Days of each event, as the first and the last of a stretch.
stretches AS (
    SELECT event, latest.1 AS organizer, latest.2 AS event_type, latest.3 AS event_theme, latest.4 AS venue,
        arrayJoin(multiIf(
            JSONExtractString(latest.5, 'type') = 'permanent', [(toDate(known_from, 'Europe/Brussels'), toDate('2149-06-06'))],
            JSONExtractString(latest.5, 'type') = 'periodic', [(toDate(JSONExtractString(latest.5, 'startDay')), toDate(JSONExtractString(latest.5, 'endDay')))],
            arrayMap(at -> (toDate(toDateTime(intDiv(at, 1000), 'Europe/Brussels')), toDate(toDateTime(intDiv(at, 1000), 'Europe/Brussels'))), JSONExtract(latest.5, 'occurrences', 'Array(Tuple(startsAt Int64))').1))) AS days
    FROM offered
    WHERE is_on
),
held AS (
    SELECT DISTINCT event, organizer, event_type, event_theme, if(merged.nis > 0, merged.nis, venue) AS town
    FROM stretches LEFT JOIN merged ON merged.code = venue
    WHERE days.1 <= {lastDay:Date} AND days.2 >= {firstDay:Date}
),
offer AS (
    SELECT place, sector, count() AS events
    FROM (
        SELECT multiIf(by_theme.sector != '', by_theme.sector, by_type.sector != '', by_type.sector, 'OTHER') AS sector,
            arrayJoin(arrayConcat(['all', concat('municipality:', toString(town))], arrayMap(system -> concat('region:', toString(system)), systems))) AS place
        FROM held
        LEFT JOIN regions ON regions.nis = held.town
        LEFT JOIN event_sectors AS by_theme ON by_theme.term = event_theme
        LEFT JOIN event_sectors AS by_type ON by_type.term = event_type
        WHERE event_type != 'rJRFUqmd6EiqTD4c7HS90w'
    )
    GROUP BY place, sector
),
offer_shares AS (SELECT place, sector, events, events / sum(events) OVER (PARTITION BY place) AS share FROM offer),
demand AS (SELECT place, sector, count() / sum(count()) OVER (PARTITION BY place) AS share FROM flows GROUP BY place, sector)
SELECT 'events' AS figure, place, [('sector', sector)] AS cell, toFloat64(events) AS value FROM offer_shares
UNION ALL SELECT 'offer' AS figure, place, [('sector', sector)] AS cell, 100 * share AS value FROM offer_shares
UNION ALL SELECT 'demand' AS figure, place, [('sector', sector)] AS cell, 100 * share AS value FROM demand
UNION ALL SELECT 'index' AS figure, place, [('sector', sector)] AS cell, 100 * demand.share / offer_shares.share AS value FROM demand INNER JOIN offer_shares USING (place, sector)
