import { SOCIAL_TARIFF_ID } from '@zuil/core'

/** Codes of municipalities that merged, and what each is now. */
export const MERGED_SQL = '(SELECT (groupArray(code), groupArray(nis)) FROM merged_municipalities) AS merged'

/** The municipality of today for a code of any day; needs {@link MERGED_SQL}. */
export function municipalityNow(code: string): string {
  return `transform(${code}, merged.1, merged.2, ${code})`
}

/** Type in UiTdatabank of an offer to schools: a whole class comes, whoever of them would. */
export const SCHOOL_TYPE = 'rJRFUqmd6EiqTD4c7HS90w'

/** Types and themes of UiTdatabank, and the sector of each. */
export const SECTORS_SQL = '(SELECT (groupArray(term), groupArray(sector)) FROM event_sectors) AS sectors'

/** Sector by `event_theme` and `event_type`, of which the theme says more; needs {@link SECTORS_SQL}. */
export function sectorNow(theme: string, type: string): string {
  return `transform(${theme}, sectors.1, sectors.2, transform(${type}, sectors.1, sectors.2, 'OTHER'))`
}

/** Card systems of each municipality, by `nis`. */
const REGIONS_SQL = 'SELECT nis, groupUniqArray(card_system) AS card_systems FROM region_municipalities GROUP BY nis'

/**
 * Participations of the days from `firstDay` to `lastDay`, in the columns of the table: what the first transaction of each says.
 * That is the first by time, so that the answer does not depend on the order in which lanes were loaded.
 */
export const PARTICIPATIONS_SQL = `WITH
    ${MERGED_SQL},
    ${SECTORS_SQL}
SELECT
    day, holder, event_number,
    multiIf(checkins > 0 AND tickets > 0, 'BOTH', checkins > 0, 'CHECKIN', 'TICKET') AS evidence,
    first.1 AS tariff, home AS home_nis, first.3 AS birth_year, venue AS venue_nis,
    multiIf(
        venue = 0, 'UNKNOWN',
        venue = home, 'HOME',
        hasAny(home_region.card_systems, venue_region.card_systems), 'REGION',
        'ELSEWHERE'
    ) AS area,
    toUInt8(first.5) AS in_region, first.6 AS organizer,
    ${sectorNow('first.8', 'first.7')} AS sector
FROM (
    SELECT
        day, holder, event_number,
        countIf(kind = 'CHECKIN') AS checkins,
        countIf(kind = 'TICKET_SALE') AS tickets,
        argMin(
            (tariff_group, home_nis, birth_year, venue_nis, hasAny(memberships, event_card_systems), organizer, event_type, event_theme),
            (occurred_at, id)
        ) AS first,
        ${municipalityNow('first.2')} AS home,
        ${municipalityNow('first.4')} AS venue
    FROM counted_transactions
    WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
        AND (kind = 'CHECKIN' OR (kind = 'TICKET_SALE' AND tariff = '${SOCIAL_TARIFF_ID}'))
        AND event_type != '${SCHOOL_TYPE}'
        AND holder NOT IN (SELECT holder FROM group_passes)
    GROUP BY day, holder, event_number
) AS participation
LEFT JOIN (${REGIONS_SQL}) AS home_region ON home_region.nis = participation.home
LEFT JOIN (${REGIONS_SQL}) AS venue_region ON venue_region.nis = participation.venue`
