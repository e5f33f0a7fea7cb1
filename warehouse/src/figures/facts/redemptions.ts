import { MERGED_SQL, municipalityNow } from './participations.ts'

/** Rewards that persons took on the days from `firstDay` to `lastDay`, in the columns of the table. */
export const REDEMPTIONS_SQL = `WITH ${MERGED_SQL}
SELECT
    day, holder, tariff_group AS tariff, ${municipalityNow('told.home_nis')} AS home_nis, birth_year,
    ${municipalityNow('told.venue_nis')} AS venue_nis, organizer, reward, -points AS points
FROM counted_transactions AS told
WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} AND kind = 'REDEMPTION'
    AND holder NOT IN (SELECT holder FROM group_passes)`
