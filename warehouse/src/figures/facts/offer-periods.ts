import { MERGED_SQL, municipalityNow, SCHOOL_TYPE, SECTORS_SQL, sectorNow } from './participations.ts'

/** The instant at which a day begins in Brussels, in epoch ms. */
const midnightMs = (day: string) => `toUnixTimestamp(toDateTime(${day}, 'Europe/Brussels')) * 1000`

/**
 * SQL of the UiTPAS events with a day in the period, as they are known now: event, organizer, event_type, event_theme and venue. Of a
 * periodic event the days from its first to its last count, of a permanent one those since the registry knows it, of any other those
 * on which an occurrence starts.
 */
const EVENTS_THAT_TOOK_PLACE = `SELECT event, organizer, event_type, event_theme, venue
FROM (
    SELECT event, known_from, latest.1 AS organizer, latest.2 AS event_type, latest.3 AS event_theme, latest.4 AS venue, latest.5 AS calendar,
        JSONExtractString(calendar, 'type') AS calendar_type
    FROM (
        SELECT
            event,
            min(recorded_at) AS known_from,
            argMax((organizer, event_type, event_theme, venue_nis, calendar), (recorded_at, sequence)) AS latest,
            argMax(notEmpty(card_systems) AND programme = 'uitpas' AND available = 1 AND workflow_status NOT IN ('DELETED', 'REJECTED'), (recorded_at, sequence)) AS is_offered
        FROM events FINAL
        GROUP BY event
    )
    WHERE is_offered
) AS offered
WHERE multiIf(
    calendar_type = 'periodic',
    JSONExtractString(calendar, 'startDay') <= toString({lastDay:Date}) AND JSONExtractString(calendar, 'endDay') >= toString({firstDay:Date}),
    calendar_type = 'permanent',
    toDate(known_from, 'Europe/Brussels') <= {lastDay:Date},
    arrayExists(
        startsAt -> startsAt >= ${midnightMs('{firstDay:Date}')} AND startsAt < ${midnightMs('{lastDay:Date} + 1')},
        JSONExtract(calendar, 'occurrences', 'Array(Tuple(startsAt Int64))').startsAt))`

/** Events of a period in the columns of the table. */
export const OFFER_PERIODS_SQL = `WITH ${MERGED_SQL}, ${SECTORS_SQL}
SELECT
    {periodKind:String} AS period_kind, {period:String} AS period, ${municipalityNow('venue')} AS venue_nis, organizer,
    ${sectorNow('event_theme', 'event_type')} AS sector, event_type = '${SCHOOL_TYPE}' AS is_school, count() AS events,
    countIf(event IN (
        SELECT event
        FROM transactions FINAL
        WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} AND kind = 'CHECKIN' AND empty(flags)
    )) AS with_checkin
FROM (${EVENTS_THAT_TOOK_PLACE})
GROUP BY venue_nis, organizer, sector, is_school`
