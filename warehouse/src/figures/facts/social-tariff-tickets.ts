import { SOCIAL_TARIFF_ID } from '@zuil/core'
import { MERGED_SQL, municipalityNow } from './participations.ts'

/** Tickets at the social tariff of the days from `firstDay` to `lastDay`, in the columns of the table. */
export const SOCIAL_TARIFF_TICKETS_SQL = `WITH ${MERGED_SQL}
SELECT
    day, holder, holder IN (SELECT holder FROM group_passes) AS is_group, ${municipalityNow('told.home_nis')} AS home_nis, birth_year,
    ${municipalityNow('told.venue_nis')} AS venue_nis, organizer,
    regular_price, price, organizer_share, local_government_share, flemish_government_share
FROM counted_transactions AS told
WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} AND kind = 'TICKET_SALE' AND told.tariff = '${SOCIAL_TARIFF_ID}'`
