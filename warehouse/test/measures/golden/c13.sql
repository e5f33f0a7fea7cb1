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
-- Events of each organizer, and whether anybody checked in.
seen AS (
    SELECT concat('organizer:', held.organizer) AS place, held.event AS event, countIf(checkin.event != '') > 0 AS is_seen
    FROM held
    LEFT JOIN (SELECT DISTINCT event FROM transactions FINAL WHERE kind = 'CHECKIN' AND empty(flags) AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}) AS checkin ON checkin.event = held.event
    GROUP BY place, event
)
SELECT 'events' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, toFloat64(count()) AS value FROM seen GROUP BY place
UNION ALL SELECT 'coverage' AS figure, place, CAST([], 'Array(Tuple(String, String))') AS cell, 100 * avg(is_seen) AS value FROM seen GROUP BY place
